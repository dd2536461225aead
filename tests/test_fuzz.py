"""Anything at all, sent where strangers may send: the answer is an answer or one line of words."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from doubles import WordEncoder, word_chain
from fuzz import SEEDS, packed, seeds
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from web_server import served

from corpus.errors import BulletinError, CallError
from corpus.parse import parse
from index.library import Library
from rag.chain import Request
from rag.query.question import MAX_QUESTION_CHARS, Turn
from rag.settings import shipped_bulletins
from ui.page.chat_page import build_page
from ui.server.server import application
from ui.store.conversations import Conversations
from ui.store.page_database import Store

# A few here; more with --hypothesis-seed=random, and `make fuzz` for hours.
few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
ODD = "\0\ud800\u202e\u200b\ufeff\U0001f9d3\"'*^:()[]{}%_\\-;" + "养老机构多少个年 \n"
QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.text(ODD, max_size=60),
    st.characters().flatmap(lambda c: st.integers(1, MAX_QUESTION_CHARS * 2).map(lambda n: c * n)),
    st.sampled_from(["三门峡建成了多少个老年助餐场所", "How many dining points?"]).flatmap(
        lambda asked: st.text(ODD, max_size=9).map(lambda odd: asked[:5] + odd + asked[5:])
    ),
)
ROLES = st.sampled_from(["user", "assistant"])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(ODD, max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["role", "content", "path", "data"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("target", SEEDS)
def test_a_broken_file_is_a_bulletin_or_an_error(target: str, tmp_path: Path) -> None:
    """Bytes of each kind of file, cut out, put in, doubled and overwritten, read by its parser."""
    seeds(target, tmp_path / "seeds")
    files = [path.read_bytes() for path in sorted((tmp_path / "seeds").iterdir())]
    change = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12))

    @settings(few, max_examples=15)
    @given(st.sampled_from(files), st.lists(change, max_size=8))
    def read(data: bytes, changes: list[tuple[float, int, bytes]]) -> None:
        for place, gone, put in changes:
            start = int(place * len(data))
            data = data[:start] + put + data[start + gone :]
        whole = packed(data) if target == "docx-xml" else data
        try:
            bulletin = parse(whole, f"a.{target.removesuffix('-xml')}")
        except BulletinError:
            return
        assert bulletin.units

    read()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped bulletins, found by a model that costs no time."""
    library = Library(tmp_path_factory.mktemp("fuzz"), WordEncoder())
    library.sync(shipped_bulletins())
    yield library
    library.close()


@given(
    QUESTIONS, st.lists(st.tuples(st.sampled_from(["user", "assistant"]), QUESTIONS), max_size=4)
)
@example("\ud800", [])
@example("0" * MAX_QUESTION_CHARS, [("user", "几" * 5000), ("assistant", "")])
@few
def test_any_question_is_answered_refused_or_off(
    library: Library, question: str, history: list[tuple[str, str]]
) -> None:
    """After any conversation; what was answered can be sent as JSON in UTF-8."""
    turns = tuple(Turn(role=role, content=content) for role, content in history)  # type: ignore[typeddict-item]
    try:
        answer = word_chain(library).invoke(Request(question, turns))
    except CallError:
        return
    json.dumps(answer.as_dict(), ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def client(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A program that speaks to the page's server."""
    store = Store(tmp_path_factory.mktemp("store") / "c.sqlite")
    page = build_page(library, word_chain(library), store)
    with served(application(page, Conversations(store))) as url:
        yield httpx.Client(base_url=url, trust_env=False, timeout=60)


def called(client: httpx.Client, name: str, arguments: list[Any]) -> str | None:
    """What an endpoint told of these arguments: None where the request itself was refused."""
    body = json.dumps({"data": arguments})
    kind = {"content-type": "application/json"}
    sent = client.post(f"/gradio_api/call/{name}", content=body.encode(), headers=kind)
    assert sent.status_code < 500
    if sent.status_code != 200:
        return None
    return client.get(f"/gradio_api/call/{name}/{sent.json()['event_id']}").text


NOT_SAID = "event: error\ndata: null"  # what Gradio tells of an error that is no word of ours


def mostly(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What belongs there, so that the code behind is reached; seldom anything else."""
    return st.integers(0, 9).flatmap(lambda chance: right if chance else JSON)


MANY = mostly(st.none() | st.lists(st.text(ODD, max_size=4) | st.just("三门峡"), max_size=2))
DATE = mostly(st.none() | st.sampled_from(["2024", "2025-13", "0000", "２０２４-1"]) | st.text(ODD))
TURN = st.fixed_dictionaries({"role": ROLES | st.text(ODD), "content": QUESTIONS})


@given(
    mostly(QUESTIONS),
    mostly(st.none() | st.integers() | st.integers(1, 9)),
    mostly(st.none() | st.lists(TURN, max_size=3)),
    st.tuples(MANY, MANY, DATE, DATE),
    MANY,
)
@example("三门峡建成了多少个老年助餐场所", 5, [{"role": "user"}], (None,) * 4, None)
@example(5, 5, None, (None,) * 4, None)
@example("养老", 10**30, [5], (None,) * 4, None)
@few
def test_the_endpoints_take_any_json(
    client: httpx.Client, question: Any, k: Any, history: Any, bounds: tuple[Any, ...], kinds: Any
) -> None:
    """Of any type in any place: an answer, or an error in words, never one that says nothing."""
    for name, arguments in (("retrieve", [question, k, *bounds, kinds]),
                            ("ask", [question, history, *bounds])):  # fmt: skip
        told = called(client, name, arguments)
        assert told is None or (told.startswith("event: ") and NOT_SAID not in told)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
@example(b"Infinity")
@example(b"[NaN, -1e999]")
@few
def test_the_endpoints_take_any_body(client: httpx.Client, body: bytes) -> None:
    """What is no request is refused as one, and stops nothing."""
    kind = {"content-type": "application/json"}
    for path in ("call/ask", "queue/join", "component_server", "cancel"):
        sent = client.post(f"/gradio_api/{path}", content=body, headers=kind)
        assert sent.status_code < 500
