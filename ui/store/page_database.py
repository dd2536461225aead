"""The database of the page: conversations and what was said of their answers, in one file."""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from corpus.text.surrogates import encodable
from index.store.integrity import check
from ui.store.sqlite_file import SqliteFile

CONVERSATIONS = "conversations.sqlite"  # its name in the data directory
SCHEMA = 1
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
_TROUBLE = (
    "the conversations cannot be read or kept ({error}); where the file is damaged (对话记录损坏) "
    "run: jianbao rescue"
)


def storable(text: str) -> str:
    """Text that SQLite takes: half of a surrogate pair becomes a question mark, NUL goes."""
    return encodable(text).replace("\0", "")


class Store:
    """Conversations and opinions in a file (see SqliteFile), made at the first use."""

    def __init__(self, path: Path) -> None:
        """`path` is the file; its folder must exist or be creatable."""
        self.path = path
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)

    def work(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection in a transaction of its own: kept as a whole, or not at all.

        :raises LibraryError: the file cannot be used.
        """
        return self._file.work()

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
