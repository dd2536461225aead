"""Users whom a proxy names in a header: believed of the proxy, refused of anybody else."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from web_server import served

from corpus.errors import CallError
from rag.settings import read_settings
from ui.server.bearer import Bearer
from ui.server.gate import add_sign_in
from ui.server.monitor import from_loopback
from ui.server.owner import PROXIED, ROLE, USER
from ui.server.proxied import ProxyPeer
from ui.server.role_rules import RoleRules, role_rules
from ui.server.sign_in_ways import SignInWays, ways_of
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.audit import AUDIT, Audit
from ui.store.roles import AccessRole

USER_HEADER, GROUPS_HEADER = "X-Forwarded-User", "X-Forwarded-Groups"
PROXY, STRANGER, NOBODY = "10.1.2.3", "10.9.9.9", {}
LI = {USER_HEADER: "li"}
RULES = "group:办公室=editor, group:信息中心=admin, user:guest=reader"


def office(home: Path, **given: str) -> FastAPI:
    """A server behind a proxy, that tells who is in."""
    known = ways_of(read_settings({
        "JIANBAO_HOME": str(home), "JIANBAO_PROXY_HEADER": USER_HEADER,
        "JIANBAO_PROXY_GROUPS": GROUPS_HEADER, "JIANBAO_PROXY_FROM": "10.1.2.0/24,::1", **given,
    }))  # fmt: skip
    assert known is not None
    assert known.proxy is not None
    app, audit = FastAPI(), Audit(home / AUDIT)
    add_sign_in(app, known, audit)
    app.add_middleware(Bearer, keys=ApiKeys(home / KEYS), audit=audit, needed=True)
    app.add_middleware(ProxyPeer, proxy=known.proxy)

    @app.get("/")
    @app.get("/v1/models")
    @app.get("/metrics")
    def who(request: Request) -> dict[str, Any]:
        scope = request.scope
        own = from_loopback(scope) and PROXIED not in scope
        return {"user": scope.get(USER), "role": scope.get(ROLE), "from": scope["client"][0],
                "scheme": scope["scheme"], "own machine": own}  # fmt: skip

    return app


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., httpx.Response]:
    """Sends a request from an address with headers, to a server that goes on."""
    app = office(tmp_path, JIANBAO_ROLES=f"{RULES}, *=reader")
    return asking(app)


def asking(app: FastAPI) -> Callable[..., httpx.Response]:
    def ask(peer: str, headers: Any, path: str = "/") -> httpx.Response:
        async def one() -> httpx.Response:
            transport = httpx.ASGITransport(app=app, client=(peer, 4711))
            async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(one())

    return ask


def deeds(home: Path) -> list[tuple[str, str, str, str]]:
    kept = Audit(home / AUDIT).entries()
    return [(one.actor.who, one.actor.origin, one.deed, one.detail) for one in kept]


def test_whom_the_proxy_names_is_in(ask: Callable[..., httpx.Response], tmp_path: Path) -> None:
    """By a name that no user of the file can have, with the role of the groups; the records have
    the sign-in once and the address that the proxy tells.
    """
    sent = {**LI, GROUPS_HEADER: "大家, 办公室".encode(), "X-Forwarded-For": "192.0.2.7",
            "X-Forwarded-Proto": "https"}  # fmt: skip
    for _ in range(2):
        told = ask(PROXY, sent).json()
    assert told == {"user": "proxy:li", "role": "editor", "from": "192.0.2.7", "scheme": "https",
                    "own machine": False}  # fmt: skip
    assert deeds(tmp_path) == [("proxy:li", "192.0.2.7", "signed in", USER_HEADER)]


@pytest.mark.parametrize("header", [LI, {GROUPS_HEADER: "信息中心"}, {USER_HEADER: ""},
                                    {**LI, "X-Forwarded-For": PROXY}])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/login", "/health", "/v1/models", "/metrics"])
def test_the_header_of_anybody_else_is_refused(
    ask: Callable[..., httpx.Response], tmp_path: Path, caplog: pytest.LogCaptureFixture,
    header: dict[str, str], path: str,
) -> None:  # fmt: skip
    """At every address, whatever else the request says; log and records have where it came from."""
    sent = [(name, value.encode()) for name, value in header.items()]
    told = ask(STRANGER, sent, path)
    assert told.status_code == 403
    assert "JIANBAO_PROXY_FROM" in told.text
    assert deeds(tmp_path) == [("", STRANGER, "sign-in failed", "header of no proxy")]
    (line,) = [one for one in caplog.records if one.name == "jianbao.proxy"]
    assert vars(line)["address"] == STRANGER


def test_without_the_header_nobody_is_in(ask: Callable[..., httpx.Response]) -> None:
    """Neither from elsewhere nor from the proxy: it may let some through to the door."""
    for peer in (PROXY, STRANGER):
        assert ask(peer, NOBODY).headers["location"] == "/login"
        assert "从单位的入口" in ask(peer, NOBODY, "/login").text
        assert ask(peer, NOBODY, "/v1/models").status_code == 401
    assert ask(PROXY, {USER_HEADER: " "}).headers["location"] == "/login"


@pytest.mark.parametrize(
    "names",
    [["li", "boss"], ["li,boss"], ["li:admin"], ["x" * 101], ["\xe9"], ["key:dify"], ["li\tboss"]],
)
def test_a_name_that_cannot_be_is_refused(
    ask: Callable[..., httpx.Response], names: list[str]
) -> None:
    """Two names above all: one may be the browser's own, which the proxy did not take away."""
    told = ask(PROXY, [(USER_HEADER, name.encode("latin-1")) for name in names])
    assert told.status_code == 403
    assert "JIANBAO" in told.text or "one name" in told.text


