"""What the page's HTML begins with: a script that has to run before Gradio's own do.

What Gradio takes as a head is put in by its scripts, when they have asked the browser already which
language and colours it wants.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEAD = b"<head>"
_HTML = b"text/html"


class PageHead:
    """ASGI middleware that puts a script first into the head of the page at /."""

    def __init__(self, app: ASGIApp, script: str) -> None:
        self._app = app
        self._first = f"<head><script>{script}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = bytearray()

        async def gather(message: Message) -> None:
            """Hold the page back until it is whole: its length changes."""
            nonlocal start
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is None or message["type"] != "http.response.body":
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    whole = bytes(body).replace(_HEAD, self._first, 1)
                    await send(_with_length(start, len(whole)))
                    await send({**message, "body": whole})

        await self._app(scope, receive, gather)


def _is_html(message: Message) -> bool:
    headers = dict(message.get("headers", ()))
    return (
        headers.get(b"content-type", b"").startswith(_HTML) and b"content-encoding" not in headers
    )


def _with_length(message: Message, length: int) -> Message:
    kept = [
        (name, value) for name, value in message["headers"] if name.lower() != b"content-length"
    ]
    return {**message, "headers": [*kept, (b"content-length", str(length).encode())]}
