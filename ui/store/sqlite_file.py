"""A SQLite file that threads and processes share: made at its first use, kept as a whole or not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import LibraryError

BUSY_SECONDS = 10.0  # how long a writer waits for another one
# From what another version of the program wrote, which may know more than this one.
WAY_BACK = (
    "serve it with the version that made it, or put the backup that jianbao upgrade made before "
    "into an empty data directory: jianbao restore FILE (请改用写它的版本，或恢复升级前的备份)"
)


class SqliteFile:
    """A connection for each piece of work; the file is readable to its owner alone."""

    def __init__(self, path: Path, tables: str, schema: int, trouble: str) -> None:
        """`path` is the file, whose folder must exist or be creatable; `tables` the statements that
        make it, `schema` their number, at least 1; `trouble` what an error says of it: what cannot
        be done, with {error} in it, and the mend.
        """
        self.path = path
        self._tables = tables
        self._schema = schema
        self._trouble = trouble

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
            raise LibraryError(f"{self.path}: {self._trouble.format(error=error)}") from error

    def _connected(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(mode=0o600)
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA foreign_keys = ON")
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        if schema == 0:
            self._create(connection)
        elif schema != self._schema:
            connection.close()
            raise LibraryError(
                f"{self.path} has schema {schema}, this program knows {self._schema}; {WAY_BACK}"
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
            for statement in _statements(self._tables):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {self._schema}")
            connection.commit()


def schema_of(path: Path) -> int:
    """The schema of a file, which is only read; 0 where there is none, or nothing in it yet.

    :raises LibraryError: it cannot be read.
    """
    if not path.exists():
        return 0
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=BUSY_SECONDS, uri=True)) as db:
            (schema,) = db.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        raise LibraryError(
            f"{path} cannot be read ({error}); bring it back from a backup or, where it is the "
            "conversations, run: jianbao rescue (文件损坏，请从备份中取回)"
        ) from error
    return int(schema)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; executescript() would end the transaction."""
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):  # a trigger has semicolons of its own
            yield statement
            statement = ""
