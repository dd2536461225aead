"""An open page is its browser's own: who learns its number can neither listen nor speak there."""

from threading import Lock
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.owner import owner_behind
from ui.server.uploads import SENT

MAX_PAGES = 10_000  # the oldest go first
_KEY = "session_hash"  # Gradio's name for the number that a page gives itself
_BEAT = "/gradio_api/heartbeat/"


class PageSessions:
    """ASGI middleware inside Uploads and BrowserCookie: the first owner who names a page has it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners: dict[str, str] = {}
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        named = _pages(scope) if scope["type"] == "http" else set()
        if not named or self._owns(owner_behind(scope), named):
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse

        told = PlainTextResponse("this page is open elsewhere; load it anew 请刷新页面\n", 403)
        await told(scope, receive, send)

    def _owns(self, owner: str, pages: set[str]) -> bool:
        with self._lock:
            if any(self._owners.get(page, owner) != owner for page in pages):
                return False
            self._owners.update(dict.fromkeys(pages, owner))
            while len(self._owners) > MAX_PAGES:
                self._owners.pop(next(iter(self._owners)))
        return True


def _pages(scope: Scope) -> set[str]:
    """The pages that a request names: in its query, its path or its body."""
    named: set[object] = set(parse_qs(scope["query_string"].decode("latin-1")).get(_KEY, ()))
    if scope["path"].startswith(_BEAT):
        named.add(scope["path"].removeprefix(_BEAT).strip("/"))
    sent = scope.get(SENT)
    if isinstance(sent, dict):
        named.add(sent.get(_KEY))
    return {page for page in named if isinstance(page, str) and page}
