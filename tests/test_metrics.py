"""Metrics give what their definitions give by hand."""

from dataclasses import replace

import pytest

from corpus.bulletin import Kind, Unit
from eval.dataset import Question
from eval.metrics import (
    Prediction,
    citation_precision,
    citation_recall,
    holds,
    is_right,
    ranking,
    refusal_counts,
    scores,
    unsupported_figures,
)
from rag.answer import Answer, Citation
from rag.search import Hit

UNITS = {"b#0": "全市建成场所180个。", "b#1": "培训护理员640人次。", "b#2": "走访老人995人。"}
QUESTION = Question(
    "q1", "建成多少个场所", "number", "zh", (), True, ("b",), ("建成场所１８０个",), (("180",),),
    ("18个",), True,
)  # fmt: skip


def hit(position: int) -> Hit:
    text = UNITS[f"b#{position}"]
    unit = Unit(Kind.PARAGRAPH, position + 1, text, text, (), None, None, None, ())
    return Hit("b", "标题", position, unit, 1.0, "", 1.0, 1.0)


def citation(position: int) -> Citation:
    text = UNITS[f"b#{position}"]
    return Citation(1, "b", "标题", position, position + 1, Kind.PARAGRAPH, None, text, text, 0,
                    len(text))  # fmt: skip


def predict(
    question: Question = QUESTION, text: str = "建成场所180个。[1]", *, refused: bool = False,
    hits: tuple[int, ...] = (0,), cited: tuple[int, ...] = (0,),
) -> Prediction:  # fmt: skip
    answer = Answer(
        question.question, question.question, text, tuple(map(citation, cited)), refused, None, (),
        tuple(map(hit, hits)),
    )  # fmt: skip
    return Prediction(question, answer, 0.01)


def test_ranking_metrics_of_a_relevant_unit_at_rank_two() -> None:
    """hit@1 is 0, hit@3 is 1, MRR is 1/2, nDCG is 1/log2(3) = 0.6309."""
    values = ranking([predict(hits=(1, 0, 2))], UNITS)
    assert (values["hit@1"], values["hit@3"], values["MRR@10"]) == (0, 1, 0.5)
    assert values["nDCG@10"] == pytest.approx(0.6309, abs=1e-4)


def test_recall_is_the_share_of_relevant_units_found() -> None:
    """One of two evidence units among the hits gives recall 0.5."""
    question = replace(QUESTION, evidence=("建成场所180个", "走访老人995人"))
    assert ranking([predict(question, hits=(0, 1))], UNITS)["recall@10"] == 0.5


def test_a_question_without_hits_counts_as_not_found() -> None:
    """A missing run entry lowers the mean: one of two found gives 0.5."""
    other = replace(QUESTION, id="q2")
    values = ranking([predict(), predict(other, hits=())], UNITS)
    assert values["hit@1"] == 0.5


def test_citation_precision_and_recall_by_hand() -> None:
    """Two citations of which one holds the evidence: precision 1/2, recall 1/1."""
    prediction = predict(cited=(0, 1))
    assert (citation_precision(prediction), citation_recall(prediction)) == (0.5, 1)


@pytest.mark.parametrize(
    ("text", "right"),
    [("建成180个", True), ("建成1180个", False), ("建成180.5个", False), ("建成１８０个", True)],
)
def test_an_answer_is_right_if_it_holds_the_number_itself(text: str, right: bool) -> None:
    """A number inside a longer number is another number; width does not matter."""
    assert is_right(predict(text=text)) is right


def test_what_an_answer_must_not_hold_makes_it_wrong() -> None:
    """A right number beside a wrong one is a wrong answer."""
    assert not is_right(predict(text="180个，即18个"))


def test_refusing_is_right_only_where_there_is_no_answer() -> None:
    """A refused answerable question is wrong; an unanswerable one is right only if refused."""
    unanswerable = replace(QUESTION, answerable=False, evidence=(), must=(), must_not=())
    assert not is_right(predict(refused=True, text="资料中没有"))
    assert is_right(predict(unanswerable, refused=True, text="资料中没有"))
    assert not is_right(predict(unanswerable))


def test_refusal_scores_by_hand() -> None:
    """Two refused, one rightly; two unanswerable: P = 1/2, R = 1/2, F1 = 1/2."""
    unanswerable = replace(QUESTION, answerable=False)
    predictions = [
        predict(refused=True),
        predict(unanswerable, refused=True),
        predict(unanswerable),
    ]
    values = refusal_counts(predictions)
    assert values == {"refusal precision": 0.5, "refusal recall": 0.5, "refusal F1": 0.5}


def test_an_invented_figure_is_counted() -> None:
    """640 stands in no cited unit; 180 does."""
    assert unsupported_figures(predict(text="建成180个，培训640人次[1]。")) == 1


def test_all_scores_come_in_one_table() -> None:
    """A right answer with its citation scores 1 everywhere and has no unsupported figure."""
    values = scores([predict()], UNITS)
    assert values["answer"] == values["hit@1"] == values["citation recall"] == 1
    assert values["unsupported figures"] == 0
    assert values["seconds p50"] == 0.01


def test_letters_match_in_any_case_and_blanks_do_not_matter() -> None:
    """16 May is held by 16 may and 16May."""
    assert holds("on 16 may", "16 May")
    assert holds("16May", "16 May")
