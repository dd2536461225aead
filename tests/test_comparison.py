"""Two runs over the same questions are compared question by question."""

from dataclasses import replace
from pathlib import Path

import pytest
from cases import QUESTION, UNITS, predict

from corpus.errors import CallError
from eval.comparison import compare
from eval.gates import broken_limits, drops, read_limits
from eval.predictions import Prediction
from eval.results import estimates, read_cases
from eval.scoring import Case, score_all

QUESTIONS = [replace(QUESTION, id=f"q{n}") for n in range(1, 9)]


def run(*right: bool) -> list[Case]:
    """Cases of which the ones marked are right, the others cite and find the wrong unit."""
    predictions: dict[str, Prediction] = {}
    for question, good in zip(QUESTIONS, right, strict=False):
        answer = "建成180个[1]" if good else "培训640人次[1]"
        place = (0,) if good else (1,)
        predictions[question.id] = predict(answer, hits=place, cited=place, question_id=question.id)
    return score_all(QUESTIONS[: len(right)], predictions, UNITS)


def test_the_questions_that_changed_are_told_worse_ones_first() -> None:
    """q1 became worse, q2 better, q3 stayed."""
    found = compare(run(True, False, True), run(False, True, True))
    assert [change.new.question.id for change in found.changes] == ["q1", "q2"]
    assert found.changes[0].gain < 0 < found.changes[1].gain


def test_a_metric_that_rose_for_all_is_surely_better() -> None:
    """Eight of eight questions better: p = 2/2^8 = 0.008."""
    found = compare(run(*[False] * 8), run(*[True] * 8))
    answer = next(d for d in found.differences if d.metric.name == "answer")
    assert (answer.old, answer.new, answer.significant) == (0, 1, True)
    assert answer.p == pytest.approx(2 / 2**8, abs=0.004)


def test_only_questions_of_both_runs_are_compared() -> None:
    """One question is new and one has another wording: neither says anything of a change."""
    old, new = run(True, True), run(True, True, False)
    new[1] = replace(new[1], question=replace(new[1].question, question="另一问"))
    found = compare(old, new)
    assert (found.only_old, found.only_new, len(found.changes)) == (1, 2, 0)


def test_where_less_is_better_a_rise_is_a_loss() -> None:
    """An unsupported figure more is worse, though the number is higher."""
    new = run(True)
    new[0] = replace(new[0], scores=new[0].scores | {"unsupported": 1.0})
    (loss,) = [d for d in compare(run(True), new).differences if d.gain < 0]
    assert (loss.metric.name, loss.gain) == ("unsupported figures", -1)


def test_limits_are_kept_or_told_with_both_values() -> None:
    """Answer is 0.5: 0.5 is kept, 0.85 is not; one unsupported figure is above 0."""
    cases = run(True, False)
    cases[0] = replace(cases[0], scores=cases[0].scores | {"unsupported": 1.0})
    overall = estimates(cases)
    assert broken_limits(overall, read_limits("answer=0.5, hit@5=0.5")) == []
    assert broken_limits(overall, {"answer": 0.85}) == ["answer is 0.500, below 0.85"]
    assert broken_limits(overall, {"unsupported figures": 0}) == [
        "unsupported figures is 1.000, above 0"
    ]
    assert broken_limits(overall, {"warned": 1}) == ["warned has no value, the limit is 1"]


@pytest.mark.parametrize("text", ["answers=0.5", "answer", "answer=high", "", "answer=0.5,"])
def test_a_limit_that_cannot_be_read_is_the_callers_fault(text: str) -> None:
    """An unknown metric or no number is said with what would do."""
    with pytest.raises(CallError, match="--fail-under"):
        read_limits(text)


def test_a_drop_beyond_the_allowed_is_told() -> None:
    """Answer falls from 1 to 7/8: by 0.125, more than 0.1 and less than 0.2. Times never count."""
    old, new = run(*[True] * 8), run(*[True] * 7, False)
    new = [replace(case, scores=case.scores | {"seconds": 9.0}) for case in new]
    differences = compare(old, new).differences
    assert "answer fell from 1.000 to 0.875" in drops(differences, 0.1)
    assert drops(differences, 0.2) == []


def test_results_of_something_else_are_refused(tmp_path: Path) -> None:
    """A baseline that is no results file is named with how to make one."""
    path = tmp_path / "old.json"
    path.write_text('{"format": 0}', "utf-8")
    with pytest.raises(CallError, match="no results of an evaluation"):
        read_cases(path)
