"""A full disk and one that cannot be written are told in a sentence, and cost no bulletin."""

import gc
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from corpus.errors import LibraryError
from index.library import Library

DISK = 8 * 2**20  # bytes
KIB = 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(folder)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, left: int) -> Path:
    """A file that leaves so many bytes free on a disk."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(b"\0" * max(0, free.f_bavail * free.f_frsize - left))
    return filler


def meant(library: Library) -> str:
    """The bulletin that is found by meaning, or the mend that is told instead."""
    try:
        return library.search_meaning("开封市老年食堂", 1)[0].bulletin
    except LibraryError as error:
        return "make room there" if "make room there" in str(error) else str(error)


@pytest.mark.parametrize("left", [0, 4, 16, 64, 128, 256, 400], ids=lambda left: f"{left} KiB left")
def test_a_full_disk_is_told_and_loses_nothing(
    disk: Path, folder: Path, tmp_path: Path, left: int
) -> None:
    """Wherever the room ends, what was there can be read, and with room all work is finished.
    Chroma, closed after it failed to write, needs some room to be opened anew, or says so.
    """
    home = disk / "home"
    library = Library(home, WordEncoder(dimension=64))
    library.sync(folder)
    write_bulletin(
        tmp_path / "puyang.txt",
        "濮阳市",
        "".join(f"第{n}批改造家庭床位{n + 1}张。" for n in range(2000)),
    )
    filler = fill(disk, left * KIB)
    with pytest.raises(LibraryError, match="make room there") as told:
        library.add(tmp_path / "puyang.txt")
    assert "\n" not in str(told.value)
    again = Library(home, WordEncoder(dimension=64))
    for one in (library, again):
        assert [entry.id for entry in one.entries()] == ["kaifeng", "xinxiang"]
        assert one.bulletin("kaifeng").units
        assert one.search_words("老年食堂", 1)[0].bulletin == "kaifeng"
        assert meant(one) in ("kaifeng", "make room there")
    filler.unlink()
    again.add(tmp_path / "puyang.txt")
    again.sync(folder)
    assert [entry.id for entry in again.entries()] == ["kaifeng", "puyang", "xinxiang"]
    assert again._index.vectors.ids() == again._index.catalogue.vector_ids()


def test_a_program_that_starts_on_a_full_disk_says_so(disk: Path, folder: Path) -> None:
    """It needs some room itself; with it, everything is there."""
    home = disk / "home"
    library = Library(home, WordEncoder())
    library.sync(folder)
    library.close()
    filler = fill(disk, 0)
    with pytest.raises(LibraryError, match="make room there"):
        Library(home, WordEncoder())
    filler.unlink()
    assert [entry.id for entry in Library(home, WordEncoder()).entries()] == ["kaifeng", "xinxiang"]


def test_a_read_only_disk_is_told_and_loses_nothing(
    disk: Path, folder: Path, tmp_path: Path
) -> None:
    """Opening is refused in a sentence, and all is there when the disk can be written again."""
    home = disk / "home"
    Library(home, WordEncoder()).sync(folder)
    gc.collect()  # what is open for writing would keep the disk from becoming read-only
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(LibraryError, match=r"make room there|mend its rights") as told:
        Library(home, WordEncoder()).sync(folder)
    assert "\n" not in str(told.value)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    library = Library(home, WordEncoder())
    assert [entry.id for entry in library.entries()] == ["kaifeng", "xinxiang"]
    assert library.search_meaning("开封市老年食堂", 1)[0].bulletin == "kaifeng"
