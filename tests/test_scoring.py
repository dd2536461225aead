"""What an answer earns, question by question, as by hand."""

from dataclasses import replace

import pytest
from cases import QUESTION, UNANSWERABLE, UNITS, predict

from eval.scoring import citation_precision, evidence_recall, is_right, score_all


@pytest.mark.parametrize(
    ("text", "right"),
    [("建成180个", True), ("建成1180个", False), ("建成180.5个", False), ("建成１８０个", True)],
)
def test_an_answer_is_right_if_it_holds_the_number_itself(text: str, right: bool) -> None:
    """A number inside a longer number is another number; width does not matter."""
    assert is_right(QUESTION, predict(text)) is right


def test_every_group_needs_one_of_its_alternatives() -> None:
    """Two groups: 180 or 一百八十, and 640."""
    question = replace(QUESTION, must=(("180", "一百八十"), ("640",)))
    assert is_right(question, predict("一百八十个，640人次"))
    assert not is_right(question, predict("180个"))


def test_what_an_answer_must_not_hold_makes_it_wrong() -> None:
    """A right number beside a wrong one is a wrong answer."""
    assert not is_right(QUESTION, predict("180个，即18个"))


def test_refusing_is_right_only_where_there_is_no_answer() -> None:
    """A refused answerable question is wrong; an unanswerable one is right only if refused."""
    assert not is_right(QUESTION, predict("资料中没有", refused=True))
    assert is_right(UNANSWERABLE, predict("资料中没有", refused=True))
    assert not is_right(UNANSWERABLE, predict())


def test_evidence_recall_and_citation_precision() -> None:
    """Two quotes of which one is found: 1/2. Two citations of which one holds evidence: 1/2."""
    question = replace(QUESTION, evidence=("建成场所180个", "走访老人995人"))
    assert evidence_recall(question, predict(hits=(0, 1)).retrieved) == 0.5
    assert citation_precision(QUESTION, predict(cited=(0, 1)).citations) == 0.5


def test_a_right_answer_with_its_citation_earns_everything() -> None:
    """Every score of the question is 1, nothing is missed, no figure is unsupported."""
    (case,) = score_all([QUESTION], {"q1": predict()}, UNITS)
    earned = {name: case.scores[name] for name in ("answer", "hit@1", "recall@5", "citation recall",
                                                   "citation precision")}  # fmt: skip
    assert set(earned.values()) == {1.0}
    assert (case.scores["unsupported"], case.missed.not_cited, case.failed) == (0, (), False)


def test_a_question_without_a_prediction_is_wrong() -> None:
    """It counts in every mean that it could have raised, and all its evidence is missed."""
    (case,) = score_all([QUESTION], {}, UNITS)
    assert [case.scores[name] for name in ("answer", "hit@5", "citation recall")] == [0, 0, 0]
    assert case.missed.not_retrieved == QUESTION.evidence
    assert case.failed


def test_an_unanswerable_question_without_a_prediction_was_not_refused() -> None:
    """Silence is no refusal."""
    (case,) = score_all([UNANSWERABLE], {}, UNITS)
    assert (case.scores["answer"], case.scores["refused"]) == (0, 0)


def test_an_invented_figure_is_counted_and_named() -> None:
    """640 stands in no cited unit; 180 does."""
    (case,) = score_all([QUESTION], {"q1": predict("建成180个，培训640人次[1]。")}, UNITS)
    assert (case.scores["unsupported"], case.missed.unsupported) == (1, ("640",))


def test_a_year_that_names_a_row_is_no_figure_of_the_source() -> None:
    """A row of which nothing is known says nothing; a title that is cited names the year of one."""
    silent = "| 年份 | 简报原文 |\n| --- | --- |\n| 2022年 | 未提及 |\n| 去年 | 建成180个。[1] |"
    (case,) = score_all([QUESTION], {"q1": predict(silent)}, UNITS)
    assert case.scores["unsupported"] == 0
    told = predict(silent.replace("去年", "2023年"))
    (case,) = score_all([QUESTION], {"q1": told}, UNITS)
    assert case.missed.unsupported == ("2023",)
    titled = replace(told, citations=tuple(replace(c, title="2023年通报") for c in told.citations))
    (case,) = score_all([QUESTION], {"q1": titled}, UNITS)
    assert case.scores["unsupported"] == 0


def test_a_doubtful_figure_wants_its_warning() -> None:
    """Of a question of type doubtful it is told whether the answer warned."""
    question = replace(QUESTION, type="doubtful")
    warned = predict(warnings=("doubtful_figure",))
    assert score_all([question], {"q1": warned}, UNITS)[0].scores["warned"] == 1
    assert score_all([question], {"q1": predict()}, UNITS)[0].scores["warned"] == 0
    assert "warned" not in score_all([QUESTION], {"q1": warned}, UNITS)[0].scores


def test_a_bare_question_is_not_scored() -> None:
    """Without truth there is nothing to be right about; figures are still checked."""
    (case,) = score_all([replace(QUESTION, scored=False, evidence=())], {"q1": predict()}, UNITS)
    assert case.scores.keys() == {"unsupported", "characters", "seconds"}
    assert not case.failed
