"""The endpoints for programs."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from ports import free_port

from page.window import POINTS, QUESTION, served


def test_a_program_retrieves_and_asks(address: str) -> None:
    """The endpoints take what `rag.retrieve` and `rag.ask` take, and give what --json prints."""
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(address, verbose=False, analytics_enabled=False)
    hits = client.predict(QUESTION, 2, places=["三门峡"], api_name="/retrieve")
    first, _ = hits
    assert first["paragraph"] == 9
    history = [{"role": "user", "content": POINTS}]
    answer = client.predict("那漯河呢", history, api_name="/ask")
    assert "155个" in answer["answer"]
    assert answer["citations"][0]["bulletin"] == "henan-052-luohe"
    with pytest.raises(AppError, match="no place named"):
        client.predict(QUESTION, places=["亚特兰蒂斯"], api_name="/retrieve")


def test_a_program_asks_with_curl(address: str) -> None:
    """Two plain requests: one that asks and one that fetches the answer."""
    call = f"{address}/gradio_api/call/ask"
    sent = httpx.post(
        call, json={"data": [QUESTION, None, None, None, None, None]}, trust_env=False
    ).json()
    answer = httpx.get(f"{call}/{sent['event_id']}", trust_env=False, timeout=60).text
    assert "event: complete" in answer
    assert json.loads(answer.split("data: ", 1)[1])[0]["refused"] is False


def test_only_these_endpoints_are_public(address: str) -> None:
    """What the page does for its visitor is no endpoint for programs."""
    info = httpx.get(f"{address}/gradio_api/info", trust_env=False).json()
    assert set(info["named_endpoints"]) == {"/retrieve", "/ask"}
    assert info["unnamed_endpoints"] == {}


def test_a_chat_program_asks_by_mcp(tmp_path: Path) -> None:
    """A real client lists the two tools, asks, retrieves, and reads what is wrong with a call."""
    with served(tmp_path, free_port(), "--mcp") as url:
        # in a thread of its own: the browser of the other tests keeps this one's event loop
        with ThreadPoolExecutor(1) as apart:
            names, answer, hits, refused = apart.submit(anyio.run, by_mcp, f"{url}/mcp").result()
        assert names == ["retrieve", "ask"]
        assert "180个" in answer["answer"]
        assert hits["result"][0]["paragraph"] == 9
        assert "no place named" in refused
        foreign = httpx.post(
            f"{url}/mcp", json={}, headers={"Host": "example.com"}, trust_env=False
        )
        assert foreign.status_code == 400


async def by_mcp(url: str) -> tuple[list[str], Any, Any, str]:
    """Names of the tools, an answer, hits, and the error of a call that is off."""
    async with (
        streamable_http_client(url) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        names = [tool.name for tool in (await session.list_tools()).tools]
        answer = await session.call_tool("ask", {"question": QUESTION})
        hits = await session.call_tool("retrieve", {"question": QUESTION, "k": 2})
        off = await session.call_tool("retrieve", {"question": QUESTION, "places": ["亚特兰蒂斯"]})
        assert off.isError
        return names, answer.structuredContent, hits.structuredContent, str(off.content)
