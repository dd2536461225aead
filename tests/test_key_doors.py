"""A program gets in by its key, at the doors for programs, and no further than its role may."""

import json
import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import openai
import pytest
from doubles import library_of
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from web_server import own_users, served

from index.library import Library
from rag.chain import answer_chain
from ui.page.chat_page import build_page
from ui.server.accounts import add_user
from ui.server.mcp_server import mcp_server
from ui.server.programs import Programs
from ui.server.rate import RateLimit
from ui.server.server import application
from ui.server.uploads import FOLDER, private_folder
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.conversations import Conversations
from ui.store.page_database import Store
from ui.store.roles import AccessRole

QUESTION = "开封市建成了多少个老年食堂"
DOORS = ("/v1/models", "/docs", "/openapi.json", "/gradio_api/info")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with private uploads."""
    home = tmp_path_factory.mktemp("keys")
    before = os.environ.get(FOLDER)
    private_folder(home)
    yield home
    os.environ.pop(FOLDER)
    if before is not None:
        os.environ[FOLDER] = before


@pytest.fixture(scope="module")
def keys(home: Path) -> ApiKeys:
    return ApiKeys(home / KEYS)


@pytest.fixture(scope="module")
def library(home: Path) -> Iterator[Library]:
    with library_of(home, kaifeng=("开封市", "全市建成老年食堂52个，惠及老人3万人。")) as library:
        yield library


@pytest.fixture(scope="module")
def address(home: Path, library: Library, keys: ApiKeys) -> Iterator[str]:
    """A server where people sign in."""
    add_user(home / "users.json", "li", "简报 correct horse")
    store, chain = Store(home / "conversations.sqlite"), answer_chain(library, None)
    app = application(
        build_page(library, chain, store), Conversations(store),
        sign_in=own_users(home / "users.json"), mcp=mcp_server(library, chain),
        rate=RateLimit(60), programs=Programs(library, chain), keys=keys,
    )  # fmt: skip
    with served(app) as url:
        yield url


@pytest.fixture(scope="module")
def reader(keys: ApiKeys) -> str:
    return keys.add("reader")


@pytest.fixture(scope="module")
def editor(keys: ApiKeys) -> str:
    return keys.add("editor", AccessRole.EDITOR)


def by(key: str, url: str) -> httpx.Client:
    """A program with a key."""
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60)


def test_a_good_key_opens_every_door_for_programs(address: str, reader: str) -> None:
    """Without a cookie and without a session."""
    client = by(reader, address)
    assert [client.get(door).status_code for door in DOORS] == [200] * len(DOORS)
    body = {"knowledge_id": "jianbao", "query": QUESTION, "retrieval_setting": {"top_k": 1}}
    assert "52个" in client.post("/retrieval", json=body).json()["records"][0]["content"]
    asked = client.post("/gradio_api/call/ask", json={"data": [QUESTION, *[None] * 5]})
    told = client.get(f"/gradio_api/call/ask/{asked.json()['event_id']}").text
    assert "52个" in json.loads(told.split("data: ", 1)[1])[0]["answer"]


def test_openais_client_asks_by_its_key(address: str, reader: str) -> None:
    """As it would at OpenAI; with a wrong one it raises what it raises there."""
    asked: Any = [{"role": "user", "content": QUESTION}]
    client = openai.OpenAI(base_url=f"{address}/v1", api_key=reader, max_retries=0)
    done = client.chat.completions.create(model="jianbao", messages=asked)
    assert "52个" in (done.choices[0].message.content or "")
    client = openai.OpenAI(base_url=f"{address}/v1", api_key=reader[:-1] + "?", max_retries=0)
    with pytest.raises(openai.AuthenticationError) as raised:
        client.models.list()
    assert raised.value.code == "invalid_api_key"


def test_gradios_client_asks_by_its_key(address: str, reader: str) -> None:
    """The endpoints retrieve and ask, as on an open server."""
    from gradio_client import Client

    headers = {"Authorization": f"Bearer {reader}"}
    client = Client(address, headers=headers, verbose=False, analytics_enabled=False)
    assert "52个" in client.predict(QUESTION, api_name="/ask")["answer"]


def test_a_chat_program_uses_mcp_by_its_key(address: str, reader: str) -> None:
    """A real client over HTTP; without the key it does not even begin."""
    # in a thread of its own: a browser of other tests may keep this one's event loop
    with ThreadPoolExecutor(1) as apart:
        answer = apart.submit(anyio.run, by_mcp, f"{address}/mcp", reader).result()
    assert "52个" in answer["answer"]
    assert httpx.post(f"{address}/mcp", json={}, trust_env=False).status_code == 401


async def by_mcp(url: str, key: str) -> Any:
    """An answer over MCP."""
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        httpx.AsyncClient(headers=headers, trust_env=False, timeout=60) as client,
        streamable_http_client(url, http_client=client) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        return (await session.call_tool("ask", {"question": QUESTION})).structuredContent


@pytest.mark.parametrize("door", DOORS)
def test_no_key_and_a_wrong_key_open_nothing(address: str, reader: str, door: str) -> None:
    """Neither another secret, nor the id alone, nor a password in the header."""
    for header in (None, "Bearer", "Bearer x", f"Bearer {reader[:16]}", f"Bearer {reader}x",
                   f"Basic {reader}", reader):  # fmt: skip
        headers = {"Authorization": header} if header else {}
        assert httpx.get(address + door, headers=headers, trust_env=False).status_code == 401


def test_an_expired_key_and_a_revoked_one_open_nothing(
    address: str, keys: ApiKeys, home: Path
) -> None:
    """At once, while the server runs; who holds the secret is told which it is."""
    ago = datetime.now(UTC) - timedelta(days=100)
    expired = ApiKeys(home / KEYS, lambda: ago).add("expired", days=90)
    revoked = keys.add("revoked")
    assert by(revoked, address).get("/v1/models").status_code == 200
    keys.revoke("revoked")
    for key, word in ((expired, "expired"), (revoked, "revoked")):
        told = by(key, address).get("/v1/models")
        assert told.status_code == 401
        assert word in told.json()["error"]["message"]


def test_dify_is_told_in_its_own_codes(address: str, reader: str) -> None:
    """1001 without a header of the right form, 1002 for a wrong key, both with 403."""
    body = {"knowledge_id": "jianbao", "query": QUESTION, "retrieval_setting": {"top_k": 1}}
    for header, code in (({}, 1001), ({"Authorization": reader}, 1001),
                         ({"Authorization": f"Bearer {reader}x"}, 1002)):  # fmt: skip
        told = httpx.post(f"{address}/retrieval", json=body, headers=header, trust_env=False)
        assert (told.status_code, told.json()["error_code"]) == (403, code)


def test_a_key_opens_nothing_else(address: str, reader: str, editor: str) -> None:
    """Neither the page, nor an export, nor what the server's own people read."""
    for key in (reader, editor):
        for path in ("/", "/export/x.txt", "/login/", "/v10"):
            assert by(key, address).get(path).status_code in (403, 404)


