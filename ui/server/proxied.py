"""Users whom a proxy before the server has signed in: it names them in a header."""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from threading import Lock

from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import CallError
from ui.server.owner import GROUPS, PROXIED, ROLE, USER, actor_behind
from ui.server.passwords import plain
from ui.server.program_doors import refusal_of
from ui.server.refusals import Refusals
from ui.server.role_rules import RoleRules
from ui.store.audit import Actor, Deed, Recording
from ui.store.sessions import SESSION_SECONDS

PEER = "jianbao.peer"  # key of the request's scope: the address that connects, whatever headers say
PREFIX = "proxy:"  # before the names of such users: another li may have a password here
MAX_SEEN = 10_000  # users whose coming is remembered; the oldest go first
LOG = logging.getLogger("jianbao.proxy")
_NAME = re.compile(r"[\w.@+-](?:[\w.@+ -]{0,98}[\w.@+-])?")
_FOREIGN = (
    "请求带有代理的用户名，但不是从代理来的。This request names a user in the header {header}, and "
    "does not come from the proxy; JIANBAO_PROXY_FROM says where that is.\n"
)
_NO_NAME = (
    "代理送来的用户名无法使用。The header {header} must hold one name of 1 to 100 letters, digits, "
    "blanks or . _ - + @ in UTF-8; mend the settings of the proxy.\n"
)
_NO_ROLE = (
    "您没有使用权限，请联系管理员。You may not use this server; an administrator gives roles by "
    "JIANBAO_ROLES.\n"
)


@dataclass(frozen=True, slots=True)
class TrustedProxy:
    """The headers by which a proxy tells the user's name and groups (the groups with commas between
    them), and where it stands: nobody else is believed.
    """

    header: str
    networks: Sequence[IPv4Network | IPv6Network]
    groups: str | None = None

    def is_at(self, address: str) -> bool:
        """Whether the proxy stands at an address."""
        try:
            at = ip_address(address)
        except ValueError:
            return False
        return any(at in network for network in self.networks)


class ProxyPeer:
    """ASGI middleware, the outermost one: notes who connects, then believes the proxy, and nobody
    else, for whom it speaks and whether that one came by HTTPS.
    """

    def __init__(self, app: ASGIApp, proxy: TrustedProxy) -> None:
        from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

        self._app = ProxyHeadersMiddleware(app, [str(n) for n in proxy.networks])  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope.get("client"):
            host, port = scope["client"]
            host = _plain_address(host)
            scope = {**scope, "client": (host, port), PEER: host}
        await self._app(scope, receive, send)  # type: ignore[arg-type]


class ProxyUsers:
    """ASGI middleware inside ProxyPeer, outside the gate: whom the proxy names is signed in; the
    header of anybody else is refused.
    """

    def __init__(
        self, app: ASGIApp, proxy: TrustedProxy, rules: RoleRules, audit: Recording
    ) -> None:
        self._app = app
        self._proxy = proxy
        self._rules = rules
        self._audit = audit
        self._refusals = Refusals(audit)
        self._seen: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        from anyio.to_thread import run_sync

        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        proxy, header = self._proxy, self._proxy.header
        named = _sent(scope, header)
        claimed = named or (_sent(scope, proxy.groups) if proxy.groups else [])
        if not proxy.is_at(scope.get(PEER, "")):
            if claimed:
                await self._refused(_FOREIGN, "header of no proxy", scope, receive, send)
                return
            await self._app(scope, receive, send)
            return
        if scope.get(USER) or not any(named):  # a program with a key; nobody whom the proxy knows
            await self._app({**scope, PROXIED: True} if claimed else scope, receive, send)
            return
        try:
            name = _name(named)
        except CallError:
            await self._refused(_NO_NAME, "no name in the header", scope, receive, send)
            return
        groups = _groups(_sent(scope, proxy.groups)) if proxy.groups else []
        known = {**scope, USER: f"{PREFIX}{name}", PROXIED: True}
        role = self._rules.role(name, groups)
        if role is None:
            await self._refused(_NO_ROLE, "no role", known, receive, send)
            return
        if self._comes(actor := actor_behind(known)):
            LOG.info("signed in", extra={"user": actor.who, "address": actor.origin})
            await run_sync(self._audit.record, actor, Deed.SIGNED_IN, "", header)
        await self._app({**known, ROLE: role, GROUPS: tuple(groups)}, receive, send)

    async def _refused(
        self, told: str, why: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        from anyio.to_thread import run_sync

        who = scope.get(USER, "") if PROXIED in scope else ""
        actor = Actor(who, scope.get(PEER, "") if not who else actor_behind(scope).origin)
        LOG.warning("sign-in failed", extra={"user": who or None, "address": actor.origin,
                                             "header": self._proxy.header, "why": why})  # fmt: skip
        await run_sync(self._refusals.record, actor, Deed.SIGN_IN_FAILED, "", why)
        answer = refusal_of(scope["path"], 403, told.format(header=self._proxy.header))
        await answer(scope, receive, send)

    def _comes(self, actor: Actor) -> bool:
        """Whether this one was not here for a working day: that is a sign-in."""
        now, key = time.monotonic(), (actor.who, actor.origin)
        with self._lock:
            if now < self._seen.get(key, float("-inf")):
                return False
            self._seen.pop(key, None)  # the latest stand last
            self._seen[key] = now + SESSION_SECONDS
            while len(self._seen) > MAX_SEEN:
                self._seen.pop(next(iter(self._seen)))
        return True


def _sent(scope: Scope, header: str) -> list[bytes]:
    """What a header of the request holds, once for each time that it stands there."""
    wanted = header.lower().encode("latin-1")
    return [value.strip() for name, value in scope["headers"] if name == wanted]


def _name(named: Sequence[bytes]) -> str:
    """:raises CallError: there is more than one, or it cannot be."""
    if len(named) != 1:  # one may be the browser's own, which the proxy did not take away
        raise CallError("more than one name")
    try:
        name = plain(named[0].decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CallError("no UTF-8") from error
    if not _NAME.fullmatch(name):
        raise CallError("no name")
    return name


def _groups(sent: Sequence[bytes]) -> list[str]:
    """Of a header that stands there twice none: one may be the browser's own."""
    if len(sent) != 1:
        return []
    return [plain(one.strip()) for one in sent[0].decode("utf-8", "replace").split(",")]


def _plain_address(host: str) -> str:
    """An address of version 4 that a socket of version 6 tells in its own form."""
    try:
        address = ip_address(host)
    except ValueError:  # no address: a socket of the file system
        return host
    return str(getattr(address, "ipv4_mapped", None) or address)
