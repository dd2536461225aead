"""The endpoints for programs."""

import json

import httpx
import pytest

from page.window import QUESTION


def test_a_program_retrieves_and_asks(address: str) -> None:
    """The endpoints take what `rag.retrieve` and `rag.ask` take, and give what --json prints."""
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(address, verbose=False, analytics_enabled=False)
    hits = client.predict(QUESTION, 2, places=["三门峡"], api_name="/retrieve")
    first, _ = hits
    assert first["paragraph"] == 9
    history = [{"role": "user", "content": QUESTION}]
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
