"""Who may sign in: a file of names with hashed passwords, and the check of a password."""

import hashlib
import hmac
import json
import os
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from filelock import FileLock

from corpus.errors import CallError, LibraryError

# scrypt with the least that OWASP's Password Storage Cheat Sheet asks: 128 MiB and a third of a
# second for each guess. Kept with each hash, so that they can be raised.
COST = {"n": 2**17, "r": 8, "p": 1}
SALT_BYTES, HASH_BYTES = 16, 32
MAX_MEMORY = 256 * 2**20  # bytes that scrypt may take; 128 * n * r are needed
AT_ONCE = 2  # passwords hashed at the same time, for the memory that each takes
FAILURES, LOCKED_SECONDS = 5, 15 * 60  # wrong passwords, and how long a name is locked after them
MAX_NAMES = 10_000  # names whose failures are remembered; the oldest go first
MIN_PASSWORD, MAX_PASSWORD = 8, 256  # characters
_NAME = re.compile(r"[\w.@-]{1,40}")


def add_user(path: Path, name: str, password: str) -> None:
    """Let a user sign in, or give one another password.

    :raises CallError: the name or the password cannot be.
    :raises LibraryError: the file cannot be read.
    """
    name, password = _plain(name), _plain(password)
    if not _NAME.fullmatch(name):
        raise CallError(f"name {name!r}: use 1 to 40 letters, digits or . _ - @")
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise CallError(
            f"the password has {len(password)} characters; use {MIN_PASSWORD} to {MAX_PASSWORD}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        _write(path, {**_read(path), name: _hashed(password)})


def remove_user(path: Path, name: str) -> None:
    """Let a user sign in no more.

    :raises CallError: there is no such user.
    """
    with FileLock(f"{path}.lock"):
        users = _read(path)
        if users.pop(_plain(name), None) is None:
            raise CallError(f"no user {name!r} in {path}; jianbao user list shows them")
        _write(path, users)


def user_names(path: Path) -> list[str]:
    """Who may sign in, in order.

    :raises LibraryError: the file cannot be read.
    """
    return sorted(_read(path))


def some_user_names(path: Path) -> list[str]:
    """Who may sign in, in order, where somebody must.

    :raises CallError: nobody may.
    :raises LibraryError: the file cannot be read.
    """
    if not (names := user_names(path)):
        raise CallError(f"{path} has no user; make one with jianbao user add NAME")
    return names


class SignIn:
    """Checks passwords for a server. A wrong name costs what a wrong password costs, and is locked
    as one: nobody learns who is there.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._failures: dict[str, list[float]] = {}
        self._lock = Lock()
        self._room = BoundedSemaphore(AT_ONCE)
        self._nobody = _hashed(secrets.token_urlsafe())

    def check(self, name: str, password: str) -> bool:
        """Whether this is the password of this user, and the name is not locked.

        :raises LibraryError: the file cannot be read.
        """
        name, password = _plain(name), _plain(password)[: MAX_PASSWORD + 1]
        users = _read(self._path)  # each time: who was removed is out at once
        if not self._may_try(name):
            return False
        with self._room:
            right = _matches(password, users.get(name, self._nobody)) and name in users
        if right:
            with self._lock:
                self._failures.pop(name, None)
        return right

    def standing(self, name: str) -> str | None:
        """What a user's sessions hang on: another text after a new password, None without the user.

        :raises LibraryError: the file cannot be read.
        """
        kept = _read(self._path).get(_plain(name))
        return None if kept is None else str(kept["salt"])

    def locked(self, name: str) -> bool:
        """Whether too many passwords of this name were wrong of late."""
        with self._lock:
            return len(self._recent(_plain(name))) >= FAILURES

    def _may_try(self, name: str) -> bool:
        """Whether the name is not locked. The attempt counts as a failure until it is known to be
        right: many that come at once get no more than one after another.
        """
        with self._lock:
            recent = self._recent(name)
            if allowed := len(recent) < FAILURES:
                recent.append(self._clock())
            self._failures.pop(name, None)  # the latest stand last
            self._failures[name] = recent
            while len(self._failures) > MAX_NAMES:
                self._failures.pop(next(iter(self._failures)))
            return allowed

    def _recent(self, name: str) -> list[float]:
        """When the name's failures were that still count; to be called with the lock."""
        since = self._clock() - LOCKED_SECONDS
        return [at for at in self._failures.get(name, ()) if at > since]


def _hashed(password: str) -> dict[str, Any]:
    salt = secrets.token_bytes(SALT_BYTES)
    return {"scrypt": COST, "salt": salt.hex(), "hash": _scrypt(password, salt, COST).hex()}


def _matches(password: str, kept: dict[str, Any]) -> bool:
    made = _scrypt(password, bytes.fromhex(kept["salt"]), kept["scrypt"])
    return hmac.compare_digest(made, bytes.fromhex(kept["hash"]))


def _scrypt(password: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, **cost, maxmem=MAX_MEMORY, dklen=HASH_BYTES)


def _plain(text: str) -> str:
    """The one form of a text that looks the same: input methods write é in two ways."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


def _read(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        users = json.loads(path.read_text("utf-8"))
        for kept in users.values():
            bytes.fromhex(kept["salt"] + kept["hash"])
        return {str(name): dict(kept) for name, kept in users.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise LibraryError(
            f"{path}: no file of users ({error}); move it away, then make one with "
            "jianbao user add NAME or take it from a backup"
        ) from error


def _write(path: Path, users: dict[str, dict[str, Any]]) -> None:
    """Whole or not at all, readable to the server's user alone."""
    aside = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(users, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
