"""A SQLite database of an index: opened, read and changed by one thread at a time, errors told."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from corpus.errors import LibraryError
from index.rebuild import REBUILD
from index.store import integrity

BUSY_SECONDS = 30  # how long to wait for another process's commit before giving up
UNWRITABLE = ("readonly", "unable to open", "full", "I/O error")  # what no rebuild mends


class SqliteDatabase:
    """One database. Safe to use from several threads. Its rows know the names of their columns."""

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        """Open the database, making it by the statements of `schema` where there is none.

        :raises LibraryError: it cannot be opened or is damaged.
        """
        self._path = path
        self._lock = RLock()
        try:
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                with self.transaction() as db:
                    for statement in schema:
                        db.execute(statement)
            elif path.stat().st_size <= integrity.AT_OPENING:
                integrity.check(self._db)
        except sqlite3.Error as error:
            raise self._broken(error) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone.

        :raises LibraryError: SQLite fails at what is done with it.
        """
        with self._lock:
            try:
                yield self._db
            except sqlite3.Error as error:
                raise self._broken(error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection, for changes that come all at once, at the end, or not at all.

        :raises LibraryError: see reading.
        """
        with self.reading() as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def state(self) -> tuple[int, int]:
        """What changes whenever another connection writes, and whenever this one does."""
        with self.reading() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0]), db.total_changes

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def _broken(self, error: sqlite3.Error) -> LibraryError:
        mend = REBUILD
        if any(word in str(error) for word in UNWRITABLE):
            mend = "make room there, mend its rights, or set JIANBAO_HOME to another folder"
        return LibraryError(f"index {self._path} cannot be used ({error}); {mend}")
