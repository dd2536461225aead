"""Sessions outlive a restart, and a user gives another password on the page."""

import asyncio
import io
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from command import Command
from fastapi import FastAPI, Request
from web_server import own_users

from corpus.errors import LibraryError
from ui.server.accounts import FAILURES, SignIn, add_user, remove_user
from ui.server.gate import add_sign_in
from ui.server.own_paths import own_path
from ui.server.owner import USER
from ui.server.session_cookie import SESSION_COOKIE
from ui.store.audit import AUDIT, Audit
from ui.store.sessions import MAX_SESSIONS, SESSIONS, Session, Sessions, SignInWay
from ui.views.frame_view import side_foot_html

PASSWORD, OTHER = "简报 correct horse", "简报 another horse"
SENT = {"name": "li", "password": PASSWORD}
CHANGE = {"old": PASSWORD, "new": OTHER, "again": OTHER}


@pytest.fixture
def users(tmp_path: Path) -> Path:
    path = tmp_path / "users.json"
    add_user(path, "li", PASSWORD)
    return path


def office(users: Path) -> FastAPI:
    """A server over a file of users, as it is after a start."""
    app = FastAPI()
    add_sign_in(app, own_users(users), Audit(users.with_name(AUDIT)))

    @app.get("/")
    def who(request: Request) -> str:
        return str(request.scope[USER])

    return app


def visit(
    app: FastAPI,
    doing: Callable[[httpx.AsyncClient], Awaitable[None]],
    *,
    site: str = "http://office",
) -> None:
    async def all_of_it() -> None:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=site) as client:
            await doing(client)

    asyncio.run(all_of_it())


def deeds(users: Path) -> list[tuple[str, str, str]]:
    kept = Audit(users.with_name(AUDIT)).entries()
    return [(one.actor.who, one.deed, one.detail) for one in kept]


def test_a_restart_signs_nobody_out(users: Path) -> None:
    """A server that is started anew over the same data directory knows the cookie; after signing
    out none does.
    """
    kept: dict[str, str] = {}

    async def enter(client: httpx.AsyncClient) -> None:
        await client.post("/login", data=SENT)
        kept.update(client.cookies)

    async def again(client: httpx.AsyncClient) -> None:
        client.cookies.update(kept)
        assert (await client.get("/")).json() == "li"
        await client.get("/logout")

    async def gone(client: httpx.AsyncClient) -> None:
        client.cookies.update(kept)
        assert (await client.get("/")).status_code == 303

    visit(office(users), enter)
    visit(office(users), again)
    visit(office(users), gone)


def test_the_file_of_sessions_holds_no_secret(tmp_path: Path) -> None:
    """Only hashes, for the server's user alone; of a file that cannot be read the mend is told."""
    path = tmp_path / SESSIONS
    sessions = Sessions(path)
    secret = sessions.start(Session(SignInWay.OIDC, "li", "x", ("办公室",)))
    assert path.stat().st_mode & 0o077 == 0
    assert not any(secret.encode() in part.read_bytes() for part in tmp_path.iterdir())
    again = Sessions(path)
    assert again.of(secret) == again.of(secret) == Session(SignInWay.OIDC, "li", "x", ("办公室",))
    assert again.of(secret[:-1]) is None
    assert again.of("") is None
    path.write_bytes(b"no database at all" * 300)
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    with pytest.raises(LibraryError, match=r"sessions\.sqlite.*move the file away"):
        Sessions(path).of(secret)


def test_old_sessions_and_the_oldest_of_too_many_go(tmp_path: Path) -> None:
    """The file does not grow without end."""
    path = tmp_path / SESSIONS
    now = [0.0]
    sessions = Sessions(path, clock=lambda: now[0])
    sessions.start(Session(SignInWay.OWN, "li", "x"))
    now[0] = 1e6
    first = sessions.start(Session(SignInWay.OWN, "li", "x"))
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
        db.execute("INSERT INTO sessions VALUES (?, 'h', 'own', 'han', '[]', 'x', 2e6)",
                   (MAX_SESSIONS,))  # fmt: skip
    sessions.start(Session(SignInWay.OWN, "li", "x"))
    assert Sessions(path, clock=lambda: now[0]).of(first) is None


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(users: Path) -> None:
    """HttpOnly, SameSite=Lax, and Secure where the browser came by HTTPS."""

    async def enter(client: httpx.AsyncClient) -> None:
        told = (await client.post("/login", data=SENT)).headers["set-cookie"]
        assert "HttpOnly" in told
        assert "SameSite=lax" in told
        assert ("Secure" in told) is (client.base_url.scheme == "https")

    for site in ("http://office", "https://office"):
        visit(office(users), enter, site=site)


