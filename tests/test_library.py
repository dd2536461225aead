"""A library keeps bulletins, finds their units, and stays in step with a folder."""

import os
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from corpus.errors import BulletinError, CallError, LibraryError
from index.library import Library


def ids(library: Library) -> list[str]:
    return [entry.id for entry in library.entries()]


def found(library: Library, query: str) -> str:
    """Text of the best unit by words."""
    return library.unit(library.search_words(query, 1)[0])[1].text


def test_a_sync_takes_in_every_bulletin_of_a_folder(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """After a sync the library holds the folder's bulletins under their file stems."""
    library = Library(home, encoder)
    changes = library.sync(folder)
    assert (changes.added, ids(library)) == (["kaifeng", "xinxiang"], ["kaifeng", "xinxiang"])


def test_an_unchanged_file_costs_nothing(home: Path, folder: Path, encoder: WordEncoder) -> None:
    """A second sync embeds no text and reports the bulletins as unchanged."""
    library = Library(home, encoder)
    library.sync(folder)
    encoded = encoder.texts
    changes = library.sync(folder)
    assert (encoder.texts, changes.unchanged) == (encoded, ["kaifeng", "xinxiang"])


def test_a_touched_file_with_the_same_bytes_is_not_embedded_again(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """Only a changed content hash makes a bulletin be indexed anew."""
    library = Library(home, encoder)
    library.sync(folder)
    encoded = encoder.texts
    os.utime(folder / "kaifeng.txt", (1, 1))
    assert library.sync(folder).updated == []
    assert encoder.texts == encoded


def test_a_changed_file_replaces_its_old_units(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """After a change the new text is found in both indexes and the old one in neither."""
    library = Library(home, encoder)
    library.sync(folder)
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成托养中心97所。")
    assert library.sync(folder).updated == ["kaifeng"]
    assert "97所" in found(library, "托养中心")
    texts = [library.unit(hit)[1].text for hit in library.search_meaning("老年食堂", 20)]
    assert not any("52个" in text for text in texts)


def test_a_file_that_left_the_folder_leaves_the_library(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """A sync removes what the folder no longer holds."""
    library = Library(home, encoder)
    library.sync(folder)
    (folder / "kaifeng.txt").unlink()
    assert library.sync(folder).removed == ["kaifeng"]
    assert library.search_words("老年食堂", 5) == []


def test_a_bulletin_added_by_hand_survives_a_sync(
    home: Path, folder: Path, encoder: WordEncoder, tmp_path: Path
) -> None:
    """What was added is kept beside what the folder holds."""
    library = Library(home, encoder)
    write_bulletin(tmp_path / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    library.add(tmp_path / "puyang.txt")
    library.sync(folder)
    assert ids(library) == ["kaifeng", "puyang", "xinxiang"]


def test_a_removed_bulletin_does_not_come_back_with_the_next_sync(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """Removing by hand outlasts syncs; adding the file again brings it back."""
    library = Library(home, encoder)
    library.sync(folder)
    library.remove("kaifeng")
    library.sync(folder)
    assert ids(library) == ["xinxiang"]
    library.add(folder / "kaifeng.txt")
    assert ids(library) == ["kaifeng", "xinxiang"]


def test_adding_a_file_twice_changes_nothing(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """The same bytes under the same name are one bulletin."""
    library = Library(home, encoder)
    library.add(folder / "kaifeng.txt")
    library.add(folder / "kaifeng.txt")
    assert ids(library) == ["kaifeng"]
    assert len(library.search_words("老年食堂", 5)) == 1


def test_a_bad_file_is_named_and_the_others_are_taken_in(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """A sync goes on past a file that is no bulletin."""
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02")
    changes = Library(home, encoder).sync(folder)
    assert changes.added == ["kaifeng", "xinxiang"]
    assert "binary" in changes.failed["broken"]


def test_a_bad_file_cannot_be_added(home: Path, encoder: WordEncoder, tmp_path: Path) -> None:
    """A file that is no bulletin is refused before anything is kept."""
    (tmp_path / "empty.txt").write_text(" \n")
    library = Library(home, encoder)
    with pytest.raises(BulletinError, match="empty"):
        library.add(tmp_path / "empty.txt")
    assert ids(library) == []


def test_a_reopened_library_is_the_same(home: Path, folder: Path, encoder: WordEncoder) -> None:
    """Both indexes answer after a restart as before it."""
    first = Library(home, encoder)
    first.sync(folder)
    before = (first.search_words("食堂", 3), first.search_meaning("食堂", 3))
    first.close()
    again = Library(home, encoder)
    assert (again.search_words("食堂", 3), again.search_meaning("食堂", 3)) == before


def test_an_index_made_with_another_model_is_refused_with_the_mend(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """Asking with a model of other vectors names both models and the command that rebuilds."""
    Library(home, encoder).sync(folder)
    other = Library(home, WordEncoder("other", dimension=64))
    message = r"words \(256 dimensions.*other \(64 dimensions.*jianbao sync --rebuild"
    with pytest.raises(LibraryError, match=message):
        other.search_meaning("食堂", 3)


def test_a_rebuild_makes_the_index_fit_the_new_model(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """A fresh library over the same data directory replaces the index when it is whole."""
    Library(home, encoder).sync(folder)
    other = WordEncoder("other", dimension=64)
    Library(home, other, fresh=True).sync(folder)
    again = Library(home, other)
    assert len(again.search_meaning("食堂", 3)) == 3
    assert len([p for p in (home / "index").iterdir() if p.is_dir()]) == 1


def test_an_abandoned_rebuild_leaves_the_old_index_in_use(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """A fresh index that was never filled does not hide the old one."""
    Library(home, encoder).sync(folder)
    Library(home, encoder, fresh=True).close()
    assert ids(Library(home, encoder)) == ["kaifeng", "xinxiang"]


def test_an_index_of_another_version_is_refused(
    home: Path, folder: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that another parser made names both versions and the mend."""
    Library(home, encoder).sync(folder)
    monkeypatch.setitem(__import__("index.generation").generation.VERSIONS, "parser", 999)
    with pytest.raises(LibraryError, match=r"parser \d+, this program has 999; run: jianbao sync"):
        Library(home, encoder)


def test_a_damaged_database_is_told_with_the_mend(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """Bytes that are no database are named, and a rebuild from the kept files mends them."""
    Library(home, encoder).sync(folder)
    database = next((home / "index").glob("*/words.sqlite3"))
    for part in home.glob("index/*/words.sqlite3*"):
        part.write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match=f"{database}.*--rebuild"):
        Library(home, encoder)
    Library(home, encoder, fresh=True).sync(folder)
    assert ids(Library(home, encoder)) == ["kaifeng", "xinxiang"]


def test_missing_and_orphaned_vectors_are_mended(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """Mending gives every passage its vector and drops those that no passage has."""
    library = Library(home, encoder)
    library.sync(folder)
    vectors = library._index.vectors
    wanted = vectors.ids()
    vectors.delete([sorted(wanted)[0]])
    vectors.put(["gone@0#0/0", "gone@0#0/1"], encoder.encode(["一", "二"], "document"))
    library.mend()
    assert vectors.ids() == wanted


def test_a_data_directory_that_cannot_be_written_is_named(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    """A file where the data directory should be gives one line with the setting to change."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match=r"/file cannot be written.*JIANBAO_HOME"):
        Library(tmp_path / "file", encoder)


def test_an_unknown_id_is_the_callers_mistake(library: Library) -> None:
    """Asking for a bulletin that is not there names the command that lists them."""
    with pytest.raises(CallError, match=r"no bulletin 'nothing'.*jianbao list"):
        library.bulletin("nothing")


@pytest.mark.parametrize("make", [True, False], ids=["empty folder", "no folder"])
def test_a_folder_without_bulletins_is_the_callers_mistake(
    make: bool, home: Path, encoder: WordEncoder, tmp_path: Path
) -> None:
    """An empty folder and a missing one are named, and the library stays as it was."""
    if make:
        (tmp_path / "bare").mkdir()
    with pytest.raises(CallError, match="bare"):
        Library(home, encoder).sync(tmp_path / "bare")


def test_of_two_files_of_one_id_one_is_taken(
    folder: Path, home: Path, encoder: WordEncoder
) -> None:
    """A suffix in other letters does not make another bulletin; the other is told, with the mend,
    and the one that is held stays whatever comes beside it.
    """
    text = (folder / "xinxiang.txt").read_text("utf-8").replace("\n", "</p><p>")
    (folder / "xinxiang.HTML").write_text(f"<html><body><p>{text}</p></body></html>", "utf-8")
    library = Library(home, encoder)
    changes = library.sync(folder)
    assert changes.added == ["kaifeng", "xinxiang"]
    assert "rename one of them" in changes.skipped["xinxiang.txt"]
    (folder / "xinxiang.docx").touch()
    assert "rename one of them" in library.sync(folder).skipped["xinxiang.docx"]


def test_progress_is_told_from_nothing_to_all(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """The progress callback hears 0 of 2 first and 2 of 2 last."""
    heard: list[tuple[int, int]] = []
    Library(home, encoder).sync(folder, lambda done, total: heard.append((done, total)))
    assert (heard[0], heard[-1]) == ((0, 2), (2, 2))


def test_a_file_whose_name_cannot_be_an_id_is_refused_before_it_is_kept(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """A byte that is no UTF-8 or a line feed in a name locks nothing: add refuses, sync goes on."""
    library = Library(home, encoder)
    for name in (b"bad\xff.txt", b"two\nlines.txt"):
        odd = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        odd.write_bytes((folder / "kaifeng.txt").read_bytes())
        with pytest.raises(CallError, match="cannot be an id; rename the file"):
            library.add(odd)
    changes = library.sync(folder)
    assert (ids(library), len(changes.failed)) == (["kaifeng", "xinxiang"], 2)


def test_an_add_with_another_model_leaves_nothing_behind(
    home: Path, folder: Path, encoder: WordEncoder, tmp_path: Path
) -> None:
    """The model is compared before the file is kept."""
    Library(home, encoder).sync(folder)
    write_bulletin(tmp_path / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    with pytest.raises(LibraryError, match="--rebuild"):
        Library(home, WordEncoder("other", dimension=64)).add(tmp_path / "puyang.txt")
    again = Library(home, encoder)
    again.sync(folder)
    assert ids(again) == ["kaifeng", "xinxiang"]


@pytest.mark.parametrize("pointer", [b"", b"../../elsewhere", b"\xff\xfe"])
def test_a_pointer_to_no_index_is_told(
    home: Path, folder: Path, encoder: WordEncoder, pointer: bytes
) -> None:
    """`current` names an index of this data directory or nothing; a rebuild mends it."""
    Library(home, encoder).sync(folder)
    (home / "index" / "current").write_bytes(pointer)
    with pytest.raises(LibraryError, match=r"current names no index.*--rebuild"):
        Library(home, encoder)
    Library(home, encoder, fresh=True).sync(folder)
    assert ids(Library(home, encoder)) == ["kaifeng", "xinxiang"]


def test_an_open_library_goes_over_to_a_new_index(
    home: Path, folder: Path, encoder: WordEncoder
) -> None:
    """What was rebuilt elsewhere is found without reopening."""
    library = Library(home, encoder)
    write_bulletin(folder / "anyang.txt", "安阳市", "全市建成老年食堂31个。")
    library.sync(folder)
    (folder / "anyang.txt").unlink()
    library.sync(folder)
    old = library.search_words("老年食堂", 1)
    assert old[0].bulletin == "kaifeng"
    Library(home, encoder, fresh=True).sync(folder)
    new = library.search_words("老年食堂", 1)
    assert "52个" in library.unit(new[0])[1].text
    assert old[0].row != new[0].row
