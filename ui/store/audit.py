"""What was done, by whom, when and from where (审计): rows that are added and never changed."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ui.store.page_database import storable
from ui.store.sqlite_file import SqliteFile

AUDIT = "audit.sqlite"  # its name in the data directory
SCHEMA = 1
# `rotation` holds a row only inside the transaction that drops what is older than it says. A row
# that comes with the number of another would replace it without a word to the trigger of DELETE.
_TABLES = """
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
    origin TEXT NOT NULL, deed TEXT NOT NULL, thing TEXT NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE TABLE rotation (before TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'records are never replaced'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM rotation WHERE OLD.at < before)
BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;
"""
_FROM = "FROM audit WHERE at >= ? AND at < ? AND instr(who, ?) AND (deed = ? OR ? = '')"
MAX_NUMBER = 2**63 - 1  # of a row of SQLite
_TROUBLE = (
    "the records cannot be read or kept ({error}); bring the file back from a backup, or move it "
    "away to begin anew (审计记录无法读写)"
)


class Deed(StrEnum):
    """What can be done; how it is called in records, which outlive versions."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGN_IN_FAILED = "sign-in failed"
    LOCKED = "sign-in locked"
    KEY_REFUSED = "key refused"
    NOT_ALLOWED = "not allowed"
    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"
    MOVED = "moved"
    REBUILT = "index rebuilt"
    SET = "metadata set"
    USER_ADDED = "user added"
    USER_REMOVED = "user removed"
    PASSWORD_SET = "password set"  # a deed
    PASSWORD_REFUSED = "password refused"  # who wanted another did not know the old one
    ROLE_SET = "role set"
    KEY_ADDED = "key added"
    KEY_REVOKED = "key revoked"
    FOLDER_GIVEN = "folder given"
    FOLDER_TAKEN = "folder taken"
    GROUPS_SET = "groups set"
    EXPORTED = "exported"
    ASKED = "asked"
    ROTATED = "records rotated"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and from where: an address, the command line, a folder."""

    who: str
    origin: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A record; `at` in UTC, `thing` what it was done to (an id, a name), `detail` what else is to
    be known of it: a hash, a role, a question. A deed may be one that a later version knows.
    """

    number: int
    at: datetime
    actor: Actor
    deed: str
    thing: str
    detail: str


@dataclass(frozen=True, slots=True)
class RecordsSought:
    """Which records: from `since` on and before `until`, by those in whose name `who` stands, of
    one `deed`; what is empty chooses nothing.
    """

    since: datetime | None = None
    until: datetime | None = None
    who: str = ""
    deed: str = ""

    @property
    def told(self) -> str:
        """The same in words, "" of all records."""
        since, until = (_text(at) if at else "" for at in (self.since, self.until))
        given = (("from", since), ("before", until), ("who", self.who), ("what", self.deed))
        return ", ".join(f"{name} {value}" for name, value in given if value)


ALL_RECORDS = RecordsSought()


class Recording(Protocol):
    """Whoever keeps records."""

    def record(self, actor: Actor, deed: Deed, thing: str = "", detail: str = "") -> None:
        """Keep that this was done just now."""
        ...


class Unrecorded:
    """Keeps none: for a page that is built by itself."""

    def record(self, actor: Actor, deed: Deed, thing: str = "", detail: str = "") -> None:
        """See Recording."""


def _now() -> datetime:
    return datetime.now(UTC)


