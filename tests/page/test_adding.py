"""The library's tab."""

from pathlib import Path
from typing import TYPE_CHECKING

from page.window import QUESTION, ask

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
    page.get_by_role("tab", name="资料库").click()
    page.set_input_files("#jb-files input[type=file]", [good, empty])
    page.wait_for_selector("#jb-added .jb-failed")
    told = page.inner_text("#jb-added")
    assert "《关于开封市养老服务工作情况的报告》已添加" in told
    assert "empty.txt" in told
    assert str(tmp_path) not in told
    page.wait_for_selector("text=共6份简报")
    page.locator("#jb-entries a", has_text="开封市").click()
    page.wait_for_selector("#jb-panel >> text=老年食堂52个")
    page.get_by_role("tab", name="提问").click()
    assert "52个" in ask(page, "开封建成了多少个老年食堂")
    page.get_by_role("tab", name="资料库").click()
    page.click("#jb-remove input")
    page.get_by_role("option", name="关于开封市").click()
    page.click("#jb-remove-ask")
    page.click("#jb-remove-yes")
    page.wait_for_selector("text=共5份简报")


def test_a_file_beyond_all_measure_is_refused(page: "Page", tmp_path: Path) -> None:
    """200 MB: a word on the page, the library as it was, and the page goes on."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    page.get_by_role("tab", name="资料库").click()
    page.set_input_files("#jb-files input[type=file]", huge)
    page.wait_for_selector("[data-testid=toast-body]", timeout=60_000)
    page.reload()
    page.wait_for_selector("#jb-question textarea")
    assert "180个" in ask(page, QUESTION)
    page.get_by_role("tab", name="资料库").click()
    page.wait_for_selector("text=共5份简报")


def test_more_than_fifty_files_are_refused_as_a_whole(page: "Page", tmp_path: Path) -> None:
    """51 at once: none is taken, and the page says how many are."""
    files = []
    for n in range(51):
        files.append(tmp_path / f"report-{n}.txt")
        files[-1].write_text(f"关于第{n}号事项的报告\n全市建成老年食堂{n}个。\n", "utf-8")
    page.get_by_role("tab", name="资料库").click()
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
        tab.get_by_role("tab", name="资料库").click()
        tab.wait_for_selector("#jb-files input[type=file]", state="attached")
    for tab in (page, other):
        tab.set_input_files("#jb-files input[type=file]", report)
    states = []
    for tab in (page, other):
        tab.wait_for_selector("#jb-added li")
        states.append(tab.inner_text("#jb-added li"))
        tab.wait_for_selector("text=共6份简报")
    assert sum("已添加" in state for state in states) >= 1
    assert not any("✗" in state for state in states)
    page.click("#jb-remove input")
    page.get_by_role("option", name="关于开封市").click()
    page.click("#jb-remove-ask")
    page.click("#jb-remove-yes")
    page.wait_for_selector("text=共5份简报")
    other.close()
