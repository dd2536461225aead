"""Programs get in by a key, where people sign in: at the programs' addresses, with a role."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.owner import ROLE, USER, actor_behind
from ui.server.program_doors import WRONG_KEY, bearer_of, for_programs, refusal_of
from ui.store.api_keys import PREFIX, ApiKey, ApiKeys, KeyStanding
from ui.store.audit import Actor, Deed, Recording

LOG = logging.getLogger("jianbao.keys")
_TOLD = {  # what a key that opens nothing is told
    KeyStanding.UNKNOWN: "密钥不对。This key is not known; make one with jianbao key add NAME.",
    KeyStanding.EXPIRED: "密钥已过期。This key has expired; make another: jianbao key add NAME.",
    KeyStanding.REVOKED: "密钥已撤销。This key was revoked; make another: jianbao key add NAME.",
}
_ELSEWHERE = (
    "密钥只用于程序接口，请见 /docs。A key opens the addresses for programs alone; see /docs."
)


class Bearer:
    """ASGI middleware outside the gate: whoever sends a good key is its user, `key:NAME`."""

    def __init__(self, app: ASGIApp, keys: ApiKeys, audit: Recording, *, needed: bool) -> None:
        """`needed`: nobody gets in without a sign-in or a key. Where anyone may ask, what is no key
        of ours is not looked at: clients of OpenAI must send something.
        """
        self._app = app
        self._keys = keys
        self._audit = audit
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
            if key is not None:  # of what is no key the log tells: it may come without end
                actor = Actor(f"key:{key.name}", actor_behind(scope).origin)
                detail = f"{standing.value}, {scope['path']}"
                await run_sync(self._audit.record, actor, Deed.KEY_REFUSED, key.id, detail)
            told = refusal_of(scope["path"], 401, _TOLD[standing], WRONG_KEY,
                              {"WWW-Authenticate": "Bearer"})  # fmt: skip
            await told(scope, receive, send)
        elif not for_programs(scope["path"]):
            await refusal_of(scope["path"], 403, _ELSEWHERE)(scope, receive, send)
        else:
            user = {USER: f"key:{key.name}", ROLE: key.role}
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
