"""Who may sign in: a file of names with hashed passwords, and the check of a password."""

import json
import os
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from filelock import FileLock

from corpus.errors import CallError, LibraryError
from ui.server.passwords import hashed, matches, plain
from ui.store.roles import AccessRole

AT_ONCE = 2  # passwords hashed at the same time, for the memory that each takes
FAILURES, LOCKED_SECONDS = 5, 15 * 60  # wrong passwords, and how long a name is locked after them
MAX_NAMES = 10_000  # names whose failures are remembered; the oldest go first
MIN_PASSWORD, MAX_PASSWORD = 8, 256  # characters
_NAME = re.compile(r"[\w.@-]{1,40}")
# Of users of whom the file says none: before there were roles, all added and removed bulletins.
OLD_ROLE = AccessRole.EDITOR


def add_user(path: Path, name: str, password: str, role: AccessRole | None = None) -> None:
    """Let a user sign in, or give one another password. Without a role a user keeps the one of
    before, and a new one has OLD_ROLE.

    :raises CallError: the name or the password cannot be.
    :raises LibraryError: the file cannot be read.
    """
    name, password = plain(name), plain(password)
    if not _NAME.fullmatch(name):
        raise CallError(f"name {name!r}: use 1 to 40 letters, digits or . _ - @")
    _check_password(password)
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        users = _read(path)
        kept = role or (_role(users[name]) if name in users else OLD_ROLE)
        _write(path, {**users, name: {**hashed(password), "role": kept.value}})


def change_password(path: Path, name: str, password: str) -> None:
    """Give a user who is there another password; all sessions of the user end.

    :raises CallError: there is no such user, or the password cannot be.
    :raises LibraryError: the file cannot be read or written.
    """
    name, password = plain(name), plain(password)
    _check_password(password)
    with FileLock(f"{path}.lock"):
        users = _read(path)
        if name not in users:
            raise _no_user(path, name)
        _write(path, {**users, name: {**users[name], **hashed(password)}})


def set_role(path: Path, name: str, role: AccessRole) -> None:
    """Let a user do what a role may, from now on.

    :raises CallError: there is no such user.
    :raises LibraryError: the file cannot be read.
    """
    with FileLock(f"{path}.lock"):
        users, name = _read(path), plain(name)
        if name not in users:
            raise _no_user(path, name)
        _write(path, {**users, name: {**users[name], "role": role.value}})


def role_of(path: Path, name: str) -> AccessRole:
    """What a user may do.

    :raises CallError: there is no such user.
    :raises LibraryError: the file cannot be read.
    """
    if (kept := _read(path).get(plain(name))) is None:
        raise _no_user(path, name)
    return _role(kept)


def remove_user(path: Path, name: str) -> None:
    """Let a user sign in no more.

    :raises CallError: there is no such user.
    """
    with FileLock(f"{path}.lock"):
        users = _read(path)
        if users.pop(plain(name), None) is None:
            raise _no_user(path, name)
        _write(path, users)


def user_roles(path: Path) -> dict[str, AccessRole]:
    """Who may sign in, in order, and what each may do.

    :raises LibraryError: the file cannot be read.
    """
    return {name: _role(kept) for name, kept in sorted(_read(path).items())}


def user_names(path: Path) -> list[str]:
    """Who may sign in, in order.

    :raises LibraryError: the file cannot be read.
    """
    return list(user_roles(path))


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
        self._nobody = hashed(secrets.token_urlsafe())

    def check(self, name: str, password: str) -> bool:
        """Whether this is the password of this user, and the name is not locked.

        :raises LibraryError: the file cannot be read.
        """
        name, password = plain(name), plain(password)[: MAX_PASSWORD + 1]
        users = _read(self._path)  # each time: who was removed is out at once
        if not self._may_try(name):
            return False
        with self._room:
            right = matches(password, users.get(name, self._nobody)) and name in users
        if right:
            with self._lock:
                self._failures.pop(name, None)
        return right

    def change(self, name: str, password: str) -> None:
        """Give a user another password.

        :raises CallError: there is no such user, or the password cannot be.
        :raises LibraryError: the file cannot be read or written.
        """
        change_password(self._path, name, password)

    def has_users(self) -> bool:
        """Whether anybody has a password here.

        :raises LibraryError: the file cannot be read.
        """
        return bool(_read(self._path))

    def standing(self, name: str) -> str | None:
        """What a user's sessions hang on: another text after a new password, None without the user.

        :raises LibraryError: the file cannot be read.
        """
        kept = _read(self._path).get(plain(name))
        return None if kept is None else str(kept["salt"])

    def role(self, name: str) -> AccessRole | None:
        """What a user may do, None without the user.

        :raises LibraryError: the file cannot be read.
        """
        kept = _read(self._path).get(plain(name))
        return None if kept is None else _role(kept)

    def locked(self, name: str) -> bool:
        """Whether too many passwords of this name were wrong of late."""
        with self._lock:
            return len(self._recent(plain(name))) >= FAILURES

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


def _read(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        return {}
    try:
        users = json.loads(path.read_text("utf-8"))
        for kept in users.values():
            bytes.fromhex(kept["salt"] + kept["hash"])
            _role(kept)
        return {str(name): dict(kept) for name, kept in users.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise LibraryError(
            f"{path}: no file of users ({error}); move it away, then make one with "
            "jianbao user add NAME or take it from a backup"
        ) from error


def _check_password(password: str) -> None:
    """:raises CallError: it is too short or too long."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise CallError(
            f"密码为{len(password)}个字符，应为{MIN_PASSWORD}至{MAX_PASSWORD}个。the password has "
            f"{len(password)} characters; use {MIN_PASSWORD} to {MAX_PASSWORD}"
        )


def _role(kept: dict[str, Any]) -> AccessRole:
    return AccessRole(kept.get("role", OLD_ROLE))


def _no_user(path: Path, name: str) -> CallError:
    return CallError(f"no user {name!r} in {path}; jianbao user list shows them")


def _write(path: Path, users: dict[str, dict[str, Any]]) -> None:
    """Whole or not at all, readable to the server's user alone."""
    aside = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(users, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise LibraryError(
            f"{path}: cannot be written ({error.strerror}); make its folder writable to the "
            "server's user (用户文件无法写入)"
        ) from error
