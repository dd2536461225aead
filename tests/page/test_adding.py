"""The library's tab."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import scans

from corpus.formats.recognition import can_recognise
from page.window import QUESTION, ask, library_of, ready, remove, run_program

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_files_are_added_and_removed(page: "Page", tmp_path: Path) -> None:
    """Each file is told of; what was added can be read and asked, and is gone when removed."""
    good = tmp_path / "kaifeng-report.txt"
    good.write_text(
        "关于开封市养老服务工作情况的报告\n截至2024年底，开封市全市建成老年食堂52个。\n"
    )
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    library_of(page)
    page.set_input_files("#jb-files input[type=file]", [good, empty])
    page.wait_for_selector("#jb-added .jb-failed")
    told = page.inner_text("#jb-added")
    assert "《关于开封市养老服务工作情况的报告》已添加" in told
    assert "empty.txt" in told
    assert str(tmp_path) not in told
    page.wait_for_selector("text=共6份简报")
    assert "收下1份" in page.inner_text("#jb-added")
    page.locator("#jb-entries a", has_text="开封市").click()
    page.wait_for_selector("#jb-panel >> text=老年食堂52个")
    page.get_by_role("tab", name="提问").click()
    assert "52个" in ask(page, "开封建成了多少个老年食堂")
    library_of(page)
    remove(page, "关于开封市")
    page.wait_for_selector("text=共5份简报")


def test_a_file_beyond_all_measure_is_refused(page: "Page", tmp_path: Path) -> None:
    """200 MB: a word on the page, the library as it was, and the page goes on."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    library_of(page)
    page.set_input_files("#jb-files input[type=file]", huge)
    page.wait_for_selector("[data-testid=toast-body]", timeout=60_000)
    page.reload()
    ready(page)
    assert "180个" in ask(page, QUESTION)
    library_of(page)
    page.wait_for_selector("text=共5份简报")


def test_more_than_fifty_files_are_refused_as_a_whole(page: "Page", tmp_path: Path) -> None:
    """51 at once: none is taken, and the page says how many are."""
    files = []
    for n in range(51):
        files.append(tmp_path / f"report-{n}.txt")
        files[-1].write_text(f"关于第{n}号事项的报告\n全市建成老年食堂{n}个。\n", "utf-8")
    library_of(page)
    page.set_input_files("#jb-files input[type=file]", files)
    page.wait_for_selector("#jb-added >> text=一次最多添加50份，这次是51份", timeout=60_000)
    page.wait_for_selector("text=共5份简报")


def test_the_same_file_twice_at_once_is_one_bulletin(page: "Page", tmp_path: Path) -> None:
    """Two tabs add it at the same moment; the library has it once."""
    report = tmp_path / "twice.txt"
    report.write_text("关于开封市养老服务工作情况的报告\n全市建成老年食堂52个。\n", "utf-8")
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        library_of(tab)
        tab.wait_for_selector("#jb-files input[type=file]", state="attached")
    for tab in (page, other):
        tab.set_input_files("#jb-files input[type=file]", report)
    states = []
    for tab in (page, other):
        tab.wait_for_selector("#jb-added li:not(.jb-waiting)")
        states.append(tab.inner_text("#jb-added li:not(.jb-waiting)"))
        tab.wait_for_selector("text=共6份简报")
    assert sum("已添加" in state for state in states) >= 1
    assert not any("✗" in state for state in states)
    remove(page, "关于开封市")
    page.wait_for_selector("text=共5份简报")
    other.close()


def test_what_others_add_is_seen(page: "Page", home_of_page: Path, tmp_path: Path) -> None:
    """A bulletin that the command line adds, and removes, is in the table, in the menus of the
    limits and in the start of every open tab, without a reload and after one.
    """
    report = tmp_path / "kaifeng-canteens.txt"
    report.write_text("关于开封市养老服务工作情况的报告\n全市建成老年食堂52个。\n", "utf-8")
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    library_of(page)
    run_program(home_of_page, "add", str(report))
    for tab in (page, other):
        tab.wait_for_selector("text=6份简报", state="attached", timeout=60_000)
    other.click("#jb-bounds > button")
    other.click("#jb-of-bulletins input")
    other.wait_for_selector("[role=option] >> text=关于开封市")
    other.keyboard.press("Escape")
    other.reload()
    ready(other)
    other.wait_for_selector(".jb-held >> text=6份")
    run_program(home_of_page, "remove", "kaifeng-canteens")
    for tab in (page, other):
        tab.wait_for_selector("text=5份简报", state="attached", timeout=60_000)
    other.close()


def written(path: Path, item: str, count: int) -> Path:
    """A report of its own title and content in a file."""
    path.write_text(f"关于开封市{item}工作的报告\n全市建成老年食堂{count}个。\n", "utf-8")
    return path


def choose(page: "Page", name: str, choice: str) -> None:
    """Choose for a file that is asked about."""
    page.locator("#jb-added fieldset", has_text=name).get_by_label(choice).check()


