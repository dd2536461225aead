"""The optional judge asks a chat model over real HTTP and takes only what has the right form."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import QUESTION, UNITS, predict
from langchain_core.language_models import BaseChatModel
from llm_server import Script, llm_server

from corpus.errors import CallError
from eval.judge import judged, judging_model
from eval.scoring import Case, score_all
from rag.settings import Settings


@pytest.fixture
def judge() -> Iterator[tuple[BaseChatModel, Script]]:
    """A judging model, and the script of the server behind it."""
    with llm_server() as (url, script):
        settings = Settings(Path(), Path(), llm_model="m", llm_base_url=url)
        yield judging_model(settings), script


def case(*, refused: bool = False) -> Case:
    return score_all([QUESTION], {"q1": predict(refused=refused)}, UNITS)[0]


def test_an_answer_is_judged_as_ragas_does(judge: tuple[BaseChatModel, Script]) -> None:
    """Two statements of which one is supported: faithfulness 1/2. Three questions with cosines 1,
    0.5 and -1, the last counted as 0: relevance 0.5.
    """
    model, script = judge
    script.replies = [
        '["建成180个。", "建成于2024年。"]',
        "判断：[1, 0]",
        '["几个？", "多少？", "谁？"]',
    ]
    found = judged(case(), model, lambda question, texts: [1.0, 0.5, -1.0])
    assert (found.scores["faithfulness"], found.scores["relevance"]) == (0.5, 0.5)
    assert "全市建成场所180个" in str(script.requests[1])  # the verdict sees the cited paragraph


@pytest.mark.parametrize(
    "replies",
    [["没有"], ["[]"], ["[1]"], ['["一句。"]', "[1, 1]"], ['["一句。"]', "[2]"], ['["一']],
    ids=["words", "nothing", "numbers", "too many", "no verdict", "half"],
)
def test_a_judge_that_rambles_is_not_believed(
    judge: tuple[BaseChatModel, Script], replies: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """What has not the form asked for gives no score, and the log says why."""
    model, script = judge
    script.replies = list(replies)
    with caplog.at_level(logging.WARNING):
        found = judged(case(), model, lambda question, texts: [1.0] * len(texts))
    assert "faithfulness" not in found.scores
    assert "q1 was not judged" in caplog.text


def test_a_judge_that_is_ill_gives_no_score(judge: tuple[BaseChatModel, Script]) -> None:
    """A server error is no verdict."""
    model, script = judge
    script.status = 500
    assert "faithfulness" not in judged(case(), model, lambda question, texts: []).scores


def test_a_refusal_is_not_judged(judge: tuple[BaseChatModel, Script]) -> None:
    """It states nothing; the judge is not even asked."""
    model, script = judge
    judged(case(refused=True), model, lambda question, texts: [])
    assert script.requests == []


def test_without_a_chat_model_there_is_no_judge() -> None:
    """The call is off, with the settings that it needs."""
    with pytest.raises(CallError, match="JIANBAO_LLM_MODEL"):
        judging_model(Settings(Path(), Path()))
