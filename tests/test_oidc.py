"""Sign-in at the office's provider of identities: by a real one on loopback, honest or not."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request
from oidc_server import CLIENT, SECRET, Lies, OidcServer, oidc_server
from web_server import served

from corpus.errors import CallError
from rag.settings import read_settings
from ui.server.accounts import SignIn, add_user
from ui.server.gate import add_sign_in
from ui.server.id_token import LEEWAY_SECONDS
from ui.server.oidc_doors import ATTEMPT_COOKIE, MAX_TOKEN, TOKEN_COOKIE
from ui.server.oidc_provider import OidcClient, OidcProvider
from ui.server.owner import ROLE, USER
from ui.server.rights import LOGIN, LOGOUT, OIDC_DONE, OIDC_START
from ui.server.role_rules import role_rules
from ui.server.session_cookie import SESSION_COOKIE
from ui.server.sign_in_ways import SignInWays, ways_of
from ui.store.audit import AUDIT, Audit
from ui.store.sessions import SESSIONS, Sessions

PASSWORD = "简报 correct horse"
LI = {"sub": "0001", "preferred_username": "li", "groups": ["办公室"]}
RULES = role_rules("group:办公室=editor, user:boss=admin, *=reader")


@pytest.fixture(scope="module")
def running() -> Iterator[OidcServer]:
    with oidc_server() as known:
        yield known


@pytest.fixture
def provider(running: OidcServer) -> OidcServer:
    """The provider, honest, with the user li before the browser."""
    running.user, running.userinfo, running.lies = dict(LI), {}, Lies()
    running.skew, running.denied, running.basic = 0.0, False, True
    running.farewells, running.out = True, False
    running.seen.clear()
    return running


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of users with another li."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    add_user(path, "li", PASSWORD)
    return path


def ways(home: Path, provider: OidcServer, users: Path | None = None, **client: str) -> SignInWays:
    known = replace(OidcClient(provider.url, CLIENT, SECRET), **client)  # type: ignore[arg-type]
    own = SignIn(users) if users else None
    return SignInWays(Sessions(home / SESSIONS), own, OidcProvider(known), rules=RULES)


def office(home: Path, known: SignInWays) -> FastAPI:
    """A server that tells who is in, and whose records lie in `home`."""
    app = FastAPI()
    add_sign_in(app, known, Audit(home / AUDIT))

    @app.get("/")
    def who(request: Request) -> str:
        return f"{request.scope[USER]} {request.scope[ROLE]} {request.url.query}"

    return app


@pytest.fixture
def address(tmp_path: Path, provider: OidcServer, users: Path) -> Iterator[str]:
    with served(office(tmp_path, ways(tmp_path, provider, users))) as url:
        provider.allowed, provider.allowed_out = {f"{url}{OIDC_DONE}"}, {f"{url}{LOGIN}"}
        yield url


def browser(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, trust_env=False, timeout=60, follow_redirects=True,
                        verify=False,  # all is on loopback: no certificates are read
                        limits=httpx.Limits(max_keepalive_connections=0))  # fmt: skip


def deeds(home: Path) -> list[tuple[str, str, str]]:
    return [(one.actor.who, one.deed, one.detail) for one in Audit(home / AUDIT).entries()]


def test_who_signs_in_at_the_provider_is_in(address: str, tmp_path: Path) -> None:
    """With the role of the group, under a name that no user of the file can have, on to what was
    wanted; the records tell of it.
    """
    one = browser(address)
    door = one.get("/", params={"bulletin": "2024/第1期"})
    assert "用单位账号登录" in door.text
    link = door.text.split('class="way" href="')[1].split('"')[0].replace("&amp;", "&")
    inside = one.get(link)
    assert inside.json() == "oidc:li editor bulletin=2024%2F%E7%AC%AC1%E6%9C%9F"
    assert deeds(tmp_path) == [("oidc:li", "signed in", "oidc")]


def test_the_request_has_state_nonce_and_pkce(address: str, provider: OidcServer) -> None:
    """Each is a fresh secret each time, and the verifier stays in this browser and server."""
    for _ in range(2):
        browser(address).get(OIDC_START)
    first, second = provider.seen
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert (first["response_type"], first["scope"]) == ("code", "openid profile email")
    assert "code_verifier" not in first


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(address: str) -> None:
    """HttpOnly and SameSite=Lax, and Secure where the browser came by HTTPS."""
    one = browser(address)
    for proto, secure in (("http", False), ("https", True)):
        told = one.get(OIDC_START, headers={"X-Forwarded-Proto": proto}, follow_redirects=False)
        cookie = told.headers["set-cookie"]
        assert cookie.startswith(f"{ATTEMPT_COOKIE}=")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("Secure" in cookie) is secure
        back = parse_qs(urlsplit(told.headers["location"]).query)["redirect_uri"][0]
        assert urlsplit(back).scheme == proto
    done = one.get(OIDC_START, follow_redirects=False)
    done = one.get(done.headers["location"], follow_redirects=False)
    done = one.get(done.headers["location"], follow_redirects=False)
    session = next(c for c in done.headers.get_list("set-cookie") if SESSION_COOKIE in c)
    assert "HttpOnly" in session
    assert "SameSite=lax" in session


def returned(one: httpx.Client) -> str:
    """The address by which the provider sends a browser back."""
    told = one.get(OIDC_START, follow_redirects=False)
    return str(one.get(told.headers["location"], follow_redirects=False).headers["location"])


def test_an_answer_is_good_for_the_browser_that_asked(address: str, tmp_path: Path) -> None:
    """Another browser, another state and none get nothing, and neither does a code a second time:
    nobody is signed in as somebody else by a link.
    """
    one, other = browser(address), browser(address)
    back = returned(one)
    assert other.get(back).status_code == 401
    returned(other)  # which has begun one of its own
    assert other.get(back).status_code == 401
    begun = dict(one.cookies)
    assert one.get(back).json().startswith("oidc:li")
    again = browser(address)
    again.cookies.set(ATTEMPT_COOKIE, begun[ATTEMPT_COOKIE])
    refused = again.get(back)
    assert refused.status_code == 401
    assert "invalid_grant" in refused.text
    assert again.get("/").url.path == "/login"
    kinds = {deed for _, deed, _ in deeds(tmp_path)}
    assert kinds == {"sign-in failed", "signed in"}


@pytest.mark.parametrize("kept", ["", "x", "bnVsbA==", "W10=", "WzEsMiwzLDRd", "é"])
def test_an_attempt_that_is_none_gets_nothing(address: str, kept: str) -> None:
    """A cookie that was cut or made up ends in a sentence."""
    headers = {"cookie": f"{ATTEMPT_COOKIE}={kept}".encode("latin-1")}
    told = httpx.get(
        f"{address}{OIDC_DONE}?code=a&state=b", headers=headers, trust_env=False, verify=False
    )  # type: ignore[arg-type]
    assert told.status_code == 401
    assert "重新登录" in told.text


@pytest.mark.parametrize(
    "lies",
    [
        Lies({"nonce": "another"}), Lies({"nonce": None}), Lies({"aud": "another"}),
        Lies({"aud": None}), Lies({"aud": ["another", CLIENT], "azp": "another"}),
        Lies({"iss": "http://evil.example"}), Lies({"sub": None}), Lies({"exp": None}),
        Lies({"exp": 1}), Lies({"at_hash": "AAAA"}), Lies(signature="none"),
        Lies(signature="HS256"), Lies(other_key=True),
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_for_us_lets_nobody_in(
    address: str, provider: OidcServer, lies: Lies, tmp_path: Path
) -> None:
    """Of another question, client or provider, too old, not signed by its key."""
    provider.lies = lies
    one = browser(address)
    told = one.get(OIDC_START)
    assert told.status_code == 401
    assert "登录未完成" in told.text
    assert SESSION_COOKIE not in one.cookies
    ((who, deed, _),) = deeds(tmp_path)
    assert (who, deed) == ("", "sign-in failed")


@pytest.mark.parametrize(
    ("skew", "good"),
    [
        (LEEWAY_SECONDS - 30, True),
        (30 - LEEWAY_SECONDS, True),
        (LEEWAY_SECONDS + 60, False),
        (-400, False),
    ],
)
def test_clocks_may_differ_a_little(
    address: str, provider: OidcServer, skew: float, good: bool
) -> None:
    """Two minutes either way, beside the minute for which this provider's tokens are good."""
    provider.skew = skew
    assert (browser(address).get(OIDC_START).status_code == 200) is good


