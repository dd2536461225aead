"""Who is asking: a signed-in user by name, any other browser by a secret that only it has."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.store.audit import Actor

USER = "jianbao.user"  # key of the request's scope: the signed-in user's name
ROLE = "jianbao.role"  # key of the request's scope: what whoever asks may do (rights.py)
GROUPS = "jianbao.groups"  # key of the request's scope: groups that the sign-in itself knows of
# key of the request's scope: there where the proxy of the settings sent it (proxied.py)
PROXIED = "jianbao.proxied"
BROWSER_COOKIE = "jianbao_browser"
SECRET_BYTES = 32
TOLD_CHARS = len("browser:") + 12  # enough of a hash to tell one browser from another
YEAR_SECONDS = 365 * 24 * 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in URL-safe base 64


def owner_of(username: str | None, cookies: Mapping[str, str]) -> str:
    """The owner of what is asked and kept: the signed-in user, else the browser.

    The browser's secret itself is not kept: who reads the database cannot take its place. A caller
    without either (a script) is nobody, and what it asks is its own only while it lasts.
    """
    if username:
        return f"user:{username}"
    secret = cookies.get(BROWSER_COOKIE, "")
    if not _SECRET.fullmatch(secret):
        secret = secrets.token_urlsafe(SECRET_BYTES)
    return f"browser:{hashlib.sha256(secret.encode()).hexdigest()}"


def owner_behind(scope: Scope) -> str:
    """The owner of what a request asks and keeps."""
    return owner_of(scope.get(USER), cookies_of(scope))


def actor_behind(scope: Scope) -> Actor:
    """Who sends a request and from where, as records tell it: a browser by the head of its hash."""
    who = scope.get(USER) or owner_behind(scope)[:TOLD_CHARS]
    return Actor(who, scope["client"][0] if scope.get("client") else "")


class BrowserCookie:
    """ASGI middleware that gives a browser without the secret one, known to the same request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or _SECRET.fullmatch(cookies_of(scope).get(BROWSER_COOKIE, "")):
            await self._app(scope, receive, send)
            return
        secret = secrets.token_urlsafe(SECRET_BYTES)
        kept = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
        others = [f"{k}={v}" for k, v in cookies_of(scope).items() if k != BROWSER_COOKIE]
        given = f"{BROWSER_COOKIE}={secret}"
        cookie = "; ".join([*others, given])
        scope["headers"] = [*kept, (b"cookie", cookie.encode("latin-1", "replace"))]
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        header = f"{given}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (b"set-cookie", (header + secure).encode())]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request by name; of a malformed header none."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(sent.decode("latin-1")).items()}
    except CookieError:
        return {}
