"""Which page sent a request: those of this server may ask, those of other sites may not."""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.program_doors import bearer_of, for_programs


def from_own_page(scope: Scope) -> bool:
    """Whether no browser says that a page of another site sent this request.

    A browser names the site of the page (Origin) with all that changes something and all that a
    script reads across sites; programs name none. A host behind a proxy must keep its name (Host).
    """
    sent: dict[bytes, bytes] = dict(scope["headers"])
    if b"origin" not in sent:
        return True
    try:
        site = urlsplit(sent[b"origin"].decode("latin-1")).netloc
    except ValueError:  # brackets without an address
        return False
    return site != "" and site.lower() == sent.get(b"host", b"").decode("latin-1").lower()


class OwnPages:
    """ASGI middleware that refuses what a page of another site sends: it could otherwise add and
    remove bulletins, or read them, with the rights of whoever looks at it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "lifespan" or from_own_page(scope) or _by_program(scope):
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse

        refused = PlainTextResponse("ask from this server's own page 请在本站页面内操作\n", 403)
        await refused(scope, receive, send)


def _by_program(scope: Scope) -> bool:
    """Whether a request shows a key at an address for programs. Desktop programs made of a browser
    name an origin of their own; a page of another site cannot send the header without a leave
    (CORS) that this server gives to none, and no cookie counts beside it.
    """
    return scope["type"] == "http" and for_programs(scope["path"]) and bearer_of(scope) is not None
