"""Keys of programs: shown once, kept as hashes, for a time, revoked at once."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import Command

from corpus.errors import CallError, LibraryError
from ui.store.api_keys import KEYS, ApiKeys, KeyStanding
from ui.store.roles import AccessRole


class Calendar:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def keys(tmp_path: Path, calendar: Calendar) -> ApiKeys:
    return ApiKeys(tmp_path / KEYS, calendar)


def test_a_key_that_was_given_out_is_good(keys: ApiKeys) -> None:
    """It is known by name and role, also to another process that reads the same file."""
    secret = keys.add("dify", AccessRole.EDITOR)
    standing, key = ApiKeys(keys.path, lambda: datetime(2026, 1, 2, tzinfo=UTC)).check(secret)
    assert standing is KeyStanding.GOOD
    assert key is not None
    assert (key.name, key.role) == ("dify", AccessRole.EDITOR)


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: key.replace("jb-", "jb-0", 1),
        lambda key: key[:16] + "A" * 43,
        lambda key: key + "A",
        lambda key: key[:-1],
        lambda key: "sk-" + key,
        lambda key: "",
        lambda key: "' OR 1=1 --",
        lambda key: "密钥",
    ],
)
def test_what_is_no_key_is_unknown(keys: ApiKeys, change: object) -> None:
    """Whatever differs from it in one character, also where id or secret alone are right."""
    secret = keys.add("dify")
    assert callable(change)
    assert keys.check(change(secret)) == (KeyStanding.UNKNOWN, None)


def test_before_any_was_made_no_file_is(keys: ApiKeys) -> None:
    """A check makes none, and lists none."""
    assert keys.check("jb-" + "0" * 12 + "-" + "A" * 43) == (KeyStanding.UNKNOWN, None)
    assert keys.listed() == []
    assert not keys.path.exists()


def test_a_key_expires(keys: ApiKeys, calendar: Calendar) -> None:
    """After its days, to the minute; another one of its name may then be made."""
    secret = keys.add("dify", days=30)
    calendar.now += timedelta(days=30, minutes=-1)
    assert keys.check(secret)[0] is KeyStanding.GOOD
    calendar.now += timedelta(minutes=1)
    assert keys.check(secret)[0] is KeyStanding.EXPIRED
    assert keys.check(keys.add("dify"))[0] is KeyStanding.GOOD
    assert keys.check(secret)[0] is KeyStanding.EXPIRED


def test_a_key_is_revoked_at_once(keys: ApiKeys) -> None:
    """And stays in the list; others are as they were."""
    secret, other = keys.add("dify"), keys.add("webui")
    keys.revoke("dify")
    assert keys.check(secret)[0] is KeyStanding.REVOKED
    assert keys.check(other)[0] is KeyStanding.GOOD
    assert [key.name for key in keys.listed()] == ["dify", "webui"]
    with pytest.raises(CallError, match="no key 'dify' is good"):
        keys.revoke("dify")


def test_the_file_holds_no_secret(keys: ApiKeys) -> None:
    """Neither a part of it, and only the server's user reads the file."""
    secret = keys.add("dify")
    kept = keys.path.read_bytes() + keys.path.with_name(f"{KEYS}-wal").read_bytes() \
        if keys.path.with_name(f"{KEYS}-wal").exists() else keys.path.read_bytes()  # fmt: skip
    assert secret.rsplit("-", 1)[1].encode() not in kept
    assert secret[16:].encode() not in kept
    assert b"dify" in kept
    assert keys.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("name", "days"), [("a b", 90), ("", 90), ("a", 0), ("a", 3651)])
def test_a_name_or_days_that_cannot_be_are_refused(keys: ApiKeys, name: str, days: int) -> None:
    """With the bound in the message."""
    with pytest.raises(CallError, match="1 to"):
        keys.add(name, days=days)


def test_a_name_stands_for_one_good_key(keys: ApiKeys) -> None:
    """Whoever reads the log knows which key it was."""
    keys.add("dify")
    with pytest.raises(CallError, match="jianbao key revoke dify"):
        keys.add("dify")


def test_a_damaged_file_is_named(keys: ApiKeys) -> None:
    """Nobody gets in by a file that cannot be read."""
    secret = keys.add("dify")
    keys.path.write_bytes(b"no database, but long enough to be looked at" * 100)
    with pytest.raises(LibraryError, match=re.escape(str(keys.path))):
        keys.check(secret)


def test_roles_stand_in_an_order() -> None:
    """An admin may do what an editor may, and an editor what a reader may."""
    allowed = {
        (own.value, needed.value) for own in AccessRole for needed in AccessRole if own.may(needed)
    }
    assert allowed == {
        ("reader", "reader"), ("editor", "reader"), ("editor", "editor"), ("admin", "reader"),
        ("admin", "editor"), ("admin", "admin"),
    }  # fmt: skip


def test_the_command_makes_lists_and_revokes(jianbao: Command, home: Path) -> None:
    """The key is all that standard output gets, so that a script can take it from there."""
    made = jianbao("key", "add", "dify", "--role", "editor", "--days", "7")
    assert made.status == 0
    secret = made.out.strip()
    assert ApiKeys(home / KEYS).check(secret)[0] is KeyStanding.GOOD
    listed = json.loads(jianbao("key", "list", "--json").out)
    assert (listed["name"], listed["role"], listed["standing"]) == ("dify", "editor", "good")
    assert secret not in jianbao("key", "list").out
    assert jianbao("key", "revoke", "dify").status == 0
    assert ApiKeys(home / KEYS).check(secret)[0] is KeyStanding.REVOKED
    assert "revoked" in jianbao("key", "list").out
    assert jianbao("key", "add", "x", "--role", "king").status == 2
