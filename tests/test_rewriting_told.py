"""Orders to put a text in other words are told by the embedded encoder, and questions are not."""

from pathlib import Path

import pytest

import eval.aspects
from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.aspect_told import AspectTold
from rag.query.intents import Aspect
from rag.query.question import understand
from rag.refusing.reasons import Reason
from rag.refusing.unanswered import refused_unread

LINES = Path(eval.aspects.__file__).with_name("rewrites.tsv")


@pytest.fixture(scope="module")
def aspects() -> AspectTold:
    encoder = TransformerEncoder()
    return AspectTold(lambda text: encoder.encode([text], "query")[0])


def test_lines_kept_aside_are_told(aspects: AspectTold) -> None:
    """More than half of the orders, and hardly a question is taken for one."""
    lines = [line.split("\t") for line in LINES.read_text("utf-8").splitlines()]
    told = [(kind, aspects.told(line) is Aspect.REWRITE) for kind, line in lines]
    assert sum(found for kind, found in told if kind == "rewrite") >= 20
    assert sum(found for kind, found in told if kind != "rewrite") <= 2


@pytest.mark.parametrize(
    "order",
    [
        "把鹤壁的做法翻译成英文",
        "请把下面这段话润色一下：" + "今年以来，全市建成老年食堂五十二个，惠及老人三万人。" * 4,
        "今年以来，全市建成老年食堂五十二个，惠及老人三万人。" * 4 + "\n请改得通顺一点",
    ],
)
def test_what_only_a_model_can_write_is_declined(aspects: AspectTold, order: str) -> None:
    """Also where the text is handed along, before the order or behind it."""
    query = aspects.completed(understand(order))
    no = refused_unread(query, model=False)
    assert no is not None
    assert no.reason is Reason.MODEL
    assert refused_unread(query, model=True) is None


@pytest.mark.parametrize("question", ["翻译人员培训了多少名", "用100字概括鹤壁的做法"])
def test_a_question_with_such_words_is_none(aspects: AspectTold, question: str) -> None:
    """Nor is a summary."""
    assert refused_unread(aspects.completed(understand(question)), model=False) is None
