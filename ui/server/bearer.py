"""Programs get in by a key, where people sign in: at the programs' addresses, as their role may."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.owner import USER
from ui.server.program_doors import CONFIG, GRADIO, WRONG_KEY, bearer_of, for_programs, refusal_of
from ui.server.uploads import SENT
from ui.store.api_keys import PREFIX, ApiKey, ApiKeys, KeyStanding
from ui.store.roles import AccessRole

KEY_ROLE = "jianbao.role"  # key of the request's scope: what the key of the request may do
LOG = logging.getLogger("jianbao.keys")
_TOLD = {  # what a key that opens nothing is told
    KeyStanding.UNKNOWN: "密钥不对。This key is not known; make one with jianbao key add NAME.",
    KeyStanding.EXPIRED: "密钥已过期。This key has expired; make another: jianbao key add NAME.",
    KeyStanding.REVOKED: "密钥已撤销。This key was revoked; make another: jianbao key add NAME.",
}
_ELSEWHERE = (
    "密钥只用于程序接口，请见 /docs。A key opens the addresses for programs alone; see /docs."
)
_NOT_ALLOWED = "密钥的权限不够。This key may only ask; make one with --role editor."
# Of Gradio's addresses those that its client needs to call an endpoint.
_CALL, _JOIN = f"{GRADIO}/call", f"{GRADIO}/queue/join"
_READ_ONLY = (
    CONFIG, f"{GRADIO}/info", f"{GRADIO}/queue/data", f"{GRADIO}/heartbeat", f"{GRADIO}/cancel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicEndpoints:
    """The page's events that are endpoints for programs, by name and by number."""

    names: frozenset[str]
    numbers: frozenset[int]


class Bearer:
    """ASGI middleware outside the gate: whoever sends a good key is its user, `key:NAME`."""

    def __init__(self, app: ASGIApp, keys: ApiKeys, *, needed: bool) -> None:
        """`needed`: nobody gets in without a sign-in or a key. Where anyone may ask, what is no key
        of ours is not looked at: clients of OpenAI must send something.
        """
        self._app = app
        self._keys = keys
        self._needed = needed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        from anyio.to_thread import run_sync

        token = bearer_of(scope) if scope["type"] == "http" else None
        if token is None or not (self._needed or token.startswith(PREFIX)):
            await self._app(scope, receive, send)
            return
        standing, key = await run_sync(self._keys.check, token)
        if key is None or standing is not KeyStanding.GOOD:
            LOG.warning("key refused", extra={**_request(scope, key), "why": standing.value})
            told = refusal_of(scope["path"], 401, _TOLD[standing], WRONG_KEY,
                              {"WWW-Authenticate": "Bearer"})  # fmt: skip
            await told(scope, receive, send)
        elif not for_programs(scope["path"]):
            await refusal_of(scope["path"], 403, _ELSEWHERE)(scope, receive, send)
        else:
            user = {USER: f"key:{key.name}", KEY_ROLE: key.role}
            await self._logged(key, {**scope, **user}, receive, send)

    async def _logged(self, key: ApiKey, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and log who was answered."""
        began, status = time.monotonic(), 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            spent = round((time.monotonic() - began) * 1000, 1)
            told = {**_request(scope, key), "status": status, "milliseconds": spent}
            LOG.info("by key", extra=told)


def _request(scope: Scope, key: ApiKey | None) -> dict[str, object]:
    """What a log says of a request; of a key that nobody has, nothing."""
    return {
        "key": key.name if key else None,
        "address": scope["client"][0] if scope.get("client") else None,
        "method": scope["method"],
        "path": scope["path"],
    }


class KeyRights:
    """ASGI middleware inside Uploads: the key of a reader calls endpoints and nothing else of the
    page, which adds and removes bulletins by events of its own.
    """

    def __init__(self, app: ASGIApp, endpoints: Callable[[], PublicEndpoints]) -> None:
        """`endpoints` tells them when a request comes: the page is built later than this."""
        self._app = app
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        role = scope.get(KEY_ROLE)
        if role is None or role.may(AccessRole.EDITOR) or self._may_read(scope):
            await self._app(scope, receive, send)
            return
        await refusal_of(scope["path"], 403, _NOT_ALLOWED)(scope, receive, send)

    def _may_read(self, scope: Scope) -> bool:
        path, sent = scope["path"].rstrip("/"), scope.get(SENT)
        if not path.startswith((GRADIO, CONFIG)) or path.startswith(_READ_ONLY):
            return True
        number = sent.get("fn_index") if isinstance(sent, dict) else None
        known = self._endpoints()
        if path == _JOIN:
            return _is_one(number, known)
        name = path.removeprefix(f"{_CALL}/").split("/")[0]
        # a number in the body goes before the name in the address
        named = path.startswith(f"{_CALL}/") and name in known.names
        return named and (number is None or _is_one(number, known))


def _is_one(number: object, known: PublicEndpoints) -> bool:
    return isinstance(number, int) and number in known.numbers
