"""Who is signed in, by a secret in the browser's cookie; a restart of the server signs nobody out.

The file holds a hash of each secret and not the secret: who reads it can take nobody's place.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from ui.store.sqlite_file import SqliteFile

SESSIONS = "sessions.sqlite"  # its name in the data directory
SCHEMA = 1
SESSION_SECONDS = 12 * 3600  # a working day
MAX_SESSIONS = 10_000  # the oldest go first
SECRET_BYTES = 32
_TABLES = """
CREATE TABLE sessions (
    number INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, way TEXT NOT NULL, name TEXT NOT NULL,
    groups TEXT NOT NULL, standing TEXT NOT NULL, until REAL NOT NULL
) STRICT
"""
_TROUBLE = (
    "the sessions cannot be read or kept ({error}); make room there, or move the file away: all "
    "then sign in anew (登录状态无法读写)"
)


class SignInWay(StrEnum):
    """How somebody signed in, as sessions keep it."""

    OWN = "own"  # a name and a password of this server
    OIDC = "oidc"  # at the office's provider of identities


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in: the name without what tells the way, the groups that the provider told, and
    what the session hangs on: it ends when that is another.
    """

    way: SignInWay
    name: str
    standing: str
    groups: tuple[str, ...] = ()


class Sessions:
    """The sessions of a data directory, which end after SESSION_SECONDS."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        """`path` is the file (SESSIONS in the data directory); `clock` tells the time in seconds
        since 1970: what other clocks tell means nothing after a restart.
        """
        self._clock = clock
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)
        # those that this process has read: a page makes many requests, each asks whose it is
        self._read: dict[str, tuple[Session, float]] = {}
        self._lock = Lock()

    def start(self, session: Session) -> str:
        """A fresh secret for somebody who has just signed in.

        :raises LibraryError: the file cannot be used.
        """
        secret, now = secrets.token_urlsafe(SECRET_BYTES), self._clock()
        row = (_hashed(secret), session.way.value, session.name,
               json.dumps(session.groups, ensure_ascii=False), session.standing,
               now + SESSION_SECONDS)  # fmt: skip
        with self._file.work() as db:
            db.execute("DELETE FROM sessions WHERE until < ?", (now,))
            db.execute(
                "INSERT INTO sessions (hash, way, name, groups, standing, until) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
            db.execute(
                "DELETE FROM sessions WHERE number <= (SELECT max(number) FROM sessions) - ?",
                (MAX_SESSIONS,),
            )
        return secret

    def of(self, secret: str) -> Session | None:
        """Whose secret this is, None where it is nobody's or too old.

        :raises LibraryError: the file cannot be used.
        """
        if not secret:
            return None
        with self._lock:
            kept, until = self._read.get(key := _hashed(secret), (None, 0.0))
        if kept is None:
            with self._file.work() as db:
                row = db.execute(
                    "SELECT way, name, standing, groups, until FROM sessions WHERE hash = ?", (key,)
                ).fetchone()
            if row is None:
                return None
            way, name, standing, groups, until = row
            kept = Session(SignInWay(way), name, standing, tuple(json.loads(groups)))
            with self._lock:
                self._read[key] = (kept, until)
                while len(self._read) > MAX_SESSIONS:
                    self._read.pop(next(iter(self._read)))
        return kept if until >= self._clock() else None

    def end(self, secret: str) -> None:
        """Sign out.

        :raises LibraryError: the file cannot be used.
        """
        if secret:
            with self._file.work() as db:
                db.execute("DELETE FROM sessions WHERE hash = ?", (_hashed(secret),))
            with self._lock:
                self._read.pop(_hashed(secret), None)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
