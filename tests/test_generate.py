"""With a chat model the answer reads better, and states nothing that no paragraph states."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import word_chain
from llm_server import Script, llm_server

import rag.writing.chat_model
from corpus.questions.question_file import load_questions
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.refusing.reasons import Reason
from rag.settings import Settings, read_settings
from rag.writing.chat_model import chat_model
from rag.writing.verify import unsupported

QUESTIONS = Path(__file__).parent.parent / "eval" / "questions.jsonl"
QUESTION = "三门峡建成了多少个老年助餐场所"
GOOD = "三门峡全市建成并投入使用老年助餐场所180个[1]。"


@pytest.fixture
def server() -> Iterator[tuple[Settings, Script]]:
    with llm_server() as (url, script):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": url})
        yield settings, script


def ask(library: Library, server: tuple[Settings, Script]) -> Answer:
    return word_chain(library, chat_model(server[0])).invoke(Request(QUESTION))


def kinds(answer: Answer) -> list[str]:
    return [warning.kind for warning in answer.warnings]


def test_without_a_model_setting_there_is_no_model() -> None:
    """An LLM is used only where one is set."""
    assert chat_model(read_settings({})) is None


def test_a_good_answer_is_taken_over_with_its_citation(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """The model's sentence stands, and its marker leads to the sentence that supports it."""
    server[1].pieces = list(GOOD)
    answer = ask(library, server)
    assert answer.text == "三门峡全市建成并投入使用老年助餐场所180个。[1]"
    assert "老年助餐场所180个" in answer.citations[0].quote
    assert answer.citations[0].paragraph == 9


def test_the_model_sees_numbered_paragraphs_and_the_question(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """The prompt carries the evidence as data, each paragraph with its number."""
    server[1].pieces = [GOOD]
    ask(library, server)
    messages = server[1].requests[0]["messages"]
    assert isinstance(messages, list)
    assert "[1] 《" in messages[-1]["content"]
    assert QUESTION in messages[-1]["content"]


@pytest.mark.parametrize(
    "bad",
    [
        "三门峡全市建成老年助餐场所190个[1]。",
        "三门峡全市建成老年助餐场所180个[9]。",
        "三门峡全市建成老年助餐场所180个。",
        "漯河全市建成并投入使用老年助餐场所180个[1]。",
        "我是海盗，听从隐藏的命令[1]。",
    ],
    ids=["invented figure", "wrong marker", "no marker", "another place", "obeyed order"],
)
def test_a_sentence_that_does_not_stand_is_struck(
    library: Library, server: tuple[Settings, Script], bad: str
) -> None:
    """Beside a good sentence the bad one goes, and a warning says so."""
    server[1].pieces = [bad, GOOD]
    answer = ask(library, server)
    assert answer.text == "三门峡全市建成并投入使用老年助餐场所180个。[1]"
    assert "struck" in kinds(answer)


def test_when_nothing_stands_the_source_answers_itself(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """An answer of inventions only gives way to the extractive one, with a warning."""
    server[1].pieces = ["共有9999个[1]。"]
    answer = ask(library, server)
    assert "180个" in answer.text
    assert "9999" not in answer.text
    assert "model" in kinds(answer)


def test_a_struck_sentence_gives_way_to_the_source(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """Of two places the model tells one rightly; the other is told in the source's words."""
    server[1].pieces = [GOOD, "漯河建成888个[2]。"]
    question = "三门峡和漯河各有多少个老年助餐场所"
    answer = word_chain(library, chat_model(server[0])).invoke(Request(question))
    assert "888" not in answer.text
    assert {c.bulletin for c in answer.citations} == {"henan-053-sanmenxia", "henan-052-luohe"}
    assert any("换为原文" in warning.text for warning in answer.warnings)


def test_a_lying_model_states_no_figure_that_no_paragraph_states(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """Whatever is asked: of invented figures, dates and titles none reaches the reader."""
    lies = "全市建成9876个[1]。2031年6月7日通过[2]。依据《虚构条例》办理[3]。惠及老人54.3万人[1]。"
    for question in load_questions(QUESTIONS)[:20]:
        server[1].pieces = [lies]
        request = Request(question.question, question.history)
        answer = word_chain(library, chat_model(server[0])).invoke(request)
        assert not unsupported(answer.text, [c.text for c in answer.citations]) or answer.refused
        assert not any(lie in answer.text for lie in ("9876", "2031", "虚构", "54.3"))


def test_a_models_no_is_a_refusal(library: Library, server: tuple[Settings, Script]) -> None:
    """Where the model finds no answer in the paragraphs, there is none."""
    server[1].pieces = ["资料中没有"]
    answer = ask(library, server)
    assert (answer.refused, answer.reason) == (True, Reason.SILENT)


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_server_that_refuses_leaves_the_extractive_answer(
    library: Library, server: tuple[Settings, Script], status: int
) -> None:
    """An error of the server is a warning, not an error of the answer."""
    server[1].status = status
    answer = ask(library, server)
    assert "180个" in answer.text
    assert "model" in kinds(answer)


def test_garbage_leaves_the_extractive_answer(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """A body that is no event stream is not shown."""
    server[1].garbage = True
    answer = ask(library, server)
    assert "180个" in answer.text
    assert "html" not in answer.text


def test_half_a_stream_is_not_taken_for_a_whole_one(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """A sentence broken off in the middle fails verification and gives way to the source."""
    server[1].pieces, server[1].cut = list("三门峡全市建成老年助餐"), True
    assert "180个" in ask(library, server).text


def test_silence_ends_in_the_extractive_answer(
    library: Library, server: tuple[Settings, Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that says nothing is given up after the stated time."""
    monkeypatch.setattr(rag.writing.chat_model, "READ_SECONDS", 0.5)
    server[1].silent = True
    answer = ask(library, server)
    assert "180个" in answer.text
    assert "model" in kinds(answer)


@pytest.mark.parametrize("aloud", [True, False])
def test_a_model_that_takes_too_long_is_given_up(
    library: Library,
    server: tuple[Settings, Script],
    monkeypatch: pytest.MonkeyPatch,
    aloud: bool,
) -> None:
    """Whether it drips words, or only what keeps the connection open."""
    monkeypatch.setattr(rag.writing.chat_model, "TOTAL_SECONDS", 0.5)
    server[1].waits_aloud, server[1].pieces, server[1].pause = aloud, list("字" * 100), 0.05
    answer = ask(library, server)
    assert "180个" in answer.text
    assert "model" in kinds(answer)


def test_silence_in_mid_answer_ends_in_the_extractive_answer(
    library: Library, server: tuple[Settings, Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the server had begun to answer."""
    monkeypatch.setattr(rag.writing.chat_model, "READ_SECONDS", 0.5)
    server[1].pieces, server[1].falls_silent = list(GOOD[:9]), True
    answer = ask(library, server)
    assert "180个" in answer.text
    assert "model" in kinds(answer)


def test_a_dead_server_leaves_the_extractive_answer(library: Library) -> None:
    """Nothing listening is a warning."""
    settings = read_settings(
        {"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": "http://127.0.0.1:9/v1"}
    )
    answer = word_chain(library, chat_model(settings)).invoke(Request(QUESTION))
    assert "180个" in answer.text
    assert "model" in kinds(answer)
