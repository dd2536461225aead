"""Questions put on record, where a setting asks for it: of all doors in one place."""

from collections.abc import Sequence
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.admission import ASKER
from ui.server.owner import actor_behind
from ui.server.uploads import SENT
from ui.store.audit import Deed, Recording


class AskedQuestions:
    """ASGI middleware inside Admission, which tells what is a question: those let in are kept."""

    def __init__(self, app: ASGIApp, audit: Recording) -> None:
        self._app = app
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        from anyio.to_thread import run_sync

        if ASKER in scope:
            actor, text = actor_behind(scope), question_in(scope.get(SENT))
            await run_sync(self._audit.record, actor, Deed.ASKED, scope["path"], text)
        await self._app(scope, receive, send)


def question_in(sent: object) -> str:
    """The question in the body of a request: Dify's `query`, the last of OpenAI's `messages`, the
    `question` of an MCP tool, the first of Gradio's `data`; "" where there is none.

    >>> question_in({"messages": [{"role": "user", "content": "多少"}]}), question_in({"data": []})
    ('多少', '')
    """
    if not isinstance(sent, dict):
        return ""
    said = _first(sent.get("messages"), -1)
    told = said.get("content") if isinstance(said, dict) else None
    text = sent.get("query") or told or _of_tool(sent.get("params")) or _first(sent.get("data"), 0)
    if isinstance(text, Sequence) and not isinstance(text, str):  # parts of a content
        text = " ".join(str(part.get("text", "")) for part in text if isinstance(part, dict))
    return text if isinstance(text, str) else ""


def _first(listed: object, at: int) -> Any:
    return listed[at] if isinstance(listed, list) and listed else None


def _of_tool(params: object) -> object:
    arguments = params.get("arguments") if isinstance(params, dict) else None
    return arguments.get("question") if isinstance(arguments, dict) else None