def events(client: httpx.Client, target: str) -> int:
    """The number of the page's event that listens to an element."""
    config = client.get("/config").json()
    ids = [c["id"] for c in config["components"] if c["props"].get("elem_id") == target]
    return int(
        next(d["id"] for d in config["dependencies"] if any(t[0] in ids for t in d["targets"]))
    )


def test_a_reader_does_not_change_the_library(
    address: str, reader: str, editor: str, library: Library
) -> None:
    """The page adds by an event of its own: a reader's key calls none, by whatever way its number
    is sent, and uploads nothing; an editor's does both.
    """
    client = by(reader, address)
    number = events(client, "jb-files")
    file = {"path": "x.txt", "orig_name": "x.txt", "meta": {"_type": "gradio.FileData"}}
    body = {"data": [[file]], "session_hash": "a"}
    tried = [
        client.post("/gradio_api/upload", files={"files": ("x.txt", b"x")}),
        client.post("/gradio_api/queue/join", json={**body, "fn_index": number}),
        client.post("/gradio_api/queue/join", json={**body, "fn_index": str(number)}),
        client.post("/gradio_api/queue/join", json=body),
        client.post("/gradio_api/call/ask", json={**body, "fn_index": number}),
        client.post("/gradio_api/run/predict", json={**body, "fn_index": number}),
        client.post("/gradio_api/api/ask", json={**body, "fn_index": number}),
    ]
    # a path that is no upload is refused before the key's role is asked after
    assert [one.status_code for one in tried] == [403] * len(tried)
    own = by(editor, address)
    text = "新乡市：扎实推进养老服务\n新乡市人大常委会高度重视养老服务工作。\n全市培训640人次。\n"
    sent = own.post("/gradio_api/upload", files={"files": ("xinxiang.txt", text.encode())})
    (path,) = sent.json()
    for who, status in ((client, 403), (own, 200)):
        whole = {"data": [[{**file, "path": path, "orig_name": "xinxiang.txt"}], None],
                 "fn_index": number, "session_hash": f"by {status}"}  # fmt: skip
        assert who.post("/gradio_api/queue/join", json=whole).status_code == status
    with own.stream("GET", "/gradio_api/queue/data", params={"session_hash": "by 200"}) as lines:
        next(line for line in lines.iter_lines() if "process_completed" in line)
    assert "xinxiang" in [entry.id for entry in library.entries()]
    library.remove("xinxiang")


