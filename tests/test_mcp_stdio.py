"""A chat program starts `jianbao mcp` and speaks with it over its standard streams."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

QUESTION = "三门峡建成了多少个老年助餐场所"


def test_a_chat_program_starts_the_tools(tmp_path: Path) -> None:
    """A real client lists them, asks, and reads what is wrong with a call."""
    with ThreadPoolExecutor(1) as apart:
        names, answer, off = apart.submit(anyio.run, asked, tmp_path).result()
    assert names == ["retrieve", "ask"]
    assert "180个" in answer["answer"]
    assert answer["citations"][0]["paragraph"] == 9
    assert "no place named" in off


async def asked(home: Path) -> tuple[list[str], Any, str]:
    """Names of the tools, an answer, and the error of a call that is off."""
    settings = {
        "JIANBAO_HOME": str(home), "JIANBAO_EMBEDDING_MODEL": "table",
    }  # fmt: skip
    started = StdioServerParameters(
        command=sys.executable, args=["-c", "from ui.cli import main; main()", "mcp"],
        env={**os.environ, **settings}, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    async with (
        stdio_client(started) as (read, write),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        names = [tool.name for tool in (await session.list_tools()).tools]
        answer = await session.call_tool("ask", {"question": QUESTION})
        off = await session.call_tool("retrieve", {"question": QUESTION, "places": ["亚特兰蒂斯"]})
        assert off.isError
        return names, answer.structuredContent, str(off.content)
