"""A library reads a tree of folders: a place is part of an id, and a content is held once."""

import os
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from corpus.errors import CallError, ReplacesError
from index.incoming import Standing
from index.library import Library
from index.shelf.folder import bulletin_tree
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Origin
from index.shelf.stored_name import folded, is_name, shelf_name, shelf_path
from index.shelf.versions import short_sum

FACTS = ("全市建成老年食堂52个。", "全市培训护理员640人次。", "全市改造家庭床位310张。")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Three bulletins of one name in folders by year, one of them within another."""
    tree = tmp_path / "tree"
    for place, city, fact in zip(
        ("2023", "2024", "2024/专题.一"), ("开封市", "新乡市", "濮阳市"), FACTS, strict=True
    ):
        (tree / place).mkdir(parents=True)
        write_bulletin(tree / place / "第1期.txt", city, fact)
    return tree


def ids(library: Library) -> list[str]:
    return [entry.id for entry in library.entries()]


def test_files_of_one_name_in_several_folders_are_several_bulletins(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """The place in the tree is the id; each is found and read whole, and dated by its folder."""
    library = Library(home, encoder)
    library.sync(tree)
    assert ids(library) == ["2023/第1期", "2024/专题.一/第1期", "2024/第1期"]
    (found,) = library.search_words("护理员", 1)
    bulletin, unit = library.unit(found)
    assert (bulletin.id, bulletin.date) == ("2024/第1期", "2024")
    assert "640人次" in unit.text
    assert library.sync(tree).unchanged == ids(library)


def test_a_flat_library_is_taken_over_as_it_is(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """What lies right in the folder keeps its id, and nothing of it is embedded again when folders
    come beside it.
    """
    library = Library(home, encoder)
    library.sync(folder)
    encoded = encoder.texts
    (folder / "2024").mkdir()
    assert library.sync(folder).unchanged == ["kaifeng", "xinxiang"]
    assert encoder.texts == encoded


def test_the_same_content_is_held_once_with_all_its_places(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """A copy is told and found once; its address leads to the one that is held, and it takes over
    with its own place when that one goes, without being embedded again.
    """
    (tree / "copies").mkdir()
    (tree / "copies" / "one.txt").write_bytes((tree / "2023" / "第1期.txt").read_bytes())
    library = Library(home, encoder)
    changes = library.sync(tree)
    assert changes.doubles == {"copies/one": "2023/第1期"}
    assert library.kept.places() == {"2023/第1期": ("copies/one",)}
    assert len(library.search_words("老年食堂", 9)) == 1
    assert library.bulletin("copies/one").id == "2023/第1期"
    encoded = encoder.texts
    (tree / "2023" / "第1期.txt").unlink()
    assert library.sync(tree).moved == {"2023/第1期": "copies/one"}
    assert library.bulletin("2023/第1期").id == "copies/one"
    assert encoder.texts == encoded


def test_what_is_removed_by_hand_is_gone_from_all_its_places(
    home: Path, tree: Path, encoder: WordEncoder, tmp_path: Path
) -> None:
    """No sync brings it back, wherever it lies; adding it again does."""
    (tree / "copy.txt").write_bytes((tree / "2023" / "第1期.txt").read_bytes())
    library = Library(home, encoder)
    library.sync(tree)
    library.remove("copy")
    (tree / "2023").rename(tree / "old")
    changes = library.sync(tree)
    assert ids(library) == ["2024/专题.一/第1期", "2024/第1期"]
    assert "jianbao add FILE" in changes.skipped["old/第1期.txt"]
    library.add(tree / "copy.txt")
    library.sync(tree)
    assert ids(library) == ["2024/专题.一/第1期", "2024/第1期", "copy"]
    assert library.kept.places() == {"copy": ("old/第1期",)}


def test_a_folder_that_is_renamed_keeps_its_index_work(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """Nothing is embedded again, addresses from before still open their bulletins, and both indexes
    know the new place alone.
    """
    library = Library(home, encoder)
    library.sync(tree)
    encoded = encoder.texts
    (tree / "2024").rename(tree / "二〇二四")
    (tree / "archive").mkdir()
    (tree / "2023").rename(tree / "archive" / "2023")
    changes = library.sync(tree)
    assert changes.moved == {
        "2023/第1期": "archive/2023/第1期",
        "2024/第1期": "二〇二四/第1期",
        "2024/专题.一/第1期": "二〇二四/专题.一/第1期",
    }
    assert (changes.added, changes.removed) == ([], [])
    assert encoder.texts == encoded
    assert library.bulletin("2024/第1期").id == "二〇二四/第1期"
    index = library._index
    assert index.vectors.ids() == index.catalogue.vector_ids()
    assert library.search_meaning("老年食堂", 1)[0].bulletin == "archive/2023/第1期"
    (tree / "archive" / "2023").rename(tree / "2023")
    library.sync(tree)
    assert library.bulletin("archive/2023/第1期").id == "2023/第1期"


def test_of_a_changed_file_only_what_changed_is_embedded(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """Paragraphs that stay keep their vectors."""
    library = Library(home, encoder)
    library.sync(tree)
    encoded = encoder.texts
    path = tree / "2023" / "第1期.txt"
    path.write_text(path.read_text("utf-8") + "全市开通助餐热线8条。\n", "utf-8")
    assert library.sync(tree).updated == ["2023/第1期"]
    assert encoder.texts == encoded + 1
    assert library.search_meaning("助餐热线", 1)[0].bulletin == "2023/第1期"


def test_a_replaced_version_stays_readable(home: Path, tree: Path, encoder: WordEncoder) -> None:
    """A sync is the owner's will: the new text is found; what was cited opens by its version, also
    where the new file is none, and an address that names no version opens what there is.
    """
    library = Library(home, encoder)
    library.sync(tree)
    path, old = tree / "2023" / "第1期.txt", library.bulletin("2023/第1期")
    version = short_sum(old.sha256)
    write_bulletin(path, "开封市", "全市建成老年食堂61个。")
    library.sync(tree)
    assert "61个" in library.bulletin("2023/第1期").units[-1].text
    assert library.kept.cited("2023/第1期", version) == old
    assert library.kept.versions("2023/第1期") == [version]
    assert "61个" in library.kept.cited("2023/第1期", None).units[-1].text
    for unknown in ("0" * 12, "../../../etc", ""):
        assert "61个" in library.kept.cited("2023/第1期", unknown).units[-1].text
    (tree / "2023").rename(tree / "old")
    library.sync(tree)
    assert library.kept.cited("2023/第1期", version).units == old.units
    path = tree / "old" / "第1期.txt"
    path.write_bytes(b"\0\1")
    assert "old/第1期" in library.sync(tree).failed
    assert "61个" in library.bulletin("old/第1期").units[-1].text


def test_a_file_is_told_before_it_is_taken_in(
    home: Path, tree: Path, encoder: WordEncoder, tmp_path: Path
) -> None:
    """New, known, the same content as another, or in place of another: which needs a word."""
    library = Library(home, encoder)
    library.sync(tree)
    file = tmp_path / "第1期.txt"
    write_bulletin(file, "鹤壁市", "全市开通助餐热线8条。")
    assert library.foresee(file).standing is Standing.NEW
    assert library.foresee(file, "2024").standing is Standing.REPLACES
    with pytest.raises(ReplacesError, match="with --replace"):
        library.add(file, folder="2024")
    assert "640人次" in library.bulletin("2024/第1期").units[-1].text
    version = short_sum(library.bulletin("2024/第1期").sha256)
    library.add(file, folder="2024", replace=True)
    assert library.foresee(file, "2024").standing is Standing.KNOWN
    assert "热线" in library.bulletin("2024/第1期").units[-1].text
    assert "640人次" in library.kept.cited("2024/第1期", version).units[-1].text
    double = library.foresee(file, "2025")
    assert double.standing is Standing.DOUBLE
    assert double.other is not None
    assert double.other.id == "2024/第1期"
    assert library.add(file, folder="2025").id == "2024/第1期"
    assert library.kept.places() == {"2024/第1期": ("2025/第1期",)}


def test_what_is_no_bulletin_is_told_with_its_reason(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """Other kinds of file, hidden ones, those of an open document, and folders that lead back."""
    for name in ("sound.mp3", "README", ".hidden.txt", "~$第1期.txt", "Thumbs.db"):
        (tree / "2023" / name).write_text("text")
    (tree / "2023" / "again").symlink_to(tree)
    (tree / "broken.txt").write_bytes(b"\0\1")
    changes = Library(home, encoder).sync(tree)
    assert sorted(changes.skipped) == [
        "2023/.hidden.txt", "2023/README", "2023/Thumbs.db", "2023/again", "2023/sound.mp3",
        "2023/~$第1期.txt",
    ]  # fmt: skip
    assert all(any("一" <= char <= "鿿" for char in why) for why in changes.skipped.values())
    assert list(changes.failed) == ["broken"]


def test_a_folder_that_cannot_be_read_costs_nothing(
    home: Path, tree: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held of it stays, and the sentence names it."""
    library = Library(home, encoder)
    library.sync(tree)
    real = os.scandir

    def refuses(folder: Path) -> object:
        if Path(folder) == tree / "2024":
            raise PermissionError(13, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr("index.shelf.folder.os.scandir", refuses)
    changes = library.sync(tree)
    assert list(changes.failed) == ["2024"]
    assert len(ids(library)) == 3


def test_a_file_that_takes_the_place_of_a_folder_hinders_nothing(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """A folder may be called as a file was, and a file as a folder was."""
    library = Library(home, encoder)
    (tree / "a.txt").write_bytes((tree / "2023" / "第1期.txt").read_bytes())
    library.sync(tree)
    (tree / "a.txt").unlink()
    (tree / "a.txt").mkdir()
    write_bulletin(tree / "a.txt" / "b.txt", "鹤壁市", "全市开通助餐热线8条。")
    library.sync(tree)
    assert "a.txt/b" in ids(library)
    assert "热线" in library.bulletin("a.txt/b").units[-1].text


def test_the_shelf_sweeps_the_folders_that_it_needs_no_more(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """No empty folder is left where a folder was renamed."""
    library = Library(home, encoder)
    library.sync(tree)
    (tree / "2024").rename(tree / "2025")
    library.sync(tree)
    kept = home / "bulletins" / "synced"
    assert sorted(path.name for path in kept.iterdir()) == ["2023", "2025"]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../b.txt", "/a.txt", "a//b.txt", "./a.txt", "a\\b.txt", "a\0.txt",
     "一" * 70 + ".txt", "/".join(["一" * 60] * 6) + "/a.txt", " a.txt", "a /b.txt", "a\nb.txt"],
)  # fmt: skip
def test_no_name_leads_out_of_the_tree(name: str) -> None:
    """Nor is one too long for the file systems that keep it."""
    assert not is_name(name)


@pytest.mark.parametrize(
    "name", ["第1期.txt", "2024/一季度/第1期.pdf", "a.b/c~/d.txt", "x~.y~/e.txt"]
)
def test_a_name_is_read_back_from_the_shelf(name: str, tmp_path: Path) -> None:
    """Whatever its folders are called."""
    assert is_name(name)
    assert shelf_name(tmp_path, shelf_path(tmp_path, name)) == name


def test_a_file_system_without_cases_takes_two_names_for_one(tmp_path: Path) -> None:
    """The id that is held stays, and of two new ones the first is taken and the other told."""
    for name in ("B.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    tree = bulletin_tree(tmp_path, fold=folded)
    assert (list(tree.files), list(tree.skipped)) == (["B", "c"], ["b.txt"])
    held = bulletin_tree(tmp_path, ["C.txt"], folded)
    assert list(held.files) == ["B", "C"]


def test_names_of_before_are_read_where_they_lie(home: Path) -> None:
    """A shelf without folders is a tree of one level."""
    shelf = Shelf(home)
    shelf.put(Origin.SYNCED, "2024.1.txt", b"abc")
    (stored,) = shelf.files().values()
    assert (stored.id, stored.name) == ("2024.1", "2024.1.txt")
    assert stored.path == home / "bulletins" / "synced" / "2024.1.txt"


def test_an_unknown_id_that_leads_elsewhere_is_no_bulletin(
    home: Path, tree: Path, encoder: WordEncoder
) -> None:
    """Whatever an address says, only what the library holds is read."""
    library = Library(home, encoder)
    library.sync(tree)
    for bulletin_id in ("../2023/第1期", "", "2023", "/etc/passwd", "a\0b"):
        with pytest.raises(CallError, match="no bulletin"):
            library.kept.cited(bulletin_id, "0" * 12)


@pytest.mark.parametrize(
    "noise", [b"", b"{", b"[]", b'{"doubles": {"a": 1}, "moved": {}}', b"\xff"]
)
def test_a_damaged_file_of_places_is_found_out_anew(
    home: Path, tree: Path, encoder: WordEncoder, noise: bytes
) -> None:
    """It follows from the files, and costs no bulletin."""
    (tree / "copy.txt").write_bytes((tree / "2023" / "第1期.txt").read_bytes())
    library = Library(home, encoder)
    library.sync(tree)
    (home / "bulletins" / "places.json").write_bytes(noise)
    again = Library(home, encoder)
    assert len(ids(again)) == 3
    again.sync(tree)
    assert again.kept.places() == {"2023/第1期": ("copy",)}


def test_a_large_tree_is_read_once(home: Path, tmp_path: Path, encoder: WordEncoder) -> None:
    """200 files by year, doubled names, doubled contents, broken ones; the second time no file is
    embedded, and a year that is renamed costs none either. `python -m eval.bench.large_tree`
    measures ten times as many.
    """
    tree = tmp_path / "large"
    for n in range(200):
        path = tree / str(2005 + n % 20) / f"第{n // 20}期.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bulletin(path, "开封市", f"第{n}批建成老年食堂{n}个，惠及老人{n}人。")
    for n in range(5):
        (tree / "2006" / f"broken{n}.txt").write_bytes(b"\0\1")
        copy = tree / "copies" / f"{n}.txt"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((tree / "2005" / f"第{n}期.txt").read_bytes())
    library = Library(home, encoder)
    first = library.sync(tree)
    held = {path for path in tree.rglob("*.txt") if "broken" not in path.name}
    assert len(first.added) + len(first.doubles) == len(held)
    assert (len(first.doubles), len(first.failed)) == (5, 5)
    encoded = encoder.texts
    assert library.sync(tree).unchanged == sorted(first.added)
    (tree / "2010").rename(tree / "2010年")
    assert len(library.sync(tree).moved) == 10
    assert encoder.texts == encoded
