"""The cookie by which a browser is known after a sign-in."""

from typing import TYPE_CHECKING

from ui.server.own_paths import own_path
from ui.store.sessions import SESSION_SECONDS

if TYPE_CHECKING:
    from fastapi import Request, Response

SESSION_COOKIE = "jianbao_session"


def enter(request: "Request", secret: str, wanted: str) -> "Response":
    """The response that lets a browser in by a session's secret, on to a path of this server."""
    from fastapi.responses import RedirectResponse

    answer = RedirectResponse(own_path(wanted), 303)
    answer.set_cookie(
        SESSION_COOKIE, secret, max_age=SESSION_SECONDS, httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer
