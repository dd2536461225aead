"""A data directory in one file: what cannot be made anew, as it stood at one moment.

A ZIP file, written and read by the standard library, because whoever keeps it can look into it
with any program. Bulletins, conversations, users and whatever else lies in the data directory go
in; the index is left out, as it is made from the bulletins.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corpus.errors import CallError, WorkError
from index.shelf.whole_file import PARTIAL
from index.shelf.writing import WriterLock
from ui.store.page_database import CONVERSATIONS
from ui.store.sessions import SESSIONS

FORMAT = 1
MANIFEST = "jianbao-backup.json"
REMADE = ("index", "uploads", SESSIONS)  # what a start, or who signs in, makes again
DATABASE = ".sqlite"  # suffix of what must be copied by SQLite itself
CHUNK = 2**20  # bytes read at once
PASSING = (PARTIAL, ".lock", ".new", "-wal", "-shm", "-journal")  # ends of names of no lasting file


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: files, and bytes before compression."""

    files: int
    size: int


def back_up(home: Path, target: Path) -> Kept:
    """Write a backup of the data directory `home`, readable to its owner alone: whole or not at
    all. Writers wait meanwhile, readers do not.

    :raises CallError: there is no data directory, or the file is there already or lies in it.
    :raises LibraryError: another process writes for too long.
    :raises WorkError: something cannot be read or written.
    """
    if not ((home / "bulletins").is_dir() or (home / CONVERSATIONS).is_file()):
        raise CallError(f"{home}: no data directory; set JIANBAO_HOME to the one to back up")
    if target.exists():
        raise CallError(f"{target}: is there already; name another file (文件已存在，请换一个名字)")
    if target.resolve().is_relative_to(home.resolve()):
        raise CallError(f"{target}: lies in the data directory; name a file outside of it")
    aside = target.with_name(f"{target.name}{PARTIAL}")
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(aside, flags, 0o600), "w+b") as file:
            with WriterLock(home).held(), ZipFile(file, "w", ZIP_DEFLATED) as archive:
                kept = _write(home, archive)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise WorkError(
            f"backup {target} cannot be made ({error}); make room there, or run jianbao doctor "
            "where a database is meant"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return kept


def _write(home: Path, archive: ZipFile) -> Kept:
    files: dict[str, dict[str, object]] = {}
    total = 0
    with TemporaryDirectory(prefix="jianbao-") as room:
        for path in lasting(home):
            name = path.relative_to(home).as_posix()
            source = _copy(path, Path(room)) if path.suffix == DATABASE else path
            size, digest = _add(archive, source, name)
            files[name] = {"size": size, "sha256": digest}
            total += size
    made = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {"format": FORMAT, "made": made, "files": files}
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Kept(len(files), total)


def lasting(home: Path) -> Iterator[Path]:
    """The files of a data directory that nothing else can bring back, in order."""
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if inside.parts[0] not in REMADE and path.is_file() and not path.name.endswith(PASSING):
            yield path


def _copy(database: Path, room: Path) -> Path:
    """A database as it is after the last commit, whoever writes to it meanwhile.

    :raises WorkError: it is damaged.
    """
    copy = room / database.name
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        (state,) = target.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise WorkError(f"{database} is damaged ({state}); run: jianbao doctor")
    return copy


def _add(archive: ZipFile, source: Path, name: str) -> tuple[int, str]:
    """Put a file into the archive; its size and SHA-256."""
    info = ZipInfo.from_file(source, name, strict_timestamps=False)
    info.compress_type = ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as given, archive.open(info, "w", force_zip64=True) as kept:
        while part := given.read(CHUNK):
            digest.update(part)
            size += kept.write(part)
    return size, digest.hexdigest()
