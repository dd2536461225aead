"""Signing in elsewhere: the two addresses, there and back, and the way out."""

import base64
import json
import logging
from typing import TYPE_CHECKING

from corpus.errors import CallError, WorkError
from ui.server.oidc_provider import OidcAttempt, OidcProvider
from ui.server.own_paths import NEXT, own_path
from ui.server.owner import actor_behind
from ui.server.refusals import Refusals
from ui.server.rights import LOGIN, LOGOUT, OIDC_DONE, OIDC_START
from ui.server.session_cookie import SESSION_COOKIE, enter
from ui.server.sign_in_ways import OIDC_PREFIX, SignInWays
from ui.store.audit import Actor, Deed, Recording
from ui.store.sessions import SESSION_SECONDS
from ui.views.sign_in_view import sign_in_html

if TYPE_CHECKING:
    from fastapi import FastAPI, Request, Response

ATTEMPT_COOKIE = "jianbao_oidc"
ATTEMPT_SECONDS = 10 * 60  # how long one may take at the provider
# The provider's token, by which it knows who signs out: kept by the browser alone, for this address
# alone, and not sent by a link on another site, which then ends in the provider's question.
TOKEN_COOKIE = "jianbao_oidc_token"
MAX_TOKEN = 3_800  # characters: browsers keep no cookie above 4,096
AT_ONCE = 16  # strangers may come without end, and each is a request to the provider
NO_STORE = {"Cache-Control": "no-store"}
LOG = logging.getLogger("jianbao.sign_in")
_NO_ROLE = (
    "您已登录，但没有使用权限，请联系管理员。You are known, but may not use this server; an "
    "administrator gives roles by JIANBAO_ROLES."
)
_STILL_IN = (
    "已退出本站，单位账号可能仍处于登录状态，共用电脑请一并退出。You are signed out here and may "
    "still be signed in at your office's provider: on a shared computer sign out there too."
)
_NO_ATTEMPT = (
    "登录已超时或不是从本页开始的，请重新登录。The sign-in took too long or did not begin here; "
    "sign in again."
)


def add_oidc(app: "FastAPI", ways: SignInWays, provider: OidcProvider, records: Recording) -> None:
    """Give an application both addresses."""
    from anyio import CapacityLimiter
    from anyio.to_thread import run_sync
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse, RedirectResponse

    room, refusals = CapacityLimiter(AT_ONCE), Refusals(records)

    def page(told: str, status: int) -> HTMLResponse:
        passwords = ways.own is not None and ways.own.has_users()
        text = sign_in_html(passwords=passwords, provider=OIDC_START, told=told)
        answer = HTMLResponse(text, status, NO_STORE)
        answer.delete_cookie(ATTEMPT_COOKIE, path=OIDC_START)
        return answer

    async def refused(
        request: Request, told: str, why: str, status: int, who: str = ""
    ) -> Response:
        actor = Actor(who, actor_behind(request.scope).origin)
        LOG.warning("sign-in failed", extra={"user": who or None, "address": actor.origin,
                                             "why": why})  # fmt: skip
        await run_sync(refusals.record, actor, Deed.SIGN_IN_FAILED, "", f"oidc: {why}"[:200])
        return page(told, status)

    @app.get(OIDC_START)
    async def leave(request: Request) -> Response:
        try:
            async with room:
                address, attempt = await provider.begin(_back(request))
        except WorkError as error:
            return page(str(error), 502)
        answer = RedirectResponse(address, 303, NO_STORE)
        wanted = own_path(request.query_params.get(NEXT, ""))
        answer.set_cookie(
            ATTEMPT_COOKIE, _written(attempt, wanted), max_age=ATTEMPT_SECONDS, path=OIDC_START,
            httponly=True, samesite="lax", secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    @app.get(OIDC_DONE)
    async def come_back(request: Request) -> Response:
        begun = _read(request.cookies.get(ATTEMPT_COOKIE, ""))
        if begun is None:
            return await refused(request, _NO_ATTEMPT, "no attempt of this browser", 401)
        attempt, wanted = begun
        try:
            async with room:
                sent = dict(request.query_params)
                one = await provider.finish(attempt, _back(request), sent)
        except CallError as error:
            return await refused(request, str(error), str(error), 401)
        except WorkError as error:
            return await refused(request, str(error), "the provider does not answer", 502)
        user = f"{OIDC_PREFIX}{one.name}"
        secret = await run_sync(ways.start_elsewhere, provider, one)
        if secret is None:
            return await refused(request, _NO_ROLE, "no role", 403, user)
        LOG.info("signed in", extra={"user": user})
        actor = Actor(user, actor_behind(request.scope).origin)
        await run_sync(records.record, actor, Deed.SIGNED_IN, "", "oidc")
        await run_sync(ways.sessions.end, request.cookies.get(SESSION_COOKIE, ""))
        answer = enter(request, secret, wanted)
        answer.delete_cookie(ATTEMPT_COOKIE, path=OIDC_START)
        if len(one.token) <= MAX_TOKEN:
            answer.set_cookie(
                TOKEN_COOKIE, one.token, max_age=SESSION_SECONDS, path=LOGOUT, httponly=True,
                samesite="strict", secure=request.url.scheme == "https",
            )  # fmt: skip
        return answer


async def leave_elsewhere(
    request: "Request", ways: SignInWays, provider: OidcProvider
) -> "Response":
    """The response to a browser that is signed out here: on to the provider, to be signed out there
    too, or the page at the door, which says where that cannot be.
    """
    from fastapi.responses import HTMLResponse, RedirectResponse

    door = str(request.url.replace(path=LOGIN, query="", fragment=""))
    try:
        out = await provider.way_out(door, request.cookies.get(TOKEN_COOKIE, ""))
    except WorkError:  # which the log has
        out = None
    if out is None:
        passwords = ways.own is not None and ways.own.has_users()
        text = sign_in_html(passwords=passwords, provider=OIDC_START, told=_STILL_IN)
        answer: Response = HTMLResponse(text, headers=NO_STORE)
    else:
        answer = RedirectResponse(out, 303, NO_STORE)
    answer.delete_cookie(TOKEN_COOKIE, path=LOGOUT)
    return answer


def _back(request: "Request") -> str:
    """Where the provider sends the browser, as it must be registered there."""
    return str(request.url.replace(path=OIDC_DONE, query="", fragment=""))


def _written(attempt: OidcAttempt, wanted: str) -> str:
    """An attempt as its browser keeps it: nothing in it is of use to anybody else."""
    told = [attempt.state, attempt.nonce, attempt.verifier, wanted]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


def _read(kept: str) -> tuple[OidcAttempt, str] | None:
    """The attempt that a browser keeps and where it leads, None where it is none."""
    try:
        state, nonce, verifier, wanted = json.loads(base64.urlsafe_b64decode(kept.encode("ascii")))
    except (ValueError, TypeError):
        return None
    if not all(isinstance(one, str) and one for one in (state, nonce, verifier, wanted)):
        return None
    return OidcAttempt(state, nonce, verifier), own_path(wanted)
