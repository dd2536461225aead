"""Whether a SQLite file holds together, as SQLite itself can tell."""

import sqlite3
from contextlib import closing
from pathlib import Path

# What is read whole at every opening; 20 ms a MiB. Of larger files `jianbao doctor` reads all, and
# damage that is met by a question is told then.
AT_OPENING = 16 * 2**20  # bytes
BUSY_SECONDS = 30


def check(db: sqlite3.Connection) -> None:
    """Read the whole database.

    :raises sqlite3.Error: it is damaged.
    """
    (state,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(" ".join(str(state).split()))


def check_file(path: Path, *, up_to: int | None = None) -> None:
    """Read a whole database without changing it; one of more bytes than `up_to` is let pass.

    :raises ValueError: it is damaged, empty or cannot be read.
    :raises OSError: there is none.
    """
    size = path.stat().st_size
    if up_to is not None and size > up_to:
        return
    if not size:
        raise ValueError(f"{path.name} is empty")
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as db:
            check(db)
    except sqlite3.Error as error:
        raise ValueError(f"{path.name}: {error}") from error
