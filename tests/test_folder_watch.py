"""A server takes in what changes in its folder by itself."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from index import folder_watch
from index.folder_watch import FolderWatch, WatchState
from index.library import Library

PATIENCE = 600.0  # seconds until a test takes what it waits for as never coming


@pytest.fixture
def library(home: Path, folder: Path) -> Iterator[Library]:
    """In step with the folder that is watched."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    yield library
    library.close()


@pytest.fixture
def watch(library: Library, folder: Path) -> Iterator[FolderWatch]:
    """A watch with times for those who do not want to wait."""
    watch = FolderWatch(library, folder, scan=0.3, settle=0.2)
    watch.start()
    yield watch
    watch.stop()


def until(holds: Callable[[], bool]) -> None:
    """Wait for what other threads do."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def ids(library: Library) -> list[str]:
    return [entry.id for entry in library.entries()]


def last(library: Library, bulletin_id: str) -> str:
    """The last paragraph of a bulletin, whatever comes between reading its entry and its file."""
    return library.steady(lambda: library.bulletin(bulletin_id).units[-1].text)


def test_what_comes_changes_and_goes_is_noticed(
    library: Library, folder: Path, watch: FolderWatch
) -> None:
    """New files in new folders, new texts and deleted files reach the library, and the status says
    what the last look brought.
    """
    (folder / "2024").mkdir()
    write_bulletin(folder / "2024" / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    until(lambda: "2024/puyang" in ids(library))
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂61个。")
    until(lambda: "61个" in last(library, "kaifeng"))
    (folder / "xinxiang.txt").unlink()
    until(lambda: ids(library) == ["2024/puyang", "kaifeng"])
    until(lambda: watch.status.state is WatchState.WATCHING)
    assert watch.status.changes is not None
    assert watch.status.changes.removed == ["xinxiang"]
    assert library.synced == watch.status.changes


def test_without_notices_the_folder_is_looked_through(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network drive, or where the system watches too many files already."""

    def refuses(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("watchfiles.watch", refuses)
    watch = FolderWatch(library, folder, scan=0.1, settle=0.1)
    watch.start()
    write_bulletin(folder / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    until(lambda: "puyang" in ids(library))
    watch.stop()
    assert watch.status.state is WatchState.OFF


def test_a_file_that_is_being_copied_is_waited_for(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it grows it is left alone and named, its former text stays, and others are taken in."""
    looked = [0]
    real = folder_watch.looks_of

    def looks_of(place: Path) -> dict[Path, tuple[int, int]]:
        looks = real(place)
        if looked[0] >= 0:  # every look finds it larger
            looked[0] += 1
            looks[folder / "kaifeng.txt"] = (1000 + looked[0], 0)
        return looks

    monkeypatch.setattr(folder_watch, "looks_of", looks_of)
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂61个。")
    write_bulletin(folder / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    watch = FolderWatch(library, folder, scan=0.1, settle=0.1)
    watch.start()
    until(lambda: "puyang" in ids(library))
    until(lambda: watch.status.state is WatchState.SETTLING)
    assert watch.status.waiting == ("kaifeng.txt",)
    assert "52个" in last(library, "kaifeng")
    looked[0] = -1
    until(lambda: "61个" in last(library, "kaifeng"))
    until(lambda: watch.status.waiting == ())
    watch.stop()


def test_a_folder_that_is_not_there_empties_no_library(
    library: Library, folder: Path, watch: FolderWatch
) -> None:
    """A drive that is gone is told; when it is back, all goes on."""
    until(lambda: watch.status.changes is not None)
    folder.rename(folder.with_name("away"))
    until(lambda: watch.status.state is WatchState.FAILED)
    assert "no such folder" in watch.status.why
    assert len(ids(library)) == 2
    folder.with_name("away").rename(folder)
    until(lambda: watch.status.state is WatchState.WATCHING)
    write_bulletin(folder / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    until(lambda: "puyang" in ids(library))


def test_a_watch_that_never_began_is_off(library: Library, folder: Path) -> None:
    """A setting may leave it so."""
    watch = FolderWatch(library, folder)
    watch.stop()
    assert watch.status.state is WatchState.OFF