def test_who_signs_in_comes_to_what_was_wanted(users: Path) -> None:
    """The address of a bulletin is not lost at the door."""

    async def come(client: httpx.AsyncClient) -> None:
        door = await client.get("/", params={"bulletin": "2024/第1期"})
        form = await client.get(door.headers["location"])
        wanted = form.text.split('name="next" value="')[1].split('"')[0]
        done = await client.post("/login", data={**SENT, "next": wanted})
        assert done.headers["location"] == "/?bulletin=2024%2F%E7%AC%AC1%E6%9C%9F"
        foreign = {**SENT, "next": "//evil.example"}
        assert (await client.post("/login", data=foreign)).headers["location"] == "/"

    visit(office(users), come)


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "evil", "",
     "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "/logout", "/login?next=/",
     "///evil.example", "/" + "x" * 3000],
)  # fmt: skip
def test_nothing_but_an_own_path_is_led_to(wanted: str) -> None:
    """What a browser could take for another site leads to the start."""
    assert own_path(wanted) == "/"


def test_a_user_gives_another_password(users: Path) -> None:
    """The old one is asked, the own session goes on, all others end; the records tell of it."""

    async def change(client: httpx.AsyncClient) -> None:
        await client.post("/login", data=SENT)
        other = dict(client.cookies)
        client.cookies.clear()
        await client.post("/login", data=SENT)
        before = client.cookies[SESSION_COOKIE]
        assert "原密码" in (await client.get("/password")).text
        done = await client.post("/password", data=CHANGE)
        assert done.headers["location"] == "/"
        assert client.cookies[SESSION_COOKIE] != before
        assert (await client.get("/")).json() == "li"
        for old in (other[SESSION_COOKIE], before):
            client.cookies.set(SESSION_COOKIE, old, domain="office.local")
            sent = {"cookie": f"{SESSION_COOKIE}={old}"}
            client.cookies.clear()
            assert (await client.get("/", headers=sent)).status_code == 303

    visit(office(users), change)
    assert SignIn(users).check("li", OTHER)
    assert not SignIn(users).check("li", PASSWORD)
    assert deeds(users) == [("li", "signed in", "")] * 2 + [("li", "password set", "by the user")]


def test_another_password_needs_the_old_one_and_two_that_are_alike(users: Path) -> None:
    """Too many tries lock the name as at the door, and the records have the lock once."""

    async def change(client: httpx.AsyncClient) -> None:
        await client.post("/login", data=SENT)
        for wrong, status, told in (
            ({"again": OTHER + "!"}, 400, "两次输入"), ({"new": "a", "again": "a"}, 400, "应为"),
            ({"new": PASSWORD, "again": PASSWORD}, 400, "相同"),
        ):  # fmt: skip
            answer = await client.post("/password", data={**CHANGE, **wrong})
            assert (answer.status_code, told in answer.text) == (status, True)
        foreign = {"origin": "http://evil.example"}
        refused = await client.post("/password", data=CHANGE, headers=foreign)
        assert refused.status_code == 403
        for _ in range(FAILURES + 2):
            answer = await client.post("/password", data={**CHANGE, "old": "wrong word"})
            assert answer.status_code == 401
        assert (await client.post("/password", data=CHANGE)).status_code == 401

    visit(office(users), change)
    assert SignIn(users).check("li", PASSWORD)
    wrong = [("li", "password refused", "")] * (FAILURES - 1)
    assert deeds(users)[1:] == [*wrong, ("li", "sign-in locked", "")]


def test_another_password_brings_no_user_back(users: Path) -> None:
    """Who was removed meanwhile stays out, and without a session nobody is asked."""

    async def change(client: httpx.AsyncClient) -> None:
        assert (await client.post("/password", data=CHANGE)).status_code == 401
        await client.post("/login", data=SENT)
        remove_user(users, "li")
        assert (await client.post("/password", data=CHANGE)).status_code == 401

    visit(office(users), change)
    assert not SignIn(users).has_users()


def test_the_command_gives_another_password(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch, users: Path
) -> None:
    """To a user who is there alone, and who was signed in by the old one is out."""
    ways = own_users(users)
    secret = ways.start("li")
    monkeypatch.setenv("JIANBAO_AUTH", str(users))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{OTHER}\n"))
    assert jianbao("user", "passwd", "li").out == "li has another password\n"
    assert SignIn(users).check("li", OTHER)
    assert ways.who(secret) is None
    missing = jianbao("user", "passwd", "han")
    assert (missing.status, "no user 'han'" in missing.err) == (2, True)


def test_the_page_leads_to_it_where_passwords_are_kept() -> None:
    """And to the way out where users sign in."""
    assert 'href="/password"' in side_foot_html(sign_out=True, own_password=True)
    assert "/password" not in side_foot_html(sign_out=True)
    assert "<a" not in side_foot_html(sign_out=False)
