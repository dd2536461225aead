"""What can still be read of a damaged database of conversations, in a new one."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import CallError, WorkError
from index.shelf.whole_file import PARTIAL
from ui.store.page_database import Store

TABLES = {"conversations": 4, "exchanges": 5, "feedback": 7}  # columns; parents before children


@dataclass(frozen=True, slots=True)
class Rescued:
    """Rows that were read, by table, and where the damaged file lies now."""

    rows: dict[str, int]
    aside: Path


def rescue(path: Path) -> Rescued:
    """Move what can be read of a database of conversations to a new one in its place. The old file
    is kept beside it.

    :raises CallError: there is none.
    :raises WorkError: the new one cannot be written.
    """
    if not path.exists():
        raise CallError(f"{path}: no conversations are kept there; there is nothing to rescue")
    fresh = path.with_name(f"{path.name}{PARTIAL}")
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    try:
        for leftover in _parts(fresh):
            leftover.unlink(missing_ok=True)
        with TemporaryDirectory(prefix="jianbao-") as room, Store(fresh).work() as new:
            # of a copy: SQLite mends a little by itself, and the old file is to stay as it is
            for part in filter(Path.exists, _parts(path)[:2]):
                shutil.copy(part, room)
            copy = Path(room) / path.name
            rows = {table: _take(copy, table, columns, new) for table, columns in TABLES.items()}
        for old, kept in zip(_parts(path), _parts(aside), strict=True):
            if old.exists():
                old.rename(kept)
        fresh.rename(path)
    except OSError as error:
        raise WorkError(f"{path} cannot be rescued ({error}); make room there") from error
    return Rescued(rows, aside)


def _take(path: Path, table: str, columns: int, new: sqlite3.Connection) -> int:
    """Put the rows of a table that can be read, and whose parents could be, into the new one."""
    marks = ",".join("?" * columns)
    before = new.total_changes
    for row in _rows(path, table):
        try:
            new.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)  # nosec B608 # ours
        except sqlite3.Error:  # half a row, or one without its parent
            continue
    return new.total_changes - before


def _rows(path: Path, table: str) -> Iterator[tuple[object, ...]]:
    """Rows from the first on until the damage, then from the last back until it."""
    for order in ("ASC", "DESC"):
        with closing(sqlite3.connect(path)) as old:
            query = f"SELECT * FROM {table} NOT INDEXED ORDER BY rowid {order}"  # nosec B608 # ours
            try:
                old.execute("PRAGMA writable_schema = ON")  # else no file that was cut is read
                yield from old.execute(query)
            except sqlite3.Error:  # the damage: what lies before it has been read
                continue
            return


def _parts(path: Path) -> list[Path]:
    """A database with the files beside it."""
    return [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