def test_groups_that_stand_twice_are_none(ask: Callable[..., httpx.Response]) -> None:
    """One of the two may be the browser's own."""
    sent = [(USER_HEADER, "li"), (GROUPS_HEADER, "a"), (GROUPS_HEADER, "信息中心".encode())]
    assert ask(PROXY, sent).json()["role"] == "reader"


def test_who_has_no_role_is_told(tmp_path: Path) -> None:
    """Where the rules have none for everybody else."""
    ask = asking(office(tmp_path, JIANBAO_ROLES=RULES))
    told = ask(PROXY, LI)
    assert told.status_code == 403
    assert "没有使用权限" in told.text
    assert deeds(tmp_path) == [("proxy:li", PROXY, "sign-in failed", "no role")]
    assert ask(PROXY, {USER_HEADER: "guest"}).json()["role"] == "reader"


def test_a_key_goes_before_the_header(ask: Callable[..., httpx.Response], tmp_path: Path) -> None:
    """A program that comes through the proxy is the program, with its own role."""
    key = ApiKeys(tmp_path / KEYS).add("dify", AccessRole.READER)
    sent = {"Authorization": f"Bearer {key}", **LI, GROUPS_HEADER: "a"}
    assert ask(PROXY, sent, "/v1/models").json()["user"] == "key:dify"
    assert ask(STRANGER, sent, "/v1/models").status_code == 403


def test_who_comes_by_the_proxy_is_no_program_of_this_machine(tmp_path: Path) -> None:
    """A proxy on the same machine that tells of no client must not open the metrics to all."""
    ask = asking(office(tmp_path, JIANBAO_PROXY_FROM=""))
    assert ask("127.0.0.1", LI, "/metrics").json()["own machine"] is False
    assert ask("127.0.0.1", NOBODY, "/metrics").json()["own machine"] is True


def test_the_proxy_stands_on_this_machine_unless_it_is_said(tmp_path: Path) -> None:
    """Over real HTTP: its word for the client's address does not hide who connects."""
    app = office(tmp_path, JIANBAO_PROXY_FROM="")
    with served(app, proxy_headers=False) as url:
        sent = {**LI, "X-Forwarded-For": "192.0.2.7"}
        told = httpx.get(url, headers=sent, trust_env=False, verify=False, timeout=60).json()
    assert (told["user"], told["from"]) == ("proxy:li", "192.0.2.7")
    assert asking(app)("::ffff:127.0.0.1", LI).json()["user"] == "proxy:li"
    assert asking(app)("10.1.2.3", LI).status_code == 403
    assert asking(app)("/run/socket", LI).status_code == 403


def test_headers_without_end_do_not_fill_the_records(
    ask: Callable[..., httpx.Response], tmp_path: Path
) -> None:
    """One address makes a few of them a minute; the log has all."""
    for _ in range(12):
        ask(STRANGER, LI)
    assert 1 <= len(deeds(tmp_path)) < 6


def test_rules_tell_roles() -> None:
    """By name before group, the highest group, then everybody."""
    rules = role_rules("user:li=reader, group:a=editor,group:b=admin , *=editor")
    assert rules.role("li", ["b"]) is AccessRole.READER
    assert rules.role("han", ["a", "b"]) is AccessRole.ADMIN
    assert rules.role("han", []) is AccessRole.EDITOR
    assert role_rules("user:li=admin").role("han", ["a"]) is None
    assert role_rules(None) == RoleRules()
    assert role_rules(None).role("han", ["a"]) is AccessRole.READER


@pytest.mark.parametrize(
    "text",
    ["li=admin", "group:a=boss", "group:=editor", "user:a", "*a=reader", "", "*=reader,*=admin",
     "group:a=editor; *=reader", "user:a=reader,user:a=admin", "=admin"],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_named(text: str) -> None:
    """No slip of the pen gives a role, or takes one, unseen."""
    with pytest.raises(CallError, match="JIANBAO_ROLES"):
        role_rules(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PROXY_HEADER", "X User"), ("PROXY_FROM", "10.0.0.0/33"), ("PROXY_FROM", "10.0.0.1/8"),
     ("PROXY_FROM", "proxy.example"), ("PROXY_FROM", "*"), ("PROXY_GROUPS", "a:b")],
)  # fmt: skip
def test_a_proxy_that_cannot_be_is_named(name: str, value: str) -> None:
    """A header's name, addresses and networks; all addresses at once are no proxy."""
    given = {"JIANBAO_PROXY_HEADER": USER_HEADER, f"JIANBAO_{name}": value}
    with pytest.raises(CallError, match=f"JIANBAO_{name}"):
        read_settings(given)
    with pytest.raises(CallError, match="JIANBAO_PROXY_HEADER is not"):
        read_settings({"JIANBAO_PROXY_FROM": "10.0.0.1"})
    with pytest.raises(CallError, match="JIANBAO_ROLES"):
        ways_of(read_settings({"JIANBAO_ROLES": "*=reader"}))


def test_a_file_of_users_may_stand_beside(tmp_path: Path) -> None:
    """Also one that nobody is in: the image sets it. Alone it is refused."""
    given = {"JIANBAO_HOME": str(tmp_path), "JIANBAO_AUTH": str(tmp_path / "users.json")}
    with pytest.raises(CallError, match="has no user"):
        ways_of(read_settings(given))
    known = ways_of(read_settings({**given, "JIANBAO_PROXY_HEADER": USER_HEADER}))
    assert isinstance(known, SignInWays)
    assert known.own is not None
