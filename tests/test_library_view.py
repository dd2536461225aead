"""The library as the page shows it: folders, other places, what was set by hand, the folder."""

import re
import time
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from corpus.hand_facts import HandFacts
from index.folder_watch import NOT_WATCHED, WatchState, WatchStatus
from index.library import Library
from index.reconcile import Changes
from ui.views.facts_view import FormFields, facts_html
from ui.views.folders_view import folders_html
from ui.views.library_view import Shelved, entries_html
from ui.views.watch_view import watch_html


def plain(html: str) -> str:
    """The Chinese words of HTML."""
    return re.sub(r"<[^>]+>", "", re.sub(r'<span class="jb-en">.*?</span>', "", html))


def shelved(library: Library) -> Shelved:
    """A library as its tab has it."""
    return Shelved(library.entries(), library.kept.places(), library.kept.facts())


def test_a_folder_counts_what_lies_in_it_and_below() -> None:
    """Each bulletin once, also where two places of its content lie under one folder."""
    html = folders_html([["2024/一季度"], ["2024/二季度", "2024/一季度"], [], ["2025"]])
    counts = dict(re.findall(r'data-folder="(.*?)".*?class="jb-count">(\d+)', html))
    assert counts == {"": "4", "2024": "2", "2024/一季度": "2", "2024/二季度": "1", "2025": "1"}
    assert folders_html([[], []]) == ""


def test_markup_in_the_name_of_a_folder_is_text() -> None:
    """Nothing that a file is called is run."""
    html = folders_html([['<img src=x>"/${1}']])
    assert "<img" not in html
    assert "${" not in html


def test_what_is_set_by_hand_is_marked(tmp_path: Path) -> None:
    """Beside the date that was set, the place, and the series, and beside nothing else."""
    (tmp_path / "2024").mkdir()
    for name in ("kaifeng", "2024/xinxiang"):
        write_bulletin(tmp_path / f"{name}.txt", "开封市", f"{name}的老年食堂建成52个。")
    library = Library(tmp_path / "library", WordEncoder())
    library.sync(tmp_path)
    assert "手工设定" not in plain(entries_html(shelved(library)))
    library.set_by_hand("kaifeng", HandFacts("2024-03", "洛阳市", "工作简报"))
    html = entries_html(shelved(library))
    rows = [plain(row) for row in html.split("<tr")[2:]]
    mine = next(row for row in rows if "工作简报" in row)
    assert "刊名：工作简报手工设定" in mine
    assert "2024-03手工设定" in mine
    assert "洛阳市手工设定" in mine
    assert sum("手工设定" in row for row in rows) == 1
    form = plain(facts_html(library.bulletin("kaifeng"), FormFields.of(HandFacts("2024-03"))))
    assert "2024-03 · 手工设定" in form
    library.close()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (NOT_WATCHED, "未跟随"),
        (WatchStatus(WatchState.WATCHING), "正在跟随"),
        (WatchStatus(WatchState.SETTLING, waiting=tuple("abcdefg")), "a、b、c、d、e等7个"),
        (WatchStatus(WatchState.SYNCING), "正在同步"),
        (WatchStatus(WatchState.FAILED, why="<b>没有这个文件夹"), "无法跟随：&lt;b&gt;没有这个"),
        (WatchStatus(WatchState.WATCHING, Changes(), time.time()), "没有变化"),
        (
            WatchStatus(WatchState.WATCHING, Changes(["a", "b"], moved={"c": "d"}), time.time()),
            "新增2，移动1",
        ),
    ],
)
def test_the_folder_says_how_it_stands(status: WatchStatus, told: str) -> None:
    """Whether it is followed, what is waited for, and what the last sync changed."""
    assert told in plain(watch_html(status, None))


def test_what_was_left_out_is_listed_with_its_reason() -> None:
    """By its place in the tree, without the path that it has on the server, Chinese first."""
    synced = Changes(
        failed={"2024/a": "/srv/secret/2024/a.txt: the file is empty; mend it (文件是空的)"},
        skipped={"b.xyz": "不支持这种文件（.xyz） not a kind of file that is read"},
    )
    told = plain(watch_html(NOT_WATCHED, synced))
    assert "上次同步有2个文件未取" in told
    assert "2024/a：文件是空的 (the file is empty; mend it)" in told
    assert "b.xyz：不支持这种文件（.xyz）" in told
    assert "secret" not in told