def test_a_new_key_of_the_provider_is_known_at_once(address: str, provider: OidcServer) -> None:
    """Keys are turned without a word to anybody."""
    assert browser(address).get(OIDC_START).status_code == 200
    provider.turn_key()
    assert browser(address).get(OIDC_START).status_code == 200


def test_who_is_turned_away_there_is_told(address: str, provider: OidcServer) -> None:
    """The provider's reason stands in the sentence."""
    provider.denied = True
    told = browser(address).get(OIDC_START)
    assert told.status_code == 401
    assert "access_denied" in told.text


@pytest.mark.parametrize(
    "answers",
    [
        {"/.well-known/openid-configuration": (503, "down")},
        {"/.well-known/openid-configuration": (200, "<html>")},
        {"/.well-known/openid-configuration": (200, [])},
        {"/.well-known/openid-configuration": (200, {"issuer": "https://evil.example"})},
        {"/keys": (500, "down")}, {"/token": (200, "<html>")},
    ],
    ids=str,
)  # fmt: skip
def test_a_provider_that_fails_is_told_in_a_sentence(
    address: str, provider: OidcServer, answers: dict[str, tuple[int, object]]
) -> None:
    """With its address and the mend; users with a password here sign in meanwhile."""
    provider.lies = Lies(answers=answers)
    one = browser(address)
    told = one.get(OIDC_START)
    assert told.status_code == 502
    assert "单位的登录服务没有应答" in told.text
    assert "JIANBAO_OIDC_ISSUER" in told.text
    inside = one.post("/login", data={"name": "li", "password": PASSWORD})
    assert inside.json().startswith("li editor")


