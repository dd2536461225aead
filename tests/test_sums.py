"""A bulletin that was added by hand is known by its bytes: damage is no new version."""

from collections.abc import Callable
from pathlib import Path

import pytest
from damage import DAMAGES, deleted
from doubles import WordEncoder, write_bulletin

from index.library import Library
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Origin
from index.shelf.sums import Sums, matches


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A bulletin to be added."""
    write_bulletin(tmp_path / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    return tmp_path / "puyang.txt"


@pytest.fixture
def library(home: Path, folder: Path, original: Path, encoder: WordEncoder) -> Library:
    """Two served bulletins and the one that was added."""
    library = Library(home, encoder)
    library.sync(folder)
    library.add(original)
    return library


def ids(library: Library) -> list[str]:
    return [entry.id for entry in library.entries()]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_bulletin_is_left_out_and_told_at_each_sync(
    damage: Callable[[Path], None], library: Library, home: Path, folder: Path
) -> None:
    """Its text is in no answer; the others are, and the sentence comes again until it is mended."""
    damage(home / "bulletins" / "added" / "puyang.txt")
    for _ in range(2):
        changes = library.sync(folder)
        assert "jianbao add FILE" in changes.damaged["puyang"]
        assert "jianbao remove puyang" in changes.damaged["puyang"]
        assert ids(library) == ["kaifeng", "xinxiang"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_bulletin_can_be_given_up(
    damage: Callable[[Path], None], library: Library, home: Path, folder: Path
) -> None:
    """Removed by hand it is told no more, even where its file is gone."""
    damage(home / "bulletins" / "added" / "puyang.txt")
    library.sync(folder)
    library.remove("puyang")
    assert library.sync(folder).damaged == {}


def test_a_rebuild_does_not_take_damage_for_a_new_version(
    library: Library, home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """A text that lost its end is still a text: an index from scratch leaves it out too."""
    path = home / "bulletins" / "added" / "puyang.txt"
    path.write_text(path.read_text("utf-8").rpartition("全市")[0], "utf-8")
    fresh = Library(home, encoder, fresh=True)
    assert list(fresh.sync(folder).damaged) == ["puyang"]
    assert ids(fresh) == ["kaifeng", "xinxiang"]


def test_another_version_is_added_as_before(
    library: Library, original: Path, folder: Path, home: Path
) -> None:
    """A file of the same name replaces the old one, also one of another suffix."""
    write_bulletin(original, "濮阳市", "全市改造家庭床位520张。")
    library.add(original, replace=True)
    assert library.sync(folder).damaged == {}
    text = original.read_text("utf-8").replace("\n", "</p><p>")
    original.with_suffix(".html").write_text(f"<html><body><p>{text}</p></body></html>", "utf-8")
    library.add(original.with_suffix(".html"), replace=True)
    assert library.sync(folder).damaged == {}


def test_a_crash_between_sum_and_file_leaves_the_old_version_sound(
    library: Library, home: Path, folder: Path
) -> None:
    """The sum is written first: until the file follows, the old one is still known."""
    Sums(home / "bulletins" / "added.sha256").note("puyang.txt", b"the next version")
    (home / "bulletins" / "added" / "puyang.txt").touch()
    assert library.sync(folder).damaged == {}
    assert "puyang" in ids(library)


def test_a_bulletin_without_a_sum_is_taken_as_it_is(
    library: Library, home: Path, folder: Path
) -> None:
    """A data directory of before has none: its files are believed."""
    deleted(home / "bulletins" / "added.sha256")
    (home / "bulletins" / "added" / "puyang.txt").touch()
    assert library.sync(folder).damaged == {}
    assert "puyang" in ids(library)


def test_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    """A line that a power cut left half, or noise, costs the other lines nothing."""
    sums = Sums(tmp_path / "added.sha256")
    sums.note("开封.txt", b"one")
    with (tmp_path / "added.sha256").open("ab") as file:
        file.write(b"\xff\x00 noise\n" + b"0" * 30)
    assert list(sums.known()) == ["开封.txt"]
    sums.note("新乡.txt", b"two")
    assert list(sums.known()) == ["开封.txt", "新乡.txt"]
    assert matches(b"one", sums.known()["开封.txt"])


def test_the_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    """The file can be checked without this program: sha256sum -c added.sha256."""
    Shelf(tmp_path).put(Origin.ADDED, "a.txt", b"abc")
    line = (tmp_path / "bulletins" / "added.sha256").read_text("utf-8")
    assert line == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n"
