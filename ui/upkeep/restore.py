"""A backup back into a data directory. Nothing in it is trusted: it may come from anywhere."""

import hashlib
import json
import os
import re
import shutil
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from corpus.errors import CallError, WorkError
from index.shelf.shelf_errors import cannot_write
from index.shelf.whole_file import PARTIAL
from ui.upkeep.backup import CHUNK, FORMAT, MANIFEST, REMADE, Kept

MAX_RATIO = 100  # texts shrink to a fifth, databases to a tenth; a bomb to a thousandth
SMALL = 64 * 2**20  # bytes that may come of any file: no bomb
MAX_MANIFEST = 256 * 2**20  # bytes: 200 a file, and a million files


@dataclass(frozen=True, slots=True)
class _Member:
    info: ZipInfo
    sha256: str


def restore(file: Path, home: Path) -> Kept:
    """Put a backup into the data directory `home`, which must be empty or not there: whole, each
    file with the bytes that were kept, or not at all. The index is made at the next start.

    :raises CallError: there is no such file, or the data directory is not empty.
    :raises WorkError: it is no backup, is damaged, or holds what no backup holds.
    """
    if not file.is_file():
        raise CallError(f"{file}: no such file; name a file that jianbao backup made")
    if home.exists() and (not home.is_dir() or any(p.suffix != PARTIAL for p in home.iterdir())):
        raise CallError(
            f"data directory {home} is not empty (数据目录不是空的); move it away or set "
            "JIANBAO_HOME to another folder"
        )
    try:
        with ZipFile(file) as archive:
            members = _members(file, archive)
            return _extract(file, archive, members, home)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _no_backup(file, str(error)) from error


def _members(file: Path, archive: ZipFile) -> list[_Member]:
    """What the archive holds, once all of it is what a backup may hold.

    :raises WorkError: it is not.
    """
    infos = {info.filename: info for info in archive.infolist()}
    if len(infos) != len(archive.infolist()):
        raise _no_backup(file, "two files of one name")
    listed = infos.pop(MANIFEST, None)
    if listed is None:
        raise _no_backup(file, f"it has no {MANIFEST}")
    size = sum(info.file_size for info in archive.infolist())
    if size > max(SMALL, MAX_RATIO * file.stat().st_size) or listed.file_size > MAX_MANIFEST:
        raise _no_backup(file, f"it would become {size:,} bytes")
    sums = _manifest(file, archive, listed)
    if sums.keys() != infos.keys():
        odd = sorted(sums.keys() ^ infos.keys())[0]
        raise _no_backup(file, f"{odd!a} is not in both its list and its files")
    for info in infos.values():
        _check(file, info)
    return [_Member(info, sums[name]) for name, info in infos.items()]


def _manifest(file: Path, archive: ZipFile, listed: ZipInfo) -> dict[str, str]:
    """The SHA-256 of each file by its name."""
    try:
        manifest = json.loads(archive.read(listed))
        made_by, files = manifest["format"], manifest["files"]
        sums = {str(name): str(one["sha256"]) for name, one in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_backup(file, f"its {MANIFEST} cannot be read") from error
    if made_by != FORMAT:
        raise _no_backup(file, f"its format is {made_by!a}, this program knows {FORMAT}")
    return sums


def _check(file: Path, info: ZipInfo) -> None:
    """Whether a name stays inside the data directory and means a plain file.

    :raises WorkError: it does not.
    """
    path = PurePosixPath(info.filename)
    kind = stat.S_IFMT(info.external_attr >> 16)
    plain = kind in (0, stat.S_IFREG) and not info.is_dir()
    # a colon names a drive or a stream of Windows, a backslash parts its folders
    inside = not path.is_absolute() and ".." not in path.parts and path.as_posix() == info.filename
    if not plain or not inside or re.search(r"[\\:\0]", info.filename) or path.parts[0] in REMADE:
        raise _no_backup(file, f"{info.filename[:100]!a} is no plain file of a data directory")


def _extract(file: Path, archive: ZipFile, members: list[_Member], home: Path) -> Kept:
    """Write all files aside, then let them take their places. Aside is in the data directory: that
    may be a disk of its own.
    """
    size = sum(member.info.file_size for member in members)
    aside = home / f"restored{PARTIAL}"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if size > (free := shutil.disk_usage(home).free):
            raise WorkError(f"{file} needs {size:,} bytes, {home} has {free:,}; make room")
        shutil.rmtree(aside, ignore_errors=True)  # of a restore that was cut off
        for member in members:
            _write(file, archive, member, aside / member.info.filename)
        for path in sorted(aside.iterdir()):
            path.rename(home / path.name)
    except OSError as error:
        raise cannot_write(home, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Kept(len(members), size)


def _write(file: Path, archive: ZipFile, member: _Member, target: Path) -> None:
    """One file, on the disk and with the bytes that were kept."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with archive.open(member.info) as kept, os.fdopen(os.open(target, flags, 0o600), "wb") as made:
        while part := kept.read(CHUNK):  # never more than the size it declares
            digest.update(part)
            made.write(part)
        made.flush()
        os.fsync(made.fileno())
    if digest.hexdigest() != member.sha256:
        raise _no_backup(file, f"{member.info.filename!a} does not have its SHA-256")


def _no_backup(file: Path, why: str) -> WorkError:
    return WorkError(
        f"{file} cannot be restored ({why}); name another file that jianbao backup made "
        "(不是完好的备份文件，请换一个)"
    )
