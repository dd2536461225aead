"""Claims beside their sources: how they are made to learn from, how a check is scored."""

import random

import pytest

pytest.importorskip("torch")

from eval.support import JudgedClaim, score
from rag.training.reading.breaking_edits import BREAKING
from rag.training.reading.claim_edits import Around
from rag.training.reading.claim_exercises import document_claims, exercise
from rag.training.reading.keeping_edits import KEEPING
from rag.training.reading.samples import Role

SAID = "2023年，全市计划新建养老服务中心12家，投入资金约3.5万元，惠及部分老年人，覆盖率增长20%。"
OTHER = "市民政局局长李明在会上表示，2021年建成托育机构45所，服务儿童1800人，居全省第三位。"
ROOM = 40  # draws in which an edit that can change the sentence does so


def edited(edits: dict, kind: str) -> set[str]:
    made = set()
    for seed in range(ROOM):
        around = Around(SAID, SAID + OTHER, (OTHER,), random.Random(seed))
        made.add(edits[kind](SAID, around))
    return made - {None}


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("another figure", "全市计划新建养老服务中心"),
        ("figures exchanged", "投入资金约12万元"),
        ("another unit", "3.5亿元"),
        ("another date", "2022年"),
        ("turned", "覆盖率下降20%"),
        ("planned as done", "全市已经新建"),
        ("part as whole", "惠及全部老年人"),
    ],
)
def test_an_edit_breaks_what_is_said_in_one_point(kind: str, holds: str) -> None:
    """Figure, unit, date, direction, plan or part: each kind of edit changes its own point."""
    made = edited(BREAKING, kind)
    assert any(holds in one for one in made)
    assert SAID not in made


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("written otherwise", "百分之二十"),
        ("without time", "全市计划新建"),
        ("shortened", "投入资金约3.5万元"),
        ("reworded", "新建养老服务中心12家"),
    ],
)
def test_an_edit_leaves_true_what_is_said(kind: str, holds: str) -> None:
    """Shorter or in other words, the figures stand as they were or are written another way."""
    assert any(holds in one for one in edited(KEEPING, kind))


def test_claims_of_documents_come_in_pairs_on_one_source() -> None:
    """Of each sentence a true claim and a false one are made, on the same source, as twins."""
    documents = [[SAID + OTHER, OTHER], [OTHER + SAID]]
    made = document_claims(documents, random.Random(1), most=200)
    assert len(made) > 100
    twins = {one.twin for one in made}
    for twin in twins:
        pair = [one for one in made if one.twin == twin]
        assert {one.answerable for one in pair} == {True, False}
        assert len({one.samples[0].text for one in pair}) == 1
        false = next(one for one in pair if not one.answerable)
        assert false.samples[0].role is Role.BELIES
        assert false.samples[0].question.rstrip("。") not in false.samples[0].text


def test_a_claim_without_a_source_teaches_nothing() -> None:
    """Neither an empty source nor an empty claim becomes an exercise."""
    assert exercise("a", "", "", "有12家。", supported=True) is None
    assert exercise("a", "", SAID, " ", supported=True) is None


def test_the_score_counts_what_is_struck() -> None:
    """Two false claims, one struck: 0.5; two true ones, none struck: 0. Of the four pairs of a true
    and a false one three are in the right order, so 0.75.
    """
    judged = [
        JudgedClaim("negation", False, 0.1), JudgedClaim("negation", False, 0.9),
        JudgedClaim("copy", True, 0.8), JudgedClaim("copy", True, 0.95),
    ]  # fmt: skip
    made = score(judged)
    assert (made.false_struck, made.true_struck, made.separated) == (0.5, 0.0, 0.75)
