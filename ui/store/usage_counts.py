"""How often things happened, day by day, in one file: numbers, and of nobody who did them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from ui.store.page_database import storable
from ui.store.sqlite_file import SqliteFile

USAGE = "usage.sqlite"  # its name in the data directory
SCHEMA = 1
MAX_NAME = 200  # characters of what is counted that are kept
_TABLES = """
CREATE TABLE counted (
    day TEXT NOT NULL, what TEXT NOT NULL, name TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (day, what, name)
) STRICT, WITHOUT ROWID;
"""
_TROUBLE = (
    "the statistics cannot be read or kept ({error}); bring the file back from a backup, or move "
    "it away to begin anew (统计无法读写)"
)


class UsageKind(StrEnum):
    """What is counted, with the name that tells one of a kind from another."""

    ASKED = "asked"
    FAILED = "failed"  # by an error
    REFUSED = "refused"  # by its reason
    PLACE = "place missing"
    YEAR = "year missing"
    PERSON = "person missing"
    THING = "thing missing"
    CITED = "cited"  # a bulletin, once in an answer
    OPENED = "opened"  # a bulletin, in the source panel
    QUESTION = "question refused"  # its text, where the setting keeps it


MISSING = (UsageKind.PLACE, UsageKind.YEAR, UsageKind.PERSON, UsageKind.THING)


@dataclass(frozen=True, slots=True)
class UsageTally:
    """How many times something was counted on a day; `what` may be of a later version."""

    day: date
    what: str
    name: str
    times: int


class UsageCounts:
    """The counts of a data directory."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        """`path` is the file (USAGE in the data directory); `today` tells the day in the zone of
        this machine.
        """
        self.path = path
        self._today = today
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)

    def add(self, happened: Sequence[tuple[UsageKind, str]]) -> None:
        """Count each of these once more today.

        :raises LibraryError: the file cannot be used.
        """
        day = self._today().isoformat()
        rows = [(day, what.value, storable(name)[:MAX_NAME]) for what, name in happened]
        with self._file.work() as db:
            db.executemany(
                "INSERT INTO counted VALUES (?, ?, ?, 1) "
                "ON CONFLICT (day, what, name) DO UPDATE SET times = times + 1",
                rows,
            )

    def tallies(self, since: date | None = None, until: date | None = None) -> list[UsageTally]:
        """The counts of these days, both included, the earliest first; none where there is no file,
        which is not made.

        :raises LibraryError: the file cannot be used.
        """
        if not self.path.exists():
            return []
        bounds = since.isoformat() if since else "", until.isoformat() if until else "9999"
        with self._file.work() as db:
            rows = db.execute(
                "SELECT day, what, name, times FROM counted WHERE day >= ? AND day <= ? "
                "ORDER BY day, what, name",
                bounds,
            ).fetchall()
        return [
            UsageTally(date.fromisoformat(day), what, name, times)
            for day, what, name, times in rows
        ]
