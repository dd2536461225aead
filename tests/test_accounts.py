"""Sign-in: hashed passwords, no word on who is there, a lock after five failures."""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import Command
from fastapi import FastAPI, Request
from web_server import own_users

from corpus.errors import CallError, LibraryError
from ui.server.accounts import FAILURES, LOCKED_SECONDS, SignIn, add_user, remove_user, user_names
from ui.server.gate import add_sign_in
from ui.server.owner import USER
from ui.server.session_cookie import SESSION_COOKIE
from ui.server.sign_in_ways import SignInWays
from ui.store.sessions import SESSION_SECONDS, SESSIONS, Sessions

PASSWORD = "简报 correct horse"


@pytest.fixture
def users(tmp_path: Path) -> Path:
    """A file with one user."""
    path = tmp_path / "users.json"
    add_user(path, "李雷", PASSWORD)
    return path


def user_of(ways: SignInWays, secret: str) -> str | None:
    """Whose secret this is."""
    one = ways.who(secret)
    return one.user if one else None


def test_only_the_password_opens(users: Path) -> None:
    """Another password, another name and none are wrong; who was removed is out at once."""
    sign_in = SignIn(users)
    assert sign_in.check("李雷", PASSWORD)
    assert not sign_in.check("李雷", PASSWORD + "!")
    assert not sign_in.check("韩梅梅", PASSWORD)
    assert not sign_in.check("李雷", "")
    remove_user(users, "李雷")
    assert not sign_in.check("李雷", PASSWORD)


def test_the_file_holds_no_password(users: Path) -> None:
    """Only scrypt's hash and its salt, readable to the server's user alone; salts differ."""
    text = users.read_text("utf-8")
    assert "correct" not in text
    assert '"n": 131072' in text
    assert users.stat().st_mode & 0o077 == 0
    add_user(users, "李雷", PASSWORD)
    assert users.read_text("utf-8") != text
    assert user_names(users) == ["李雷"]


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a b", PASSWORD), ("a", "short")])
def test_a_name_or_password_that_cannot_be_is_refused(
    users: Path, name: str, password: str
) -> None:
    """Blanks in names and passwords under eight characters."""
    with pytest.raises(CallError):
        add_user(users, name, password)


@pytest.mark.parametrize("name", ["李雷", "nobody"])
def test_five_failures_lock_a_name_for_a_quarter_of_an_hour(users: Path, name: str) -> None:
    """Also one that is not there: the lock does not tell who is."""
    now = [0.0]
    sign_in = SignIn(users, clock=lambda: now[0])
    for _ in range(FAILURES):
        assert not sign_in.check(name, "wrong password")
    assert not sign_in.check(name, PASSWORD)
    now[0] = LOCKED_SECONDS + 1
    assert sign_in.check(name, PASSWORD) is (name == "李雷")


def test_a_broken_file_is_named(users: Path) -> None:
    """Nobody gets in by a file that cannot be read."""
    users.write_text("[", "utf-8")
    with pytest.raises(LibraryError, match="no file of users"):
        SignIn(users).check("李雷", PASSWORD)


def test_a_session_ends(users: Path) -> None:
    """By signing out, and after a working day."""
    now = [0.0]
    sessions = Sessions(users.with_name(SESSIONS), clock=lambda: now[0])
    ways = SignInWays(sessions, SignIn(users))
    add_user(users, "a", PASSWORD)
    add_user(users, "b", PASSWORD)
    first, second = ways.start("a"), ways.start("b")
    assert user_of(ways, first) == "a"
    sessions.end(first)
    assert user_of(ways, first) is None
    now[0] = SESSION_SECONDS + 1
    assert user_of(ways, second) is None


def test_a_session_does_not_outlive_its_user_or_password(users: Path) -> None:
    """Who is removed is out at once, and so is a thief once the password is another."""
    ways = own_users(users)
    stolen = ways.start("李雷")
    assert user_of(ways, stolen) == "李雷"
    add_user(users, "李雷", PASSWORD + "!")
    assert user_of(ways, stolen) is None
    mine = ways.start("李雷")
    remove_user(users, "李雷")
    assert user_of(ways, mine) is None
    add_user(users, "李雷", PASSWORD)
    assert user_of(ways, mine) is None