class Audit:
    """The records of a data directory. They go only by age, where it is said for how many days they
    are kept: with the first record of a day, which tells of it.
    """

    def __init__(self, path: Path, days: int = 0, clock: Callable[[], datetime] = _now) -> None:
        """`path` is the file (AUDIT in the data directory); with 0 `days` all are kept; `clock`
        tells the time in UTC.
        """
        self.path = path
        self.days = days
        self._clock = clock
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)
        self._rotated: date | None = None

    def record(self, actor: Actor, deed: Deed, thing: str = "", detail: str = "") -> None:
        """Keep that this was done just now.

        :raises LibraryError: the file cannot be used.
        """
        self.record_all(actor, [(deed, thing, detail)])

    def record_all(self, actor: Actor, done: Sequence[tuple[Deed, str, str]]) -> None:
        """Keep that all this was done just now: deed, thing, detail of each.

        :raises LibraryError: the file cannot be used.
        """
        now = self._clock()
        with self._file.work() as db:
            self._rotate(db, now)
            for deed, thing, detail in done:
                _add(db, now, actor, deed, thing, detail)

    def entries(self, sought: RecordsSought = ALL_RECORDS) -> list[AuditEntry]:
        """The records that are sought, oldest first; none where there is no file, which is not
        made.

        :raises LibraryError: the file cannot be used.
        """
        if not self.path.exists():
            return []
        with self._file.work() as db:
            return list(_read(db, sought, "ORDER BY number", ()))

    def latest(
        self, sought: RecordsSought, limit: int, before: int | None = None
    ) -> tuple[list[AuditEntry], int]:
        """Of the records that are sought the latest, latest first, of those with a number below
        `before` where it is given; and how many are sought in all. No file is made.

        :raises LibraryError: the file cannot be used.
        """
        if not self.path.exists():
            return [], 0
        below = MAX_NUMBER if before is None else min(before, MAX_NUMBER)
        with self._file.work() as db:
            counted = f"SELECT count(*) {_FROM}"  # nosec B608 # our own words
            (count,) = db.execute(counted, _values(sought)).fetchone()
            newest = "AND number < ? ORDER BY number DESC LIMIT ?"
            return list(_read(db, sought, newest, (below, limit))), int(count)

    def _rotate(self, db: sqlite3.Connection, now: datetime) -> None:
        """Drop what is too old, once a day."""
        if not self.days or self._rotated == now.date():
            return
        self._rotated = now.date()
        before = _text(now - timedelta(days=self.days))
        (old,) = db.execute("SELECT count(*) FROM audit WHERE at < ?", (before,)).fetchone()
        if old:
            db.execute("INSERT INTO rotation VALUES (?)", (before,))
            db.execute("DELETE FROM audit WHERE at < ?", (before,))
            db.execute("DELETE FROM rotation")
            told = f"{old} before {before}, {self.days} days"
            _add(db, now, Actor("jianbao", "JIANBAO_AUDIT_DAYS"), Deed.ROTATED, "", told)


def _add(
    db: sqlite3.Connection, at: datetime, actor: Actor, deed: Deed, thing: str, detail: str
) -> None:
    values = [_text(at), *map(storable, (actor.who, actor.origin, deed.value, thing, detail))]
    db.execute(
        "INSERT INTO audit (at, who, origin, deed, thing, detail) VALUES (?, ?, ?, ?, ?, ?)", values
    )


def _read(
    db: sqlite3.Connection, sought: RecordsSought, then: str, more: Sequence[int]
) -> Iterator[AuditEntry]:
    """The records that are sought; `then` is what follows in the statement, of our own words."""
    asked = f"SELECT number, at, who, origin, deed, thing, detail {_FROM} {then}"  # nosec B608
    rows = db.execute(asked, (*_values(sought), *more))
    for number, at, who, origin, deed, thing, detail in rows:
        told = datetime.fromisoformat(at)
        yield AuditEntry(number, told, Actor(who, origin), deed, thing, detail)


def _values(sought: RecordsSought) -> tuple[str, ...]:
    """What fills _FROM."""
    since = _text(sought.since) if sought.since else ""
    until = _text(sought.until) if sought.until else "9999"
    return since, until, storable(sought.who), storable(sought.deed), storable(sought.deed)


def _text(at: datetime) -> str:
    """A time as it is kept: in UTC, of one length, so that texts are in the order of times."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