def test_a_file_of_a_known_name_is_asked_about(page: "Page", tmp_path: Path) -> None:
    """What it would replace; skipped, all stays; replaced, the new text answers, and an answer that
    cited the version before still opens it.
    """
    library_of(page)
    report = written(tmp_path / "same-name.txt", "甲项", 52)
    page.set_input_files("#jb-files input[type=file]", report)
    page.wait_for_selector("#jb-added >> text=已添加")
    page.get_by_role("tab", name="提问").click()
    assert "52个" in ask(page, "开封市建成老年食堂多少个")
    library_of(page)
    written(report, "乙项", 53)
    for choice, told, held in (("跳过", "已跳过", "甲项"), ("替换", "已更新", "乙项")):
        page.set_input_files("#jb-files input[type=file]", report)
        page.wait_for_selector("#jb-added fieldset >> text=将替换库中同名的《关于开封市甲项工作")
        choose(page, "same-name.txt", choice)
        assert page.locator(".jb-library a", has_text="甲项").count() == 1
        page.click("#jb-added .jb-yes")
        page.wait_for_selector(f"#jb-added >> text={told}")
        page.wait_for_selector(f".jb-library a >> text={held}")
    assert "替换了同名文件《关于开封市甲项工作的报告》" in page.inner_text("#jb-added")
    page.get_by_role("tab", name="提问").click()
    page.locator("#jb-now a.jb-mark").first.click()
    page.wait_for_selector("#jb-panel .jb-cited >> text=52个")
    page.wait_for_selector("#jb-panel >> text=这是引用时的版本")
    library_of(page)
    remove(page, "关于开封市乙项")
    page.wait_for_selector("text=共5份简报")


def test_each_file_is_told_what_it_would_do(page: "Page", tmp_path: Path) -> None:
    """Of four at once the new one is taken in and the known one is there; the twin and the one of a
    known name are asked about, all of them chosen for in one go.
    """
    library_of(page)
    first = written(tmp_path / "first.txt", "丙项", 54)
    second = written(tmp_path / "second.txt", "丁项", 55)
    page.set_input_files("#jb-files input[type=file]", [first, second])
    page.wait_for_selector("text=共7份简报")
    twin = written(tmp_path / "twin.txt", "丙项", 54)
    written(second, "戊项", 56)
    third = written(tmp_path / "third.txt", "己项", 57)
    page.set_input_files("#jb-files input[type=file]", [first, twin, second, third])
    page.wait_for_selector("#jb-added >> text=2份请您决定")
    told = page.locator("#jb-added li").all_inner_texts()
    assert ["已在库中" in told[0], "已添加" in told[1]] == [True, True]
    asked = page.locator("#jb-added fieldset").all_inner_texts()
    assert "twin.txt" in asked[0]
    assert "与库中《关于开封市丙项工作的报告》" in asked[0]
    assert "将替换库中同名的《关于开封市丁项工作的报告》（second" in asked[1]
    page.click("#jb-added .jb-all >> text=全部收下")
    choose(page, "second.txt", "跳过")
    page.click("#jb-added .jb-yes")
    page.wait_for_selector("#jb-added li >> text=已跳过")
    page.wait_for_selector("#jb-added >> text=内容完全相同")
    page.wait_for_selector("text=共8份简报")  # the same content is held once
    remove(page, "关于开封市")
    page.wait_for_selector("text=共5份简报")


def test_the_table_is_searched_and_sorted(page: "Page") -> None:
    """By words in any column, and by a click on the head of one."""
    library_of(page)
    page.fill("#jb-find", "吕梁")
    page.wait_for_selector("#jb-found >> text=1 / 5")
    assert page.locator(".jb-library tbody tr:visible").count() == 1
    page.fill("#jb-find", "")
    paragraphs = ".jb-library tbody td:nth-child(5)"
    head = page.locator(".jb-library thead th", has_text="段落")
    for order, state in ((1, "ascending"), (-1, "descending")):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == state
        numbers = [int(text) for text in page.locator(paragraphs).all_inner_texts()]
        assert numbers == sorted(numbers, reverse=order < 0)


@pytest.mark.skipif(
    not (can_recognise() and scans.has_fonts()),
    reason="recognition (the extra ocr) or the fonts of the pages are not installed",
)
def test_a_scan_tells_its_page_while_it_is_read(page: "Page", tmp_path: Path) -> None:
    """第1页，共2页, and a bar; then what came of it."""
    sheets = [scans.page([f"全市建成老年食堂{n}个，运行平稳，群众满意。" * 3]) for n in (52, 53)]
    sheets[0].save(tmp_path / "scan.pdf", save_all=True, append_images=sheets[1:],
                   resolution=scans.DPI)  # fmt: skip
    library_of(page)
    page.set_input_files("#jb-files input[type=file]", tmp_path / "scan.pdf")
    told = page.wait_for_selector("#jb-added .jb-page-turn >> text=共2页", timeout=60_000)
    assert told is not None
    # two lines are no running text: what came of it is told, and nothing is kept
    page.wait_for_selector("#jb-added .jb-page-turn", state="detached", timeout=240_000)
    assert "没有找到正文段落" in page.inner_text("#jb-added")
    page.wait_for_selector("text=共5份简报")
