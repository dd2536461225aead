"""What every response tells the browser: load nothing from elsewhere, be framed by nobody."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's page has scripts and styles in its HTML and makes functions of text, so these two cannot
# be forbidden; but no script, style, font or picture of another host loads, and none is asked.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with no-referrer the page's own forms lose their origin
    "cross-origin-resource-policy": "same-origin",
}


class SafeHeaders:
    """ASGI middleware that adds HEADERS where a response has not its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""

        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                named = {name.lower() for name, _ in own}
                added = [(n.encode(), v.encode()) for n, v in HEADERS.items()]
                message = {**message, "headers": own + [x for x in added if x[0] not in named]}
            await send(message)

        await self._app(scope, receive, send_safe)
