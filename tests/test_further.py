"""Questions that the page proposes are tried quietly: nobody has asked them."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from doubles import WordEncoder, WordReader, word_chain, write_bulletin
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable
from prometheus_client.parser import text_string_to_metric_families

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import MAX_QUESTION_CHARS
from ui.page.question_bounds import EVERYTHING, Bounds
from ui.page.talk import Talk
from ui.page.underway import Underway
from ui.server.observed import AnswerLog, Observer, observed
from ui.server.server_metrics import Metrics
from ui.store.conversations import Conversations
from ui.store.page_database import Store

ANSWERED = "三门峡建成了多少个老年助餐场所"
REFUSED = "郑州建了多少个老年助餐点"  # of another place there is an answer


class NeverCalled(BaseChatModel):
    """A chat model that must not be asked."""

    @property
    def _llm_type(self) -> str:
        return "never called"

    def _generate(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("a chat model was asked")


def last_shown(
    library: Library,
    home: Path,
    question: str,
    *,
    observers: Sequence[Observer] = (),
    model: BaseChatModel | None = None,
    bounds: Bounds = EVERYTHING,
) -> str:
    """HTML of the whole answer on the page, asked through the chain that a server watches."""
    chain: Runnable[Request, Answer] = observed(word_chain(library, model), observers)
    conversations = Conversations(Store(home / "conversations.sqlite"))
    talk = Talk(library, chain, conversations, WordReader(), Underway(at_once=1))
    *_, shown = talk.asked("user:li", None, question, bounds)
    return shown.now


def counted(metrics: Metrics) -> dict[str, float]:
    """Everything that is counted of questions; seconds differ from run to run."""
    return {
        f"{sample.name} {sample.labels}": sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
        if sample.name.endswith(("_total", "_count", "_running")) and "process" not in sample.name
    }


@pytest.mark.parametrize("question", [ANSWERED, REFUSED])
def test_what_is_tried_is_not_counted(library: Library, home: Path, question: str) -> None:
    """The metrics after a question on the page are those of the question alone."""
    page, alone = Metrics(library), Metrics(library)
    before = counted(page)
    assert "jb-further" in last_shown(library, home, question, observers=[page])
    observed(word_chain(library), [alone]).invoke(Request(question))
    assert counted(page) == counted(alone) != before
    assert counted(page)["jianbao_questions_total {}"] == 1


@pytest.mark.parametrize("question", [ANSWERED, REFUSED])
def test_what_is_tried_is_not_logged(
    library: Library, home: Path, question: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has a line for the question, and none for those that are proposed."""
    with caplog.at_level(logging.DEBUG, logger="jianbao"):
        html = last_shown(library, home, question, observers=[AnswerLog(questions=True)])
    assert "jb-further" in html
    assert [vars(record)["question"] for record in caplog.records] == [question]


def test_no_chat_model_is_asked_for_what_is_tried(library: Library, home: Path) -> None:
    """Where one is set it writes what was asked; a refusal is not written, so here it is silent,
    and the same question of a place that answers is proposed all the same.
    """
    html = last_shown(library, home, REFUSED, model=NeverCalled())
    assert "三门峡建了多少个老年助餐点" in html.partition("jb-further")[2]


def test_what_is_proposed_is_answered_inside_the_bounds(home: Path, tmp_path: Path) -> None:
    """Of Xinxiang's two bulletins one tells the number. Without it the question is not proposed,
    though Xinxiang is among what was found.
    """
    folder = tmp_path / "bulletins"
    folder.mkdir()
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    write_bulletin(folder / "checks.txt", "新乡市", "全市多次检查老年食堂，要求规范管理。")
    write_bulletin(folder / "figures.txt", "新乡市", "全市建成老年食堂71个，惠及老人5万人。")
    library = Library(tmp_path / "library", WordEncoder())
    library.sync(folder)

    def proposed(bounds: Bounds) -> str:
        html = last_shown(library, home, "开封市建成多少个老年食堂", bounds=bounds)
        return html.partition("jb-further")[2]

    assert "新乡建成多少个老年食堂" in proposed(EVERYTHING)
    inside = proposed(Bounds(bulletins=("kaifeng", "checks")))
    assert "开封的简报主要讲了什么" in inside
    assert "新乡" not in inside


def test_what_cannot_be_asked_is_not_proposed(library: Library, home: Path) -> None:
    """三门峡 for 漯河 makes the longest question too long; the answer stays on the page."""
    question = "漯河建成了多少个老年助餐点位".ljust(MAX_QUESTION_CHARS, "？")
    html = last_shown(library, home, question)
    assert "jb-sources" in html
    assert "三门峡建成了" not in html.partition("jb-further")[2]
