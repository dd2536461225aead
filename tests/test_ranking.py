"""Ranking measures are those of the field, checked by hand and against ir-measures."""

import math
from dataclasses import replace

import ir_measures
import pytest
from cases import QUESTION, TEXTS, UNITS, predict
from hypothesis import given
from hypothesis import strategies as st

from eval.predictions import PredictedPassage
from eval.ranking import rank

NONE_FOUND = {"hit@1": 0, "hit@3": 0, "hit@5": 0, "MRR@10": 0, "nDCG@10": 0}


def test_a_relevant_unit_at_rank_two() -> None:
    """hit@1 is 0, hit@3 is 1, MRR is 1/2, nDCG is (1/log2 3) / (1/log2 2) = 0.6309."""
    values = rank([QUESTION], {"q1": predict(hits=(1, 0, 2))}, UNITS)["q1"]
    assert (values["hit@1"], values["hit@3"], values["MRR@10"]) == (0, 1, 0.5)
    assert values["nDCG@10"] == pytest.approx(1 / math.log2(3))


def test_two_relevant_units_of_which_one_is_found() -> None:
    """DCG is 1/log2 2 = 1, the best order's 1 + 1/log2 3 = 1.6309: nDCG is 0.6131."""
    question = replace(QUESTION, evidence=("建成场所180个", "走访老人995人"))
    values = rank([question], {"q1": predict(hits=(0, 1))}, UNITS)["q1"]
    assert values["nDCG@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_nothing_found_or_nothing_predicted_is_zero() -> None:
    """A question without hits, or without a prediction, has 0 of everything."""
    other = replace(QUESTION, id="q2")
    values = rank([QUESTION, other], {"q1": predict(hits=())}, UNITS)
    assert values == {"q1": NONE_FOUND, "q2": NONE_FOUND}


def test_a_text_that_is_no_unit_keeps_its_rank() -> None:
    """A stranger in front pushes the evidence to rank two; the same unit twice counts once."""
    stranger = PredictedPassage("x", "", 1, "paragraph", "别处的话")
    hits = predict(hits=(1, 1, 0)).retrieved
    values = rank([QUESTION], {"q1": replace(predict(), retrieved=(stranger, *hits))}, UNITS)
    assert values["q1"]["MRR@10"] == pytest.approx(1 / 3)


def test_questions_without_evidence_have_no_rank() -> None:
    """An unanswerable question says nothing of the search."""
    assert rank([replace(QUESTION, answerable=False)], {"q1": predict()}, UNITS) == {}


@given(st.permutations(range(3)), st.sets(st.sampled_from(range(3)), min_size=1))
def test_every_order_agrees_with_ir_measures(order: list[int], relevant: set[int]) -> None:
    """Our values are what ir-measures gives for the same qrels and run, built here by hand."""
    question = replace(QUESTION, evidence=tuple(TEXTS[n] for n in relevant))
    ours = rank([question], {"q1": predict(hits=tuple(order))}, UNITS)["q1"]
    qrels = [ir_measures.Qrel("q1", f"b#{n}", 1) for n in relevant]
    run = [ir_measures.ScoredDoc("q1", f"b#{n}", 1 / (1 + r)) for r, n in enumerate(order)]
    for name, text in (("hit@1", "Success@1"), ("MRR@10", "RR@10"), ("nDCG@10", "nDCG@10")):
        measure = ir_measures.parse_measure(text)
        theirs = ir_measures.calc_aggregate([measure], qrels, run)[measure]
        assert ours[name] == pytest.approx(theirs)
