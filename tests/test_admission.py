"""Who may ask now, over real HTTP: a full queue, a greedy asker and a hasty user are told so."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from doubles import library_of, word_chain
from llm_server import Script, llm_server
from web_server import own_users, served

from index.library import Library
from rag.settings import read_settings
from rag.writing.chat_model import chat_model
from ui.page.chat_page import build_page
from ui.server import admission
from ui.server.accounts import add_user
from ui.server.mcp_server import mcp_server
from ui.server.rate import RateLimit
from ui.server.server import application
from ui.store.conversations import Conversations
from ui.store.page_database import Store

PASSWORD = "简报 correct horse"
QUESTION = "开封市建成了多少个老年食堂"
CALL = "/gradio_api/call/ask"
BODY = {"data": [QUESTION, None, None, None, None, None]}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of one bulletin."""
    with library_of(
        tmp_path_factory.mktemp("library"),
        kaifeng=("开封市", "全市建成老年食堂52个，惠及老人3万人。"),
    ) as library:
        yield library


@pytest.fixture
def slow(library: Library, tmp_path: Path) -> Iterator[tuple[str, Script]]:
    """A server whose chat model says nothing before its script is released."""
    with llm_server() as (model, script):
        script.silent = True
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": model})
        store = Store(tmp_path / "conversations.sqlite")
        chain = word_chain(library, chat_model(settings))
        page, tools = build_page(library, chain, store), mcp_server(library, chain, "127.0.0.1")
        with served(application(page, Conversations(store), mcp=tools)) as url:
            yield url, script
            script.release()


@pytest.fixture
def guarded(library: Library, tmp_path: Path) -> Iterator[str]:
    """A server with sign-in where a user may ask six times a minute: one question at once."""
    for name in ("li", "han"):
        add_user(tmp_path / "users.json", name, PASSWORD)
    store = Store(tmp_path / "conversations.sqlite")
    page = build_page(library, word_chain(library), store)
    sign_in = own_users(tmp_path / "users.json")
    app = application(page, Conversations(store), sign_in=sign_in, rate=RateLimit(6))
    with served(app) as url:
        yield url


def browser(url: str, name: str = "") -> httpx.Client:
    """A browser with a cookie of its own, whose user has signed in if named."""
    client = httpx.Client(base_url=url, trust_env=False, timeout=30)
    client.get("/")
    if name:
        client.post("/login", data={"name": name, "password": PASSWORD})
    return client


def on_the_page(client: httpx.Client, session: str) -> httpx.Response:
    """A question as the page sends it."""
    config = client.get("/config").json()
    (box,) = [c["id"] for c in config["components"] if c["props"].get("elem_id") == "jb-question"]
    number = next(d["id"] for d in config["dependencies"] if [box, "submit"] in d["targets"])
    body = {"data": [QUESTION, "", "", [], [], "", ""], "fn_index": number}
    return client.post("/gradio_api/queue/join", json={**body, "session_hash": session})


def told(response: httpx.Response) -> str:
    """The sentence of a question that is turned away; the page shows what stands there."""
    assert response.status_code == 429
    assert int(response.headers["retry-after"]) > 0
    sentence: str = response.json()["detail"]
    return sentence


def answer(client: httpx.Client) -> dict[str, Any]:
    """The answer to a question that is not turned away."""
    event = client.post(CALL, json=BODY).raise_for_status().json()["event_id"]
    data = client.get(f"{CALL}/{event}").text.partition("data: ")[2]
    found: dict[str, Any] = json.loads(data)[0]
    return found


