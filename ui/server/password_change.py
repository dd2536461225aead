"""Another password, asked for by its user: the old one is asked, other browsers are signed out."""

import logging
from typing import TYPE_CHECKING, Any

from corpus.errors import CallError, LibraryError
from ui.server.accounts import MAX_PASSWORD, MIN_PASSWORD, SignIn
from ui.server.origin import from_own_page
from ui.server.owner import actor_behind, cookies_of
from ui.server.rights import PASSWORD
from ui.server.session_cookie import SESSION_COOKIE, enter
from ui.server.sign_in_ways import SignInWays
from ui.store.audit import Deed, Recording
from ui.store.sessions import SignInWay
from ui.views.sign_in_view import password_html

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from fastapi import FastAPI

NO_STORE = {"Cache-Control": "no-store"}
LOG = logging.getLogger("jianbao.sign_in")
_ELSEWHERE = (
    "您的密码不在本站，请在单位的账号系统里修改。Your password is not kept here; change it where "
    "your office keeps it."
)
_WRONG = (
    "原密码不对，或尝试次数过多，请稍后再试。The old password is wrong, or there were too many "
    "tries; try again later."
)
_UNLIKE = "两次输入的新密码不一样。The new password was not the same twice."
_SAME = "新密码与原密码相同。The new password is the old one."


def add_password_change(
    app: "FastAPI", ways: SignInWays, records: Recording, at_once: "CapacityLimiter"
) -> None:
    """Give an application /password; `at_once` bounds how many passwords are hashed at a time."""
    from anyio.to_thread import run_sync
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse

    def page(told: str = "", status: int = 200, *, form: bool = True) -> HTMLResponse:
        text = password_html(MIN_PASSWORD, MAX_PASSWORD, told, form=form)
        return HTMLResponse(text, status, NO_STORE)

    def user_of(request: Request) -> tuple[SignIn, str] | None:
        """Who asks, where the password is kept here."""
        one = ways.who(cookies_of(request.scope).get(SESSION_COOKIE, ""))
        mine = one is not None and one.way is SignInWay.OWN
        return (ways.own, one.user) if mine and one is not None and ways.own is not None else None

    @app.get(PASSWORD)
    def form(request: Request) -> Response:
        return page() if user_of(request) else page(_ELSEWHERE, form=False)

    @app.post(PASSWORD)
    async def change(request: Request) -> Response:
        if not from_own_page(request.scope):
            return Response("change it on this server's own page", 403)
        if (asking := user_of(request)) is None:
            return page(_ELSEWHERE, 403, form=False)
        own, name = asking
        sent: dict[str, Any] = dict(await request.form(max_files=0, max_fields=4))
        old, new, again = (str(sent.get(field, "")) for field in ("old", "new", "again"))
        if new != again:
            return page(_UNLIKE, 400)
        actor, locked = actor_behind(request.scope), own.locked(name)
        if not await run_sync(own.check, name, old, limiter=at_once):
            LOG.warning("password refused", extra={"user": name, "address": actor.origin})
            if not locked:
                deed = Deed.LOCKED if own.locked(name) else Deed.PASSWORD_REFUSED
                await run_sync(records.record, actor, deed, name)
            return page(_WRONG, 401)
        if new == old:
            return page(_SAME, 400)
        try:
            await run_sync(own.change, name, new, limiter=at_once)
            secret = await run_sync(ways.start, name)
        except CallError as error:
            return page(str(error), 400)
        except LibraryError as error:
            LOG.error("password not set", extra={"user": name, "why": str(error)})  # noqa: TRY400
            return page(str(error), 500)
        LOG.info("password set", extra={"user": name})
        await run_sync(records.record, actor, Deed.PASSWORD_SET, name, "by the user")
        return enter(request, secret, "/")