def test_guesses_that_come_at_once_are_counted_one_by_one(
    users: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty at the same time cost five hashes, and then the name is locked."""
    hashed: list[bytes] = []
    scrypt = hashlib.scrypt

    def counted(password: bytes, **cost: Any) -> bytes:
        hashed.append(password)
        return scrypt(password, **cost)

    sign_in = SignIn(users)
    monkeypatch.setattr(hashlib, "scrypt", counted)
    with ThreadPoolExecutor(20) as pool:
        assert not any(pool.map(lambda n: sign_in.check("李雷", f"guess {n}"), range(20)))
    assert len(hashed) == FAILURES
    assert not sign_in.check("李雷", PASSWORD)


def test_a_name_that_is_not_there_costs_the_same_work(
    users: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hash of the same cost for any name: the time of an answer tells nobody who is there."""
    costs: list[tuple[int, int, int]] = []
    scrypt = hashlib.scrypt

    def counted(password: bytes, **cost: Any) -> bytes:
        costs.append((cost["n"], cost["r"], cost["p"]))
        return scrypt(password, **cost)

    sign_in = SignIn(users)
    monkeypatch.setattr(hashlib, "scrypt", counted)
    for name in ("李雷", "nobody", "", "x" * 10_000, "李雷\0", "\ud800"):
        costs.clear()
        assert not sign_in.check(name, "wrong password")
        assert costs == [(2**17, 8, 1)]


def test_nothing_is_served_without_a_session(users: Path) -> None:
    """The page leads to the form, everything else says 401; a form of another site is refused."""
    app = FastAPI()
    add_sign_in(app, own_users(users))

    @app.get("/")
    def who(request: Request) -> str:
        return str(request.scope[USER])

    @app.get("/export/x.txt")
    def secret() -> str:
        return "secret"

    async def visit() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
            assert (await client.get("/")).headers["location"] == "/login"
            assert (await client.get("/export/x.txt")).status_code == 401
            assert "登录" in (await client.get("/login")).text
            sent = {"name": "李雷", "password": PASSWORD}
            foreign = {"origin": "http://evil.example"}
            assert (await client.post("/login", data=sent, headers=foreign)).status_code == 403
            wrong = [
                (await client.post("/login", data={"name": name, "password": "wrong word"})).text
                for name in ("李雷", "nobody")
            ]
            assert wrong[0] == wrong[1]
            done = await client.post("/login", data=sent)
            assert done.headers["location"] == "/"
            assert "HttpOnly" in done.headers["set-cookie"]
            assert (await client.get("/")).text == '"李雷"'
            assert (await client.get("/export/x.txt")).status_code == 200
            cookie = client.cookies[SESSION_COOKIE]
            await client.get("/logout")
            client.cookies.set(SESSION_COOKIE, cookie)
            assert (await client.get("/export/x.txt")).status_code == 401

    asyncio.run(visit())


def test_the_command_adds_lists_and_removes(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The password is read from standard input where that is no terminal."""
    import io

    path = tmp_path / "users.json"
    monkeypatch.setenv("JIANBAO_AUTH", str(path))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert jianbao("user", "add", "li").status == 0
    assert jianbao("user", "list").out == "li\n"
    assert SignIn(path).check("li", PASSWORD)
    assert jianbao("user", "remove", "li").status == 0
    missing = jianbao("user", "remove", "li")
    assert missing.status == 2
    assert "no user 'li'" in missing.err


def test_to_serve_with_sign_in_and_nobody_is_refused(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A server that lets nobody in is a mistake, and says how to mend it."""
    monkeypatch.setenv("JIANBAO_AUTH", str(tmp_path / "none.json"))
    done = jianbao("serve")
    assert done.status == 2
    assert "jianbao user add" in done.err
