"""Many files are taken apart by a second process, with the same result."""

from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

import index.prepare
from index.library import Library
from index.prepare import prepare, prepared
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Origin, Stored


@pytest.fixture
def stored(home: Path) -> list[Stored]:
    """Twelve bulletins on a shelf, and a file that is none."""
    shelf = Shelf(home)
    for n in range(12):
        write_bulletin(home / "one.txt", "开封市", f"全市建成老年食堂{n}个，惠及老人3万人。")
        shelf.put(Origin.ADDED, f"b{n:02d}.txt", (home / "one.txt").read_bytes())
    shelf.put(Origin.ADDED, "broken.pdf", b"no PDF")
    return list(shelf.files().values())


def test_a_file_becomes_an_entry_and_units(stored: list[Stored]) -> None:
    """What the catalogue says of a bulletin, and its units with their words."""
    one = prepare(stored[3])
    assert one.entry is not None
    assert (one.entry.id, one.entry.places) == ("b03", ("开封市",))
    assert any("3个" in unit.text and "食堂" in unit.body.split() for unit in one.units)


def test_a_file_that_is_no_bulletin_says_why(stored: list[Stored]) -> None:
    """The fault travels as text, and stops no other file."""
    failed = [one for one in map(prepare, stored) if one.entry is None]
    assert [(one.id, bool(one.failure)) for one in failed] == [("broken", True)]


def test_a_second_process_gives_the_same(
    stored: list[Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunk by chunk, in order, whether one process works or two."""
    chunks = [stored[:5], stored[5:10], stored[10:]]
    here = list(prepared(chunks))
    monkeypatch.setattr(index.prepare, "MANY", 1)
    assert list(prepared(chunks)) == here
    assert [len(chunk) for chunk in here] == [5, 5, 3]


def test_a_second_process_that_ends_costs_only_time(
    stored: list[Stored], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it did not answer is done here."""
    monkeypatch.setattr(index.prepare, "MANY", 1)
    monkeypatch.setattr("sys.executable", "/bin/true")
    assert [one.id for chunk in prepared([stored]) for one in chunk] == [s.id for s in stored]


def test_a_library_filled_by_two_processes_is_complete(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file is found after a sync that used a second process."""
    monkeypatch.setattr(index.prepare, "MANY", 1)
    library = Library(home, WordEncoder())
    assert library.sync(folder).added == ["kaifeng", "xinxiang"]
    assert library.search_words("护理员", 1)[0].bulletin == "xinxiang"
