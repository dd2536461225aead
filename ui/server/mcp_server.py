"""The same tools for chat programs that speak the Model Context Protocol: at /mcp, or over the
standard streams of a process that the program starts.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable

from corpus.errors import CallError
from index.library import Library
from index.sight import WHOLE, Sight
from rag.answering.answer import Answer
from rag.chain import Request
from rag.reading.reader import Reader
from ui.server.sights import sight_behind, with_visitor
from ui.server.tools import tools

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from mcp.server.fastmcp import FastMCP
    from starlette.applications import Starlette

AT_ONCE = 8  # answers at the same time, as on the page
INSTRUCTIONS = (
    "Bulletins of Chinese people's congresses. `ask` answers in the source's own words with "
    "citations, or refuses; `retrieve` finds paragraphs. Quote them as they are, with their "
    "bulletin and paragraph."
)


def mcp_server(
    library: Library,
    chain: Runnable[Request, Answer],
    host: str = "127.0.0.1",
    reader: Reader | None = None,
) -> "FastMCP":
    """The tools retrieve and ask; over streamable HTTP without sessions, where each caller finds
    what it may see. Who starts a process and speaks over its streams sees all.

    `host` is the address that the page's server listens on: on loopback, requests that a foreign
    web page has sent are refused by their Host header.

    :raises CallError: the extra jianbao[mcp] is not installed.
    """
    from anyio import CapacityLimiter

    try:
        from mcp.server.fastmcp import Context, FastMCP
        from mcp.server.fastmcp.exceptions import ToolError
    except ImportError as error:
        raise CallError("MCP needs the package mcp; run: pip install 'jianbao[mcp]'") from error

    server = FastMCP("jianbao", INSTRUCTIONS, host=host, stateless_http=True, json_response=True)
    room = CapacityLimiter(AT_ONCE)

    def sight_of(context: Context[Any, Any, Any]) -> Sight:
        sent = context.request_context.request
        return WHOLE if sent is None else sight_behind(sent.scope)

    for tool in tools(library, chain, lambda error: ToolError(str(error)), reader):
        server.add_tool(_aside(with_visitor(tool, Context, sight_of), room))
    return server


def _aside(tool: Callable[..., Any], room: "CapacityLimiter") -> Callable[..., Any]:
    """The tool in a thread: FastMCP calls a plain function where the whole server waits for it."""
    from anyio.to_thread import run_sync

    @wraps(tool)
    async def call(*arguments: Any, **named: Any) -> Any:
        return await run_sync(partial(tool, *arguments, **named), limiter=room)

    return call


def run_on_standard_streams(server: "FastMCP") -> None:
    """Speak the protocol on standard input and output until the input ends."""
    server.run("stdio")


def add_mcp(app: "Starlette", server: "FastMCP") -> None:
    """Give an application the address /mcp; it must run within `mcp_lifespan`."""
    app.router.routes.extend(server.streamable_http_app().routes)


def mcp_lifespan(
    server: "FastMCP",
) -> Callable[["Starlette"], AbstractAsyncContextManager[None]]:
    """What an application with this server runs within."""

    @asynccontextmanager
    async def lifespan(_: "Starlette") -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    return lifespan
