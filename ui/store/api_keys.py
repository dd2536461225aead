"""Keys by which programs ask: shown once, kept as hashes, for a time, each with a name and a role.

A key is `jb-ID-SECRET`. The secret has 256 random bits, so that nobody finds it by trying, and one
round of SHA-256 hides it well enough; passwords, which people choose, need scrypt (accounts.py).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from corpus.errors import CallError
from ui.store.roles import AccessRole
from ui.store.sqlite_file import SqliteFile

KEYS = "keys.sqlite"  # its name in the data directory
SCHEMA = 1
PREFIX = "jb-"  # what tells a key of ours from whatever else a program sends
ID_BYTES, SECRET_BYTES = 6, 32
DEFAULT_DAYS, MAX_DAYS = 90, 3650
_NAME = re.compile(r"[\w.@-]{1,40}")
_KEY = re.compile(rf"{PREFIX}(?P<id>[0-9a-f]{{{2 * ID_BYTES}}})-(?P<secret>[A-Za-z0-9_-]{{43}})")
_NOBODY = "0" * 64  # the hash that a secret is held against where no key has its id
_TABLES = """
CREATE TABLE keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, role TEXT NOT NULL,
    made TEXT NOT NULL, until TEXT NOT NULL, revoked TEXT
) STRICT
"""
_TROUBLE = "the keys cannot be read or kept ({error}); bring the file back from a backup"


class KeyStanding(StrEnum):
    """What became of a key."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # no such key, or not its secret


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret; times in UTC, `revoked` None where it was not."""

    id: str
    name: str
    role: AccessRole
    made: datetime
    until: datetime
    revoked: datetime | None

    def standing(self, now: datetime) -> KeyStanding:
        """What is true of the key at a time."""
        if self.revoked is not None:
            return KeyStanding.REVOKED
        return KeyStanding.GOOD if now < self.until else KeyStanding.EXPIRED


def _now() -> datetime:
    return datetime.now(UTC)


class ApiKeys:
    """The keys of a data directory; changes hold at once, also for a server that runs."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = _now) -> None:
        """`path` is the file (KEYS in the data directory), `clock` tells the time in UTC."""
        self.path = path
        self._clock = clock
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)

    def add(self, name: str, role: AccessRole = AccessRole.READER, days: int = DEFAULT_DAYS) -> str:
        """Make a key and give it out: it is told this once and nowhere kept.

        :raises CallError: the name or the days cannot be, or a key of that name is good.
        :raises LibraryError: the file cannot be used.
        """
        if not _NAME.fullmatch(name):
            raise CallError(f"name {name!r}: use 1 to 40 letters, digits or . _ - @")
        if not 1 <= days <= MAX_DAYS:
            raise CallError(f"{days} days; a key is good for 1 to {MAX_DAYS}")
        now, known = self._clock(), self.listed()
        if any(key.name == name and key.standing(now) is KeyStanding.GOOD for key in known):
            raise CallError(f"there is a key {name!r}; revoke it first: jianbao key revoke {name}")
        number, secret = secrets.token_hex(ID_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        row = (number, name, _hashed(secret), role, now.isoformat(),
               (now + timedelta(days=days)).isoformat())  # fmt: skip
        with self._file.work() as db:
            db.execute("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, NULL)", row)
        return f"{PREFIX}{number}-{secret}"

    def listed(self) -> list[ApiKey]:
        """All that were ever made, oldest first; none where there is no file, which is not made.

        :raises LibraryError: the file cannot be used.
        """
        if not self.path.exists():
            return []
        with self._file.work() as db:
            rows = db.execute(
                "SELECT id, name, role, made, until, revoked FROM keys ORDER BY rowid"
            ).fetchall()
        return [_key(*row) for row in rows]

    def revoke(self, name: str) -> None:
        """Let nobody in by the keys of this name any more.

        :raises CallError: no key of that name is good.
        :raises LibraryError: the file cannot be used.
        """
        now = self._clock()
        good = [k for k in self.listed() if k.name == name and k.standing(now) is KeyStanding.GOOD]
        if not good:
            raise CallError(f"no key {name!r} is good; jianbao key list shows them")
        with self._file.work() as db:
            db.executemany(
                "UPDATE keys SET revoked = ? WHERE id = ?",
                [(now.isoformat(), key.id) for key in good],
            )

    def check(self, sent: str) -> tuple[KeyStanding, ApiKey | None]:
        """Whether this is a key that is good, and which one it is. Only who has the secret learns
        of a key: for all others it is unknown, in the same time.

        :raises LibraryError: the file cannot be used.
        """
        parts = _KEY.fullmatch(sent)
        if parts is None or not self.path.exists():
            return KeyStanding.UNKNOWN, None
        with self._file.work() as db:
            row = db.execute(
                "SELECT hash, id, name, role, made, until, revoked FROM keys WHERE id = ?",
                (parts["id"],),
            ).fetchone()
        right = hmac.compare_digest(row[0] if row else _NOBODY, _hashed(parts["secret"]))
        if row is None or not right:
            return KeyStanding.UNKNOWN, None
        key = _key(*row[1:])
        return key.standing(self._clock()), key


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(id: str, name: str, role: str, made: str, until: str, revoked: str | None) -> ApiKey:
    return ApiKey(
        id, name, AccessRole(role), datetime.fromisoformat(made), datetime.fromisoformat(until),
        datetime.fromisoformat(revoked) if revoked else None,
    )  # fmt: skip
