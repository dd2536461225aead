"""The library's folders, the folder that is followed, and what is set of a bulletin by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from doubles import write_bulletin
from ports import free_port

from page.test_access import findings
from page.window import library_of, ready, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

CLOSED = "#jb-facts dialog"
PLACED = "2024/第1期"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of bulletins by year, with one file that is none and one that is empty."""
    folder = tmp_path_factory.mktemp("archive")
    for place, city, count in (
        ("2023/第1期", "开封市", 52), ("2024/第1期", "新乡市", 53),
        ("2024/增刊/第2期", "许昌市", 54),
    ):  # fmt: skip
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        write_bulletin(folder / f"{place}.txt", city, f"全市建成老年食堂{count}个。")
    (folder / "2024" / "表格.xyz").write_text("没有用的文件")
    (folder / "2024" / "空白.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def archive_address(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over that folder, which it follows."""
    home = tmp_path_factory.mktemp("home")
    settings = {"JIANBAO_BULLETINS": str(archive), "JIANBAO_EMBEDDING_MODEL": "table"}
    with served(home, free_port(), **settings) as url:
        yield url


@pytest.fixture
def shelf(window: "Page", archive_address: str) -> "Page":
    """The library's tab of that page."""
    window.set_viewport_size({"width": 1440, "height": 900})
    window.goto(archive_address)
    ready(window)
    library_of(window)
    window.wait_for_selector("#jb-folder >> text=上次同步")
    return window


def rows(page: "Page") -> list[str]:
    """The rows of the table that are to be seen."""
    return page.locator(".jb-library tbody tr:visible").all_inner_texts()


def row_of(page: "Page", title: str) -> str:
    """The row of a bulletin."""
    return page.locator(".jb-library tbody tr", has_text=title).inner_text()


def test_a_folder_shows_what_lies_in_it(shelf: "Page") -> None:
    """And below; each with its number, the place in the tree under the title."""
    buttons = shelf.locator(".jb-folders button")
    assert [text.split() for text in buttons.all_inner_texts()] == [
        ["全部文件夹", "3"], ["2023", "1"], ["2024", "2"], ["增刊", "1"]
    ]  # fmt: skip
    for name, cities in (("2024", {"新乡", "许昌"}), ("增刊", {"许昌"}), ("2023", {"开封"})):
        shelf.locator(".jb-folders button", has_text=name).click()
        assert {
            city for city in ("开封", "新乡", "许昌") for row in rows(shelf) if city in row
        } == cities
    assert "2023/第1期" in rows(shelf)[0]
    assert "1 / 3" in shelf.inner_text("#jb-found")
    shelf.locator(".jb-folders button", has_text="全部").click()
    assert len(rows(shelf)) == 3


def test_what_a_sync_left_out_is_told_with_its_reason(shelf: "Page", archive: Path) -> None:
    """Behind a click, by its place in the tree and not by that on the server."""
    shelf.click(".jb-left summary")
    told = shelf.inner_text(".jb-left")
    assert "上次同步有2个文件未取" in told
    assert "2024/表格.xyz：不支持这种文件" in told
    assert "2024/空白：文件是空的" in told
    assert str(archive) not in told


def test_the_page_says_what_the_folder_brings(shelf: "Page", archive: Path) -> None:
    """That it is followed, and a moment after a file came and went that it did."""
    assert "正在跟随" in shelf.inner_text("#jb-folder")
    shelf.locator(".jb-folders button", has_text="2023").click()
    report = archive / "2023" / "第9期.txt"
    write_bulletin(report, "漯河市", "全市建成老年食堂59个。")
    shelf.wait_for_selector("#jb-folder >> text=新增1", timeout=120_000)
    shelf.wait_for_selector("text=共4份简报")
    assert len(rows(shelf)) == 2  # the folder that was chosen stays so
    report.unlink()
    shelf.wait_for_selector("#jb-folder >> text=移除1", timeout=120_000)
    shelf.wait_for_selector("text=共3份简报")


def test_facts_are_set_by_hand(shelf: "Page") -> None:
    """Date, place and series: what is wrong is told in the form, what is set stands marked in the
    table and over the source, and limits go by it until it is taken back.
    """
    shelf.locator(".jb-library tbody tr", has_text="新乡").locator(".jb-change").click()
    shelf.wait_for_selector("#jb-facts dialog[open]")
    assert findings(shelf) == []
    shelf.locator("#jb-set-date").fill("三月")
    shelf.locator("#jb-set-series").fill("工作简报")
    shelf.click("#jb-facts .jb-yes")
    shelf.wait_for_selector("#jb-facts [role=alert] >> text=请写日期")
    assert shelf.locator("#jb-set-series").input_value() == "工作简报"
    shelf.locator("#jb-set-date").fill("2019-03")
    shelf.locator("#jb-set-place").fill("洛阳")
    shelf.click("#jb-facts .jb-yes")
    shelf.wait_for_selector(".jb-library .jb-hand")
    shelf.wait_for_selector(CLOSED, state="detached")
    row = row_of(shelf, PLACED)  # the series heads it now, and its city is another one
    assert all(
        told in row for told in ("2019-03手工设定", "洛阳市手工设定", "刊名：工作简报手工设定")
    )
    shelf.locator(".jb-library tbody tr", has_text=PLACED).locator("a").click()
    shelf.wait_for_selector("#jb-panel .jb-facts >> text=2019-03")
    assert shelf.locator("#jb-panel .jb-facts .jb-hand").count() == 2
    shelf.keyboard.press("Escape")
    shelf.locator(".jb-library tbody tr", has_text=PLACED).locator(".jb-change").click()
    shelf.wait_for_selector("#jb-facts dialog[open]")
    assert "2019-03 · 手工设定" in shelf.inner_text("#jb-told-date")
    for name in ("date", "place", "series"):
        shelf.locator(f"#jb-set-{name}").fill("")
    shelf.click("#jb-facts .jb-yes")
    shelf.wait_for_selector(".jb-library .jb-hand", state="detached")


def test_the_form_is_left_without_a_change(shelf: "Page") -> None:
    """By Esc and by 取消; it opens again."""
    change = shelf.locator(".jb-library tbody tr", has_text="许昌").locator(".jb-change")
    for leave in (lambda: shelf.keyboard.press("Escape"), lambda: shelf.click("#jb-facts .jb-no")):
        change.click()
        shelf.wait_for_selector("#jb-facts dialog[open]")
        shelf.locator("#jb-set-place").fill("洛阳")
        leave()
        shelf.wait_for_selector(CLOSED, state="detached")
    assert "洛阳" not in row_of(shelf, "许昌")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_axe_finds_nothing_serious_in_the_library(
    shelf: "Page", archive_address: str, tmp_path: Path, scheme: str, width: int
) -> None:
    """Folders, the list of what was left out, and a file that is asked about."""
    shelf.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    shelf.set_viewport_size({"width": width, "height": 844})
    shelf.goto(f"{archive_address}/?__theme={scheme}")
    ready(shelf)
    library_of(shelf)
    shelf.click(".jb-left summary")
    twin = tmp_path / "另一份.txt"
    write_bulletin(twin, "开封市", "全市建成老年食堂52个。")
    shelf.set_input_files("#jb-files input[type=file]", twin)
    shelf.wait_for_selector("#jb-added fieldset")
    found = findings(shelf)
    for one in shelf.locator("#jb-library :is(a, button, summary, input):visible").all():
        box = one.bounding_box()
        is_text = one.evaluate("e => e.matches('.jb-take input, .jb-pick input, [type=file]')")
        if box and not is_text and min(box["width"], box["height"]) < 24:
            found.append(f"too small: {one.evaluate('e => e.outerHTML')[:120]}")
    shelf.emulate_media(color_scheme="light")
    assert found == []