def test_a_provider_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Nothing listens at its address."""
    with oidc_server() as gone:
        known = ways(tmp_path, gone)
    with served(office(tmp_path, known)) as url:
        told = browser(url).get(OIDC_START)
    assert told.status_code == 502
    assert "JIANBAO_OIDC_ISSUER" in told.text


def test_a_provider_may_lead_to_no_open_address(address: str, provider: OidcServer) -> None:
    """An end that others could listen to is not used, whatever the document says."""
    told = json.loads(
        httpx.get(f"{provider.url}/.well-known/openid-configuration", verify=False).text
    )
    told["token_endpoint"] = "http://elsewhere.example/token"
    provider.lies = Lies(answers={"/.well-known/openid-configuration": (200, told)})
    assert browser(address).get(OIDC_START).status_code == 502


def test_names_and_groups_may_stand_elsewhere(tmp_path: Path, provider: OidcServer) -> None:
    """In other claims, inside of one, and at the address for more claims alone; a client may show
    its secret in the body.
    """
    provider.user = {"sub": "7"}
    provider.userinfo = {"email": "boss", "realm_access": {"roles": ["办公室"]}}
    provider.basic = False
    known = ways(tmp_path, provider, name_claim="email", groups_claim="realm_access.roles")
    with served(office(tmp_path, known)) as url:
        provider.allowed = {f"{url}{OIDC_DONE}"}
        assert browser(url).get(OIDC_START).json().startswith("oidc:boss admin")
        provider.userinfo |= {"email": "han"}
        assert browser(url).get(OIDC_START).json().startswith("oidc:han editor")
        provider.userinfo |= {"sub": "8"}
        assert browser(url).get(OIDC_START).status_code == 401


def test_a_user_without_a_name_is_not_let_in(address: str, provider: OidcServer) -> None:
    """And the setting is named by which another claim is taken."""
    for name in (None, "", "li\nhan", "li:admin", 7, "x" * 101):
        provider.user = {"sub": "1", "preferred_username": name}
        told = browser(address).get(OIDC_START)
        assert told.status_code == 401
        assert "JIANBAO_OIDC_NAME" in told.text


def test_who_has_no_role_is_told(tmp_path: Path, provider: OidcServer) -> None:
    """Known at the provider, and not let in: the records have the name."""
    known = replace(ways(tmp_path, provider), rules=role_rules("group:法工委=editor"))
    with served(office(tmp_path, known)) as url:
        provider.allowed = {f"{url}{OIDC_DONE}"}
        told = browser(url).get(OIDC_START)
    assert told.status_code == 403
    assert "没有使用权限" in told.text
    assert deeds(tmp_path) == [("oidc:li", "sign-in failed", "oidc: no role")]


def test_a_session_outlives_a_restart_and_not_its_provider(
    tmp_path: Path, provider: OidcServer
) -> None:
    """New rules hold for it at once; another provider, or none, ends it."""
    known = ways(tmp_path, provider)
    with served(office(tmp_path, known)) as url:
        provider.allowed = {f"{url}{OIDC_DONE}"}
        one = browser(url)
        one.get(OIDC_START)
        secret = one.cookies[SESSION_COOKIE]
    again = replace(known, sessions=Sessions(tmp_path / SESSIONS))
    assert (one_in := again.who(secret)) is not None
    assert (one_in.user, one_in.role) == ("oidc:li", "editor")
    assert (less := replace(again, rules=role_rules("*=reader")).who(secret)) is not None
    assert less.role == "reader"
    assert replace(again, rules=role_rules("user:han=admin")).who(secret) is None
    other = OidcProvider(OidcClient("https://other.example", CLIENT))
    assert replace(again, provider=other).who(secret) is None
    assert again.who(secret) is None


def test_who_signs_out_here_is_signed_out_at_the_provider(
    address: str, provider: OidcServer, tmp_path: Path
) -> None:
    """And comes back to the door; who goes in by it again is asked for a password there."""
    one = browser(address)
    one.get(OIDC_START)
    door = one.get(LOGOUT)
    assert (door.url.path, door.status_code, provider.out) == (LOGIN, 200, True)
    assert [cookie for cookie in one.cookies if cookie.startswith("jianbao")] == []
    assert "password at the office" in one.get(OIDC_START).text
    assert deeds(tmp_path)[-1] == ("oidc:li", "signed out", "")


def test_the_token_of_a_sign_in_is_for_the_sign_out_alone(address: str) -> None:
    """No script, no other address and no link of another site gets it out of the browser."""
    one = browser(address)
    told = one.get(returned(one), follow_redirects=False)
    (cookie,) = (c for c in told.headers.get_list("set-cookie") if c.startswith(TOKEN_COOKIE))
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", f"Path={LOGOUT}"))


@pytest.mark.parametrize("groups", [["办公室"], ["办公室"] * MAX_TOKEN])
def test_without_the_token_the_provider_asks(
    address: str, provider: OidcServer, groups: list[str]
) -> None:
    """By a link on another site, and where the token is too large for a browser: here the session
    has ended all the same.
    """
    provider.user |= {"groups": groups}
    one = browser(address)
    one.get(OIDC_START)
    assert (one.cookies.get(TOKEN_COOKIE) is None) is (len(groups) > 1)
    if len(groups) == 1:
        one.cookies.delete(TOKEN_COOKIE)
    assert one.get(LOGOUT).text == "do you want to sign out?"
    assert not provider.out
    assert one.get("/").url.path == LOGIN


@pytest.mark.parametrize("answers", [{}, {"/.well-known/openid-configuration": (503, "down")}])
def test_where_the_provider_signs_nobody_out_that_is_told(
    address: str, provider: OidcServer, answers: dict[str, tuple[int, object]]
) -> None:
    """It names no address for it, or does not answer: the session here has ended."""
    one = browser(address)
    one.get(OIDC_START)
    provider.farewells, provider.lies = False, Lies(answers=answers)
    told = one.get(LOGOUT)
    assert (told.status_code, told.url.path) == (200, LOGOUT)
    assert "单位账号可能仍处于登录状态" in told.text
    assert one.get("/").url.path == LOGIN


def test_who_has_a_password_here_signs_out_here(address: str, provider: OidcServer) -> None:
    """The provider hears nothing of it, though the same browser was signed in there before."""
    one = browser(address)
    one.get(OIDC_START)
    one.post("/login", data={"name": "li", "password": PASSWORD})
    assert one.get(LOGOUT).url.path == LOGIN
    assert not provider.out


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_on_leads_nowhere_else(address: str, wanted: str) -> None:
    """Neither by the address nor by a cookie that was made up."""
    one = browser(address)
    told = one.get(OIDC_START, params={"next": wanted}, follow_redirects=False)
    kept = json.loads(base64.urlsafe_b64decode(one.cookies[ATTEMPT_COOKIE].strip('"')))
    assert kept[3] == "/"
    kept[3] = wanted
    made = base64.urlsafe_b64encode(json.dumps(kept).encode()).decode()
    one.cookies.clear()
    one.cookies.set(ATTEMPT_COOKIE, made)
    back = one.get(told.headers["location"], follow_redirects=False).headers["location"]
    assert one.get(back, follow_redirects=False).headers["location"] == "/"


def test_tries_without_end_do_not_fill_the_records(address: str, tmp_path: Path) -> None:
    """One address makes a few of them a minute; the log has all."""
    with browser(address) as one:
        for _ in range(12):
            one.get(f"{OIDC_DONE}?code=a&state=b")
    assert 1 <= len(deeds(tmp_path)) < 6


def test_the_settings_tell_the_provider(tmp_path: Path) -> None:
    """Both address and client are needed; what others could listen to is refused."""
    given = {"JIANBAO_HOME": str(tmp_path), "JIANBAO_OIDC_ISSUER": "https://id.example/realms/a",
             "JIANBAO_OIDC_CLIENT": CLIENT}  # fmt: skip
    known = ways_of(read_settings(given))
    assert known is not None
    assert known.provider is not None
    assert known.own is None
    for name, value, told in (
        ("OIDC_CLIENT", "", "JIANBAO_OIDC_CLIENT is not"),
        ("OIDC_ISSUER", "", "JIANBAO_OIDC_ISSUER is not"),
        ("OIDC_ISSUER", "http://id.example", "https://"),
        ("OIDC_SCOPE", "profile", "openid"),
        ("ROLES", "group:a=boss", "JIANBAO_ROLES"),
    ):
        with pytest.raises(CallError, match=told):
            ways_of(read_settings({**given, f"JIANBAO_{name}": value}))
