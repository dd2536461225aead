"""How a question leans on the conversation is told by the embedded encoder, in any words."""

from pathlib import Path

import pytest

import eval.aspects
from index.vectors.encoder import SentenceTransformerEncoder
from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.changes import Lean
from rag.query.leaning import changed
from rag.query.leaning_told import LeaningTold
from rag.query.line_model import QUESTION
from rag.query.question import Turn, understand

LINES = Path(eval.aspects.__file__).with_name("leanings.tsv")
BEFORE = "鹤壁有多少张家庭病床"


@pytest.fixture(scope="module")
def leaning() -> LeaningTold:
    encoder = TransformerEncoder()
    return LeaningTold(lambda text: encoder.encode([text], "query")[0])


def test_lines_kept_aside_are_told(leaning: LeaningTold) -> None:
    """Seven of ten, where the patterns know one of nine; no question is taken for one of them."""
    lines = [line.split("\t") for line in LINES.read_text("utf-8").splitlines()]
    leant = [(kind, line) for kind, line in lines if kind != QUESTION]
    right = sum(leaning.told(line) == kind for kind, line in leant)
    known = sum(changed(line, [BEFORE]) is not None for _, line in leant)
    assert right > 0.7 * len(leant) > 6 * known
    assert not any(leaning.told(line) for kind, line in lines if kind == QUESTION)


@pytest.mark.parametrize(
    ("question", "lean", "whole"),
    [
        ("通通算上多少", Lean.TOTAL, "鹤壁家庭病床，一共多少"),
        ("数字核过没", Lean.RIGHT, BEFORE),
        ("跟漯河一比呢", Lean.BESIDE, "鹤壁和漯河有多少张家庭病床"),
        ("头年，也就是2023年", Lean.TIME, "鹤壁2023年有多少张家庭病床"),
        ("监督之前呢", Lean.TIME, "鹤壁监督之前有多少张家庭病床"),
        ("和漯河一共几张", Lean.TOTAL, "鹤壁市和漯河市一共有多少张家庭病床"),
        ("再瞧漯河", Lean.THERE, "漯河有多少张家庭病床"),
        ("咋弄成这样的", Lean.WHY, "鹤壁家庭病床，咋弄成这样的"),
    ],
)
def test_the_question_before_is_changed(question: str, lean: Lean, whole: str) -> None:
    """In the one thing that is told of it, whatever its words."""
    history = (
        Turn(role="user", content=BEFORE),
        Turn(role="assistant", content="39张。"),
    )
    assert understand(question, history, lean).understood == whole


def test_what_is_long_says_what_it_is_about(leaning: LeaningTold) -> None:
    """The encoder is not even asked."""
    assert leaning.told("这" * 30) is None


def test_another_encoder_has_the_patterns_alone() -> None:
    """Its vectors mean nothing to the weights."""
    table = SentenceTransformerEncoder()
    told = LeaningTold(lambda text: table.encode([text], "query")[0])
    assert told.told("通通算上多少") is None
