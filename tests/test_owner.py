"""A browser is known by a secret of its own, a signed-in user by name."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.server.owner import BROWSER_COOKIE, BrowserCookie, owner_of

SECRET = "A" * 43


async def _told(request: Request) -> PlainTextResponse:
    return PlainTextResponse(
        request.cookies.get(BROWSER_COOKIE, "") + " " + request.cookies.get("a", "")
    )


def asked(cookies: dict[str, str], url: str = "http://office/") -> httpx.Response:
    """What an application behind the middleware answers to a request with these cookies."""

    async def get() -> httpx.Response:
        app = BrowserCookie(Starlette(routes=[Route("/", _told)]))
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type] # wider in httpx
        async with httpx.AsyncClient(transport=transport, cookies=cookies) as client:
            return await client.get(url)

    return asyncio.run(get())


def test_a_new_browser_gets_a_secret_that_its_first_request_knows() -> None:
    """The cookie set is the one that the application saw, hidden from scripts and other sites."""
    response = asked({"a": "1"})
    seen, other = response.text.split(" ")
    assert response.cookies[BROWSER_COOKIE] == seen
    assert len(seen) == 43
    assert other == "1"
    header = response.headers["set-cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" not in header
    assert "Secure" in asked({}, "https://office/").headers["set-cookie"]


def test_a_known_browser_keeps_its_secret() -> None:
    """Nothing is set where a secret is there."""
    response = asked({BROWSER_COOKIE: SECRET})
    assert response.text.startswith(SECRET)
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("false", ["", "short", "x" * 44, "' OR 1=1 --"])
def test_a_false_secret_is_replaced(false: str) -> None:
    """What no program here made is no secret."""
    assert len(asked({BROWSER_COOKIE: false}).cookies[BROWSER_COOKIE]) == 43


def test_an_owner_is_a_user_or_a_browser() -> None:
    """A name wins; the secret itself is not in the owner; without both, each call is a stranger."""
    assert owner_of("li", {BROWSER_COOKIE: SECRET}) == "user:li"
    assert owner_of(None, {BROWSER_COOKIE: SECRET}) == owner_of("", {BROWSER_COOKIE: SECRET})
    assert SECRET not in owner_of(None, {BROWSER_COOKIE: SECRET})
    assert owner_of(None, {}) != owner_of(None, {})
