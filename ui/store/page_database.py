"""The database of the page: conversations and what was said of their answers, in one file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import LibraryError
from index.store.integrity import check

CONVERSATIONS = "conversations.sqlite"  # its name in the data directory
SCHEMA = 1
BUSY_SECONDS = 10.0  # how long a writer waits for another one
_TABLES = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, updated TEXT NOT NULL
) STRICT;
CREATE INDEX conversations_of ON conversations (owner, updated);
CREATE TABLE exchanges (
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    number INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL,
    PRIMARY KEY (conversation, number)
) STRICT;
CREATE TABLE feedback (
    conversation TEXT NOT NULL, number INTEGER NOT NULL, good INTEGER NOT NULL,
    reason TEXT NOT NULL, bulletin TEXT, paragraph INTEGER, given TEXT NOT NULL,
    PRIMARY KEY (conversation, number),
    FOREIGN KEY (conversation, number) REFERENCES exchanges ON DELETE CASCADE
) STRICT;
"""


def storable(text: str) -> str:
    """Text that SQLite takes: half of a surrogate pair becomes a question mark, NUL goes."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


class Store:
    """A SQLite file; a connection for each piece of work, so that threads and processes share it.

    It is made at the first use, readable to its owner alone.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the file; its folder must exist or be creatable."""
        self.path = path

    @contextmanager
    def work(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction of its own: kept as a whole, or not at all.

        :raises LibraryError: the file cannot be used.
        """
        try:
            connection = self._connected()
            try:
                with connection:
                    yield connection
            finally:
                connection.close()
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"{self.path}: the conversations cannot be read or kept ({error}); where the file "
                "is damaged (对话记录损坏) run: jianbao rescue"
            ) from error

    def check(self) -> int:
        """Read the whole file; the number of conversations in it. A file that is not there is
        not made.

        :raises LibraryError: it is damaged.
        """
        if not self.path.exists() or not self.path.stat().st_size:
            return 0
        with self.work() as db:
            check(db)
            (count,) = db.execute("SELECT count(*) FROM conversations").fetchone()
        return int(count)

    def _connected(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(mode=0o600)
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA foreign_keys = ON")
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        if schema == 0:
            self._create(connection)
        elif schema != SCHEMA:
            connection.close()
            raise LibraryError(
                f"{self.path} has schema {schema}, this program knows {SCHEMA}; serve it with the "
                "version that made it"
            )
        return connection

    def _create(self, connection: sqlite3.Connection) -> None:
        # SQLite waits for no other process when the journal is switched: only one may do it
        with FileLock(f"{self.path}.lock"):
            (schema,) = connection.execute("PRAGMA user_version").fetchone()
            if schema != 0:
                return
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.commit()
