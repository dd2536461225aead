"""Sign-in for a server that others reach: nothing but the sign-in page without a session."""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import CallError
from ui.server.accounts import AT_ONCE, SignIn
from ui.server.monitor import HEALTH
from ui.server.oidc_doors import add_oidc, leave_elsewhere
from ui.server.origin import from_own_page
from ui.server.own_paths import NEXT, START, own_path, with_next
from ui.server.owner import GROUPS, ROLE, USER, actor_behind, cookies_of
from ui.server.password_change import add_password_change
from ui.server.program_doors import CHAT, METRICS, NO_KEY, RETRIEVAL, refusal_of
from ui.server.proxied import ProxyUsers
from ui.server.rights import LOGIN, LOGOUT, OIDC_START, SIGNING_IN
from ui.server.session_cookie import SESSION_COOKIE, enter
from ui.server.sign_in_ways import SignInWays
from ui.store.audit import Actor, Deed, Recording, Unrecorded
from ui.store.sessions import SignInWay
from ui.views.sign_in_view import sign_in_html

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

# Read without a session; who may read the metrics is told in rights.py.
_READ = frozenset({HEALTH, METRICS})
LOG = logging.getLogger("jianbao.sign_in")
_NO_KEY = (
    "请求头中没有密钥。Send Authorization: Bearer KEY; an administrator makes a key with "
    "jianbao key add NAME."
)
_WRONG = "用户名或密码不对，或尝试次数过多，请稍后再试。"


class Gate:
    """ASGI middleware: a request with neither session nor key gets the sign-in page, or a 401."""

    def __init__(self, app: ASGIApp, ways: SignInWays) -> None:
        """`ways` tell who is signed in, and what that one may do."""
        self._app = app
        self._ways = ways

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        # known already: a program by its key (bearer.py), or a user by the proxy (proxied.py)
        if scope["type"] == "lifespan" or scope.get(USER):
            await self._app(scope, receive, send)
            return
        one = self._ways.who(cookies_of(scope).get(SESSION_COOKIE, ""))
        if one is not None:
            known = {USER: one.user, ROLE: one.role, GROUPS: one.groups}
            await self._app({**scope, **known}, receive, send)
            return
        read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if scope["path"] in SIGNING_IN or (read and scope["path"] in _READ):
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse, RedirectResponse

        if scope["type"] == "http" and scope["path"].startswith((f"{CHAT}/", RETRIEVAL)):
            headers = {"WWW-Authenticate": "Bearer"}
            told = refusal_of(scope["path"], 401, _NO_KEY, NO_KEY, headers)
            await told(scope, receive, send)
            return
        response: Callable[[Scope, Receive, Send], Awaitable[None]] = (
            RedirectResponse(with_next(LOGIN, _asked(scope)), 303)
            if _in_a_window(scope)
            else PlainTextResponse("sign in first", 401)
        )
        await response(scope, receive, send)


def add_sign_in(app: "FastAPI", ways: SignInWays, audit: Recording | None = None) -> None:
    """Put an application behind the gate, with /login, /logout and what the ways in need; `audit`
    records who comes.
    """
    from anyio import CapacityLimiter
    from anyio.to_thread import run_sync
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse, RedirectResponse

    records: Recording = audit or Unrecorded()
    at_once = CapacityLimiter(AT_ONCE)  # who waits here holds none of the threads that answer
    app.add_middleware(Gate, ways=ways)
    if ways.proxy is not None:
        app.add_middleware(ProxyUsers, proxy=ways.proxy, rules=ways.rules, audit=records)
    if ways.provider is not None:
        add_oidc(app, ways, ways.provider, records)
    if ways.own is not None:
        add_password_change(app, ways, records, at_once)

    def page(wanted: str, told: str = "", status: int = 200) -> HTMLResponse:
        elsewhere = with_next(OIDC_START, wanted) if ways.provider is not None else None
        text = sign_in_html(
            passwords=ways.own is not None and (elsewhere is None or ways.own.has_users()),
            provider=elsewhere, wanted=None if wanted == START else wanted, told=told,
        )  # fmt: skip
        return HTMLResponse(text, status, {"Cache-Control": "no-store"})

    @app.get(LOGIN)
    def form(request: Request) -> Response:
        wanted = own_path(request.query_params.get(NEXT, ""))
        return RedirectResponse(wanted, 303) if request.scope.get(USER) else page(wanted)

    @app.post(LOGIN)
    async def check(request: Request) -> Response:
        if not from_own_page(request.scope):
            return Response("sign in from this server's own page", 403)
        sent: dict[str, Any] = dict(await request.form(max_files=0, max_fields=4))
        name, password = str(sent.get("name", "")), str(sent.get("password", ""))
        wanted, origin = own_path(str(sent.get(NEXT, ""))), actor_behind(request.scope).origin
        own, secret = ways.own, None
        if own is None:
            return page(wanted, status=404)
        locked = own.locked(name)
        if await run_sync(own.check, name, password, limiter=at_once):
            try:
                secret = await run_sync(ways.start, name)
            except CallError:  # removed since
                LOG.info("removed while signing in", extra={"user": name})
        if secret is None:
            _log_failure(own, name, request)
            if not locked:  # what comes after is told by the log: it may come without end
                deed = Deed.LOCKED if own.locked(name) else Deed.SIGN_IN_FAILED
                known = name if own.standing(name) is not None else ""
                await run_sync(records.record, Actor(known, origin), deed)
            return page(wanted, _WRONG, 401)
        LOG.info("signed in", extra={"user": name})
        await run_sync(records.record, Actor(name, origin), Deed.SIGNED_IN)
        await run_sync(ways.sessions.end, request.cookies.get(SESSION_COOKIE, ""))
        return enter(request, secret, wanted)

    @app.get(LOGOUT)
    async def leave(request: Request) -> Response:
        secret = request.cookies.get(SESSION_COOKIE, "")
        one = await run_sync(ways.who, secret)
        await run_sync(ways.sessions.end, secret)
        await run_sync(records.record, actor_behind(request.scope), Deed.SIGNED_OUT)
        response: Response = RedirectResponse(LOGIN, 303)
        if ways.provider is not None and one is not None and one.way is SignInWay.OIDC:
            response = await leave_elsewhere(request, ways, ways.provider)
        response.delete_cookie(SESSION_COOKIE)
        return response


def _in_a_window(scope: Scope) -> bool:
    """Whether somebody looks at what is asked for: the page, or what a browser opens by an address,
    a source or the way out among them. A program says nothing of HTML.
    """
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    kinds = dict(scope["headers"]).get(b"accept", b"")
    return scope["path"] == START or b"text/html" in kinds


def _asked(scope: Scope) -> str:
    """The path of a request, with its query."""
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def _log_failure(sign_in: SignIn, name: str, request: "Request") -> None:
    """Log who was not let in. A name that nobody has may be a password in the wrong field."""
    LOG.warning(
        "sign-in locked" if sign_in.locked(name) else "sign-in failed",
        extra={
            "user": name if sign_in.standing(name) is not None else None,
            "address": request.client.host if request.client else None,
        },
    )