def test_a_desktop_program_names_an_origin_of_its_own(address: str, reader: str) -> None:
    """It is made of a browser; its key says that no page of another site has sent it. Whoever has
    none is refused, and no page gets a leave to send one.
    """
    for origin in ("null", "file://", "http://localhost:5173"):
        headers = {"Origin": origin}
        client = by(reader, address)
        assert client.get("/v1/models", headers=headers).status_code == 200
        assert httpx.get(f"{address}/v1/models", headers=headers,
                         trust_env=False).status_code == 403  # fmt: skip
        leave = {**headers, "Access-Control-Request-Method": "POST",
                 "Access-Control-Request-Headers": "authorization"}  # fmt: skip
        asked = httpx.options(f"{address}/v1/chat/completions", headers=leave, trust_env=False)
        assert asked.status_code == 403
        assert "access-control-allow-origin" not in asked.headers


def test_a_key_is_named_in_the_log(
    address: str, reader: str, keys: ApiKeys, caplog: pytest.LogCaptureFixture
) -> None:
    """With what it asked for; one that is refused too, and no secret ever."""
    revoked = keys.add("gone")
    keys.revoke("gone")
    with caplog.at_level(logging.INFO, "jianbao.keys"):
        by(reader, address).get("/v1/models")
        by(revoked, address).get("/v1/models")
    told = [(r.getMessage(), vars(r)["key"], vars(r).get("why")) for r in caplog.records]
    assert ("by key", "reader", None) in told
    assert ("key refused", "gone", "revoked") in told
    assert not any(secret[16:] in str(vars(r)) for r in caplog.records
                   for secret in (reader, revoked))  # fmt: skip


def test_a_key_asks_so_often_and_no_more(address: str, keys: ApiKeys) -> None:
    """As a signed-in user: ten at once, then 429 in OpenAI's form with when to come again."""
    client = by(keys.add("greedy"), address)
    body = {"model": "jianbao", "messages": [{"role": "user", "content": "你好"}]}
    tried = [client.post("/v1/chat/completions", json=body) for _ in range(14)]
    limited = [one for one in tried if one.status_code == 429]
    assert limited
    assert limited[0].json()["error"]["code"] == "rate_limit_exceeded"
    assert int(limited[0].headers["retry-after"]) >= 1
    other = by(keys.add("modest"), address)
    assert other.post("/v1/chat/completions", json=body).status_code == 200