def test_a_full_queue_says_so(slow: tuple[str, Script], monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs and the page get the same sentence, in Chinese and in English, and what else the
    page does goes on.
    """
    monkeypatch.setattr(admission, "MAX_QUESTIONS", 2)
    for _ in range(2):
        assert browser(slow[0]).post(CALL, json=BODY).status_code == 200
    late = browser(slow[0])
    assert "请过20秒再问。Many people are asking" in told(late.post(CALL, json=BODY))
    assert "请过20秒再问。Many people are asking" in told(on_the_page(late, "late"))
    assert late.get("/config").status_code == 200


def test_a_greedy_asker_leaves_room_for_others(slow: tuple[str, Script]) -> None:
    """Of a hundred questions at once four are taken, whichever way they come; another browser may
    still ask.
    """
    greedy = browser(slow[0])
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(greedy.post(CALL, json=BODY).status_code))
        for _ in range(100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * admission.MAX_OPEN + [429] * (100 - admission.MAX_OPEN)
    assert "4 questions of yours" in told(on_the_page(greedy, "greedy"))
    quiet = browser(slow[0])
    assert on_the_page(quiet, "quiet").status_code == 200
    assert quiet.post(CALL, json=BODY).status_code == 200


def test_programs_without_a_cookie_share_their_address(slow: tuple[str, Script]) -> None:
    """Nobody gets more by throwing the cookie away."""
    sent = [
        httpx.post(slow[0] + CALL, json=BODY, trust_env=False).status_code
        for _ in range(admission.MAX_OPEN + 1)
    ]
    assert sent == [200] * admission.MAX_OPEN + [429]


@pytest.mark.parametrize("number", ["3", 3.0, None, [], {}])
def test_a_number_of_no_event_is_taken_for_a_question(
    slow: tuple[str, Script], number: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written as Gradio would also read it, a question is one all the same."""
    monkeypatch.setattr(admission, "MAX_QUESTIONS", 0)
    body = {"data": [], "fn_index": number, "session_hash": "odd"}
    sent = browser(slow[0]).post("/gradio_api/queue/join", json=body)
    assert sent.status_code == 429


def test_the_queue_cannot_be_gone_around(slow: tuple[str, Script]) -> None:
    """Gradio's address for calls without a queue is shut."""
    for path in ("run", "api"):
        sent = browser(slow[0]).post(f"/gradio_api/{path}/ask", json=BODY)
        assert sent.status_code == 404
        assert not slow[1].requests


def test_who_has_an_answer_may_ask_again(library: Library, tmp_path: Path) -> None:
    """Answered questions do not count, however many."""
    store = Store(tmp_path / "conversations.sqlite")
    page = build_page(library, word_chain(library), store)
    with served(application(page, Conversations(store))) as url:
        client = browser(url)
        for _ in range(3 * admission.MAX_OPEN):
            assert "52个" in answer(client)["answer"]


def test_a_chat_program_does_not_keep_others_waiting(slow: tuple[str, Script]) -> None:
    """While its questions are being answered the server serves, and only four are at once."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": QUESTION}}}  # fmt: skip
    headers = {"accept": "application/json, text/event-stream"}
    url, script = slow
    statuses: list[int] = []

    def ask() -> None:
        sent = httpx.post(f"{url}/mcp", json=call, headers=headers, trust_env=False, timeout=30)
        statuses.append(sent.status_code)

    threads = [threading.Thread(target=ask) for _ in range(admission.MAX_OPEN + 1)]
    for thread in threads:
        thread.start()
    while len(script.requests) < admission.MAX_OPEN:  # all of them wait for the model
        assert browser(url).get("/config").status_code == 200
    assert statuses in ([], [429])
    script.release()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * admission.MAX_OPEN + [429]


def test_a_hasty_user_is_told_the_seconds(guarded: str) -> None:
    """Programs and the page alike; another user is not concerned."""
    li = browser(guarded, "li")
    assert "52个" in answer(li)["answer"]
    sentence = told(li.post(CALL, json=BODY))
    assert "每分钟至多6个问题" in sentence
    assert "ask again in 10 seconds" in sentence
    assert "每分钟至多6个问题" in told(on_the_page(li, "hasty"))
    assert "52个" in answer(browser(guarded, "han"))["answer"]
    assert "每分钟至多6个问题" in told(browser(guarded, "li").post(CALL, json=BODY))
