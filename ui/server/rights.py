"""What each role may do at each door: the one place that decides it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.monitor import HEALTH, from_loopback
from ui.server.owner import PROXIED, ROLE, USER, actor_behind
from ui.server.program_doors import CHAT, GRADIO, MCP, METRICS, RETRIEVAL, refusal_of
from ui.server.uploads import SENT
from ui.store.audit import Deed, Recording
from ui.store.roles import AccessRole

F = TypeVar("F", bound=Callable[..., Any])
LOG = logging.getLogger("jianbao.rights")
LOGIN, LOGOUT, PASSWORD = "/login", "/logout", "/password"
OIDC_START, OIDC_DONE = f"{LOGIN}/oidc", f"{LOGIN}/oidc/done"
SIGNING_IN = frozenset({LOGIN, OIDC_START, OIDC_DONE})
RECORDS, STATISTICS = "/records", "/statistics"  # pages for the office (office_pages.py)
OPEN = frozenset({HEALTH, *SIGNING_IN})  # for those who are nobody yet, too
_CALL, _JOIN = f"{GRADIO}/call", f"{GRADIO}/queue/join"
# With all below them. What is not here, readers may read (GET) and editors may change.
_DOORS: Mapping[str, AccessRole] = {
    METRICS: AccessRole.ADMIN,
    RECORDS: AccessRole.ADMIN,
    STATISTICS: AccessRole.EDITOR,
    CHAT: AccessRole.READER,
    RETRIEVAL: AccessRole.READER,
    MCP: AccessRole.READER,
    PASSWORD: AccessRole.READER,  # each his own
    f"{GRADIO}/component_server": AccessRole.READER,  # what the page's own scripts look up
    f"{GRADIO}/cancel": AccessRole.READER,
    f"{GRADIO}/reset": AccessRole.READER,  # of an answer that is being stopped
    f"{GRADIO}/upload": AccessRole.EDITOR,
}
_READING = ("GET", "HEAD", "OPTIONS")
_MARK = "jianbao_needs"
_TOLD = (
    "权限不够，需要{role}。This needs the role {role}: an administrator gives it to a user by "
    "jianbao user role NAME {role}, to a program by a key made with --role {role}."
)


@dataclass(frozen=True, slots=True)
class PageEvents:
    """The role that each event of the page needs, by the event's name and by its number."""

    names: Mapping[str, AccessRole]
    numbers: Mapping[int, AccessRole]


def needs(role: AccessRole) -> Callable[[F], F]:
    """Say of a function that the event of the page which calls it needs a role. Without it an event
    is for readers.
    """

    def marked(work: F) -> F:
        work.__dict__[_MARK] = role
        return work

    return marked


def needed_by(work: object) -> AccessRole:
    """The role that an event which calls this needs."""
    role = getattr(work, _MARK, AccessRole.READER)
    return role if isinstance(role, AccessRole) else AccessRole.READER


class Rights:
    """ASGI middleware inside the gate and Uploads: a request goes on where its role is enough, and
    the application finds the role in its scope.
    """

    def __init__(
        self,
        app: ASGIApp,
        events: Callable[[], PageEvents],
        everyone: AccessRole | None,
        audit: Recording,
    ) -> None:
        """`events` tells them when a request comes: the page is built later than this. `everyone`
        is the role of those who did not sign in, None where they must.
        """
        self._app = app
        self._events = events
        self._everyone = everyone
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        from anyio.to_thread import run_sync

        if scope["type"] == "lifespan" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        role, needed = scope.get(ROLE, self._everyone), self._needed(scope)
        if scope["path"] == METRICS and from_loopback(scope) and PROXIED not in scope:
            role = AccessRole.ADMIN  # whatever runs on the server's own machine
        if role is not None and role.may(needed):
            await self._app({**scope, ROLE: role}, receive, send)
            return
        LOG.warning("not allowed", extra={"user": scope.get(USER), "path": scope["path"]})
        if scope.get(USER):
            actor, path = actor_behind(scope), scope["path"]
            await run_sync(self._audit.record, actor, Deed.NOT_ALLOWED, path, f"needs {needed}")
        told = refusal_of(scope["path"], 403, _TOLD.format(role=needed))
        await told(scope, receive, send)

    def _needed(self, scope: Scope) -> AccessRole:
        path, method = scope["path"].rstrip("/"), scope.get("method", "GET")
        for door, role in _DOORS.items():
            if path == door or path.startswith(f"{door}/"):
                return role
        if method in _READING:
            return AccessRole.READER
        sent, events = scope.get(SENT), self._events()
        number = sent.get("fn_index") if isinstance(sent, dict) else None
        if path == _JOIN:
            return _of_number(number, events)
        if path.startswith(f"{_CALL}/"):
            name = path.removeprefix(f"{_CALL}/").split("/")[0]
            named = events.names.get(name, AccessRole.EDITOR)
            # a number in the body goes before the name in the address
            return named if number is None else max(named, _of_number(number, events), key=_height)
        return AccessRole.EDITOR


def _of_number(number: object, events: PageEvents) -> AccessRole:
    """What an event needs; one that nobody knows is for editors, as is whatever is no number."""
    known = events.numbers.get(number) if isinstance(number, int) else None
    return known or AccessRole.EDITOR


def _height(role: AccessRole) -> int:
    return list(AccessRole).index(role)
