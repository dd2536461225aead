"""A chat model's sentences are shown as each is checked, and its request ends when it is left."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openai
import pytest
from doubles import WordReader, library_of, word_chain
from llm_server import Script, llm_server
from openai.types.chat import ChatCompletionMessageParam as Message
from web_server import served

from index.library import Library
from rag.chain import Request
from rag.settings import read_settings
from rag.writing.chat_model import chat_model, pieces
from ui.page.chat_page import build_page
from ui.page.talk import Talk
from ui.page.underway import Underway
from ui.server.programs import Programs
from ui.server.server import application
from ui.store.conversations import Conversations
from ui.store.page_database import Store

QUESTION = "开封市建成了多少个老年食堂"
FIRST, SECOND = "开封市建成老年食堂52个[1]。", "惠及老人3万人[1]。"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One small bulletin."""
    with library_of(
        tmp_path_factory.mktemp("streaming"),
        kaifeng=("开封市", "全市建成老年食堂52个，惠及老人3万人。"),
    ) as library:
        yield library


@contextmanager
def streaming(library: Library, tmp_path: Path) -> Iterator[tuple[openai.OpenAI, Script]]:
    """A client of a server whose chat model writes as its script says."""
    with llm_server() as (base, script):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": base})
        chain = word_chain(library, chat_model(settings))
        store = Store(tmp_path / "conversations.sqlite")
        page = build_page(library, chain, store)
        programs = Programs(library, chain, stages=True)
        with served(application(page, Conversations(store), programs=programs)) as url:
            yield openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0), script


def asked(client: openai.OpenAI) -> openai.Stream[Any]:
    """The chunks of an answer."""
    messages: list[Message] = [{"role": "user", "content": QUESTION}]
    return client.chat.completions.create(model="jianbao", messages=messages, stream=True)


def said(chunk: Any) -> str:
    """The words that a chunk brings."""
    return chunk.choices[0].delta.content or ""


def test_a_sentence_comes_before_the_next_is_written(library: Library, tmp_path: Path) -> None:
    """The stages first, then each sentence as it has passed, while the model still writes."""
    with streaming(library, tmp_path) as (client, script):
        script.pieces, script.holds = [*FIRST, *SECOND], len(FIRST) + 3
        stages, text = [], ""
        for chunk in asked(client):
            text += said(chunk)
            stages += [chunk.model_extra["stage"]] if "stage" in chunk.model_extra else []
            if text and not script.wait(0):
                assert text == "开封市建成老年食堂52个。[1]"
                script.release()
        assert stages == ["search", "read", "answer"]
        assert "惠及老人3万人。[1]" in text


def test_a_sentence_that_does_not_stand_is_never_sent(library: Library, tmp_path: Path) -> None:
    """Not even for a moment: what was sent cannot be taken back."""
    with streaming(library, tmp_path) as (client, script):
        script.pieces = [FIRST, "惠及老人9万人[1]。", SECOND]
        assert "9万" not in "".join(map(said, asked(client)))


@pytest.mark.parametrize("pieces_told", [0, len(FIRST) + 3], ids=["silent", "in mid-sentence"])
def test_who_leaves_a_stream_ends_the_models_request(
    library: Library, tmp_path: Path, pieces_told: int
) -> None:
    """Whether a sentence has come or none yet, and though the model says nothing more."""
    with streaming(library, tmp_path) as (client, script):
        script.pieces, script.holds = [*FIRST, *SECOND], pieces_told
        with asked(client) as chunks:
            for chunk in chunks:
                if said(chunk) or not pieces_told:
                    break
            while not script.requests:
                next(chunks)
        assert script.was_left()


def test_who_stops_an_answer_on_the_page_ends_the_models_request(
    library: Library, tmp_path: Path
) -> None:
    """The page has shown the first sentence while the next was written; it is kept as it was."""
    with llm_server() as (base, script):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": base})
        script.pieces, script.holds = [*FIRST, *SECOND], len(FIRST) + 3
        kept = Conversations(Store(tmp_path / "conversations.sqlite"))
        chain = word_chain(library, chat_model(settings))
        talk = Talk(library, chain, kept, WordReader(), Underway(1))
        shown_growing = False
        for shown in talk.asked("me", None, QUESTION):
            if "jb-running" in shown.now and "52个" in shown.now:
                shown_growing = True
                assert not script.was_left(0)
                talk.stop("me", shown.conversation or "")
        assert shown_growing
        assert script.was_left()
        (exchange,) = kept.exchanges("me", shown.conversation or "")
        assert exchange.answer.text == "开封市建成老年食堂52个。[1]"


def test_an_answer_that_is_no_longer_wanted_ends_the_models_request(library: Library) -> None:
    """It stays as far as it had come; the sentences of the source do not stand in for it."""
    with llm_server() as (base, script):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": base})
        script.pieces, script.holds = [*FIRST, *SECOND], len(FIRST) + 3
        stopped = threading.Event()
        request = Request(QUESTION, is_wanted=lambda: not stopped.is_set())
        texts = []
        for answer in word_chain(library, chat_model(settings)).stream(request):
            texts.append(answer.text)
            stopped.set()
        assert texts == ["开封市建成老年食堂52个。[1]"]
        assert script.was_left()


def test_who_reads_no_further_ends_the_models_request() -> None:
    """Closing what a model writes in the middle closes its connection."""
    with llm_server() as (base, script):
        model = chat_model(read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": base}))
        assert model is not None
        script.pieces, script.holds = list(FIRST), 1
        written = iter(pieces(model, [("user", "?")]))
        assert next(written) == FIRST[0]
        del written
        assert script.was_left()
