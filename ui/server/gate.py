"""Sign-in for a server that others reach: nothing but the sign-in page without a session."""

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.accounts import AT_ONCE, SignIn
from ui.server.monitor import HEALTH
from ui.server.origin import from_own_page
from ui.server.owner import ROLE, USER, actor_behind, cookies_of
from ui.server.program_doors import CHAT, METRICS, NO_KEY, RETRIEVAL, refusal_of
from ui.server.rights import LOGIN
from ui.store.audit import Actor, Deed, Recording, Unrecorded

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

SESSION_COOKIE = "jianbao_session"
SESSION_SECONDS = 12 * 3600  # a working day
MAX_SESSIONS = 10_000  # the oldest go first
_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>登录 · 简报问答</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<style>body{font:16px/1.7 system-ui,sans-serif;max-width:22em;margin:12vh auto;padding:0 1em}
label,input,button{display:block;width:100%;box-sizing:border-box}
input{padding:.5em;margin:.2em 0 1em}button{padding:.6em}
p[role=alert]{color:#a3262a}</style>
<h1>简报问答</h1>{note}<form method="post" action="/login">
<label>用户名<input name="name" autocomplete="username" required autofocus></label>
<label>密码<input name="password" type="password" autocomplete="current-password" required></label>
<button>登录 Sign in</button></form></html>"""
# Read without a session; who may read the metrics is told in rights.py.
_READ = frozenset({HEALTH, METRICS})
LOG = logging.getLogger("jianbao.sign_in")
_NO_KEY = (
    "请求头中没有密钥。Send Authorization: Bearer KEY; an administrator makes a key with "
    "jianbao key add NAME."
)
_WRONG = "用户名或密码不对，或尝试次数过多，请稍后再试。"


class Sessions:
    """Who is signed in, by a secret in the browser's cookie. In memory: a restart signs out."""

    def __init__(
        self,
        standing: Callable[[str], str | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`standing` tells what a user's sessions hang on: they end when it changes."""
        self._standing = standing
        self._clock = clock
        self._users: dict[str, tuple[str, str | None, float]] = {}
        self._lock = Lock()

    def start(self, name: str) -> str:
        """A fresh secret for a user who has just signed in."""
        secret = secrets.token_urlsafe(32)
        standing = self._standing(name)
        with self._lock:
            self._users[secret] = (name, standing, self._clock() + SESSION_SECONDS)
            while len(self._users) > MAX_SESSIONS:
                self._users.pop(next(iter(self._users)))
        return secret

    def user(self, secret: str) -> str | None:
        """Whose secret this is, None when it is nobody's, too old, or the user was removed or got
        another password.
        """
        with self._lock:
            name, standing, until = self._users.get(secret, (None, None, 0.0))
        if name is None:
            return None
        if until < self._clock() or standing is None or self._standing(name) != standing:
            self.end(secret)
            return None
        return name

    def end(self, secret: str) -> None:
        """Sign out."""
        with self._lock:
            self._users.pop(secret, None)


class Gate:
    """ASGI middleware: a request with neither session nor key gets the sign-in page, or a 401."""

    def __init__(self, app: ASGIApp, sessions: Sessions, sign_in: SignIn) -> None:
        """`sign_in` tells what role a user has."""
        self._app = app
        self._sessions = sessions
        self._sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "lifespan" or scope.get(USER):  # a program with a key (bearer.py)
            await self._app(scope, receive, send)
            return
        user = self._sessions.user(cookies_of(scope).get(SESSION_COOKIE, ""))
        role = self._sign_in.role(user) if user is not None else None
        if role is not None:
            await self._app({**scope, USER: user, ROLE: role}, receive, send)
            return
        read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if scope["path"] == LOGIN or (read and scope["path"] in _READ):
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse, RedirectResponse

        if scope["type"] == "http" and scope["path"].startswith((f"{CHAT}/", RETRIEVAL)):
            headers = {"WWW-Authenticate": "Bearer"}
            told = refusal_of(scope["path"], 401, _NO_KEY, NO_KEY, headers)
            await told(scope, receive, send)
            return
        page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        response: Callable[[Scope, Receive, Send], Awaitable[None]] = (
            RedirectResponse(LOGIN, 303) if page else PlainTextResponse("sign in first", 401)
        )
        await response(scope, receive, send)


def add_sign_in(app: "FastAPI", sign_in: SignIn, audit: Recording | None = None) -> None:
    """Put an application behind the gate, with /login and /logout; `audit` records who comes."""
    from anyio import CapacityLimiter
    from anyio.to_thread import run_sync
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse, RedirectResponse

    records: Recording = audit or Unrecorded()
    sessions = Sessions(sign_in.standing)
    at_once = CapacityLimiter(AT_ONCE)  # who waits here holds none of the threads that answer
    app.add_middleware(Gate, sessions=sessions, sign_in=sign_in)

    @app.get(LOGIN)
    def form() -> HTMLResponse:
        return HTMLResponse(_PAGE.replace("{note}", ""), headers={"Cache-Control": "no-store"})

    @app.post(LOGIN)
    async def enter(request: Request) -> Response:
        if not from_own_page(request.scope):
            return Response("sign in from this server's own page", 403)
        sent: dict[str, Any] = dict(await request.form(max_files=0, max_fields=4))
        name, password = str(sent.get("name", "")), str(sent.get("password", ""))
        origin, locked = actor_behind(request.scope).origin, sign_in.locked(name)
        if not await run_sync(sign_in.check, name, password, limiter=at_once):
            _log_failure(sign_in, name, request)
            if not locked:  # what comes after is told by the log: it may come without end
                deed = Deed.LOCKED if sign_in.locked(name) else Deed.SIGN_IN_FAILED
                known = name if sign_in.standing(name) is not None else ""
                await run_sync(records.record, Actor(known, origin), deed)
            note = f'<p role="alert">{_WRONG}</p>'
            return HTMLResponse(_PAGE.replace("{note}", note), 401)
        LOG.info("signed in", extra={"user": name})
        await run_sync(records.record, Actor(name, origin), Deed.SIGNED_IN)
        sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse("/", 303)
        response.set_cookie(
            SESSION_COOKIE, sessions.start(name), max_age=SESSION_SECONDS, httponly=True,
            samesite="lax", secure=request.url.scheme == "https",
        )  # fmt: skip
        return response

    @app.get("/logout")
    def leave(request: Request) -> Response:
        sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        records.record(actor_behind(request.scope), Deed.SIGNED_OUT)
        response = RedirectResponse(LOGIN, 303)
        response.delete_cookie(SESSION_COOKIE)
        return response


def _log_failure(sign_in: SignIn, name: str, request: "Request") -> None:
    """Log who was not let in. A name that nobody has may be a password in the wrong field."""
    LOG.warning(
        "sign-in locked" if sign_in.locked(name) else "sign-in failed",
        extra={
            "user": name if sign_in.standing(name) is not None else None,
            "address": request.client.host if request.client else None,
        },
    )
