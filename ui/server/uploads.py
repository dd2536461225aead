"""Files that come in: into a folder of their own, and never out again by this way."""

import json
import os
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.program_doors import QUESTION_PATHS

FOLDER = "GRADIO_TEMP_DIR"  # the setting of Gradio that says where it keeps uploads
SENT = "jianbao.sent"  # key of the request's scope: its JSON body, None where it is no JSON
MAX_UPLOAD_MB = 50  # a bulletin of a hundred scanned pages; whoever sends more is told so
MAX_BODY = 16 * 2**20  # bytes of a request but for uploads: the page sends its messages along
# Gradio's addresses that hand out, keep or change files and fetch from other hosts; the page uses
# none of them.
_CLOSED = (
    "/file", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/stream", "/gradio_api/deep_link",
    "/gradio_api/process_recording", "/gradio_api/vibe", "/gradio_api/dev",
)  # fmt: skip
_UPLOAD = "/gradio_api/upload"
TOO_LARGE = (
    f"文件超过{MAX_UPLOAD_MB} MB，请拆分后再添加。"
    f"A file is larger than {MAX_UPLOAD_MB} MB; split it.\n"
)


def private_folder(home: Path) -> None:
    """Let Gradio keep uploads in the data directory, where the server's user alone can look;
    before the page is built.
    """
    folder = home / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    os.environ[FOLDER] = str(folder)  # the one way to tell Gradio


class Uploads:
    """ASGI middleware: a request may name no file but uploaded ones.

    Gradio otherwise takes any path of this machine, or an address that it fetches, for an upload
    where the page is mounted in an application.
    """

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        """`folder` is where uploads are kept."""
        self._app = app
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        from starlette.responses import PlainTextResponse

        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"].startswith(_CLOSED):
            await PlainTextResponse("there is nothing here\n", 404)(scope, receive, send)
        elif scope["method"] == "POST" and scope["path"].rstrip("/") == _UPLOAD:
            await self._app(scope, receive, _in_words(scope, receive, send))
        elif scope["method"] != "POST":
            await self._app(scope, receive, send)
        elif (body := await _body(receive)) is None:
            told = PlainTextResponse(f"more than {MAX_BODY:,} bytes; ask for less\n", 413)
            await told(scope, receive, send)
        else:
            sent, body = _parsed(body)
            if scope["path"] in QUESTION_PATHS or all(map(self._is_upload, _paths(sent))):
                await self._app({**scope, SENT: sent}, _again(body, receive), send)
                return
            told = PlainTextResponse("only uploaded files can be named; upload the file\n", 403)
            await told(scope, receive, send)

    def _is_upload(self, path: object) -> bool:
        try:
            return Path(str(path)).resolve().is_relative_to(self._folder)
        except (OSError, ValueError):  # too long, or with a NUL
            return False


def _in_words(scope: Scope, receive: Receive, send: Send) -> Send:
    """Say in both languages what Gradio says in English: a file is too large."""
    from starlette.responses import PlainTextResponse

    refused = False

    async def send_in_words(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and message["status"] == 413:
            refused = True
            await PlainTextResponse(TOO_LARGE, 413)(scope, receive, send)
        elif not refused:
            await send(message)

    return send_in_words


def _parsed(body: bytes) -> tuple[Any, bytes]:
    """A body's JSON, and the same written anew for the application: what was looked at is what it
    gets, with question marks for halves of surrogate pairs, which no response could repeat. None
    and the body itself where it is no JSON, which the application tells.
    """
    try:
        sent = json.loads(body, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        return None, body
    return sent, json.dumps(sent, ensure_ascii=False).encode("utf-8", "replace")


def _finite(number: str) -> float | None:
    """A number as it stands in the body; null for one that no response could repeat."""
    value = float(number)
    return value if isfinite(value) else None


def _paths(sent: Any) -> Iterator[object]:
    """What stands under "path" anywhere in a JSON value."""
    waiting = [sent]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("path") is not None:
                yield one["path"]
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


async def _body(receive: Receive) -> bytes | None:
    """The body of a request, None where it is longer than MAX_BODY."""
    parts: list[bytes] = []
    more, size = True, 0
    while more:
        message = await receive()
        if message["type"] != "http.request":  # gone: what came will not do
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read once more."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return waiting.pop() if waiting else await receive()

    return read
