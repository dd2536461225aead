"""Scores come together as the definitions say, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import BY_NAME, METRICS, Metric, table_of


def value(name: str, *rows: dict[str, float]) -> float:
    return float(BY_NAME[name].aggregate(table_of(BY_NAME[name], rows)))


def test_a_mean_is_over_the_questions_that_have_the_score() -> None:
    """(1 + 0) / 2: the third question has no such score."""
    assert value("hit@1", {"hit@1": 1}, {"hit@1": 0}, {"answer": 1}) == 0.5


def test_refusal_by_hand() -> None:
    """Three refused, two rightly; four unanswerable: P = 2/3, R = 2/4, F1 = 2·2 / (3 + 4) = 4/7."""
    rows = [
        {"refused": r, "unanswerable": u}
        for r, u in [(1, 1), (1, 1), (1, 0), (0, 1), (0, 1), (0, 0)]
    ]
    assert value("refusal precision", *rows) == pytest.approx(2 / 3)
    assert value("refusal recall", *rows) == pytest.approx(2 / 4)
    assert value("refusal F1", *rows) == pytest.approx(4 / 7)


def test_without_unanswerable_questions_there_is_no_refusal_score() -> None:
    """Recall and F1 say nothing then; precision is 0 if anything was refused."""
    row = {"refused": 1.0, "unanswerable": 0.0}
    assert np.isnan(value("refusal recall", row))
    assert np.isnan(value("refusal F1", row))
    assert value("refusal precision", row) == 0


def test_figures_are_summed_and_times_are_quantiles() -> None:
    """2 + 1 unsupported; of 1, 2, 3, 4, 5 s the median is 3 and the 95th percentile 4.8."""
    assert value("unsupported figures", {"unsupported": 2}, {"unsupported": 1}) == 3
    rows = [{"seconds": s} for s in (1.0, 2.0, 3.0, 4.0, 5.0)]
    assert (value("seconds p50", *rows), value("seconds p95", *rows)) == (3, pytest.approx(4.8))
    assert value("seconds p50", *rows, {}) == 3


def test_a_metric_of_nothing_is_no_number() -> None:
    """Without a question that has the score there is no value, not a zero."""
    assert all(np.isnan(value(metric.name, {"other": 1.0})) for metric in METRICS)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_f1_is_the_harmonic_mean(pairs: list[tuple[bool, bool]]) -> None:
    """Wherever precision and recall are above 0, F1 is 2PR / (P + R)."""
    rows = [{"refused": float(r), "unanswerable": float(u)} for r, u in pairs]
    precision, recall = value("refusal precision", *rows), value("refusal recall", *rows)
    if precision > 0 and recall > 0:
        expected = 2 * precision * recall / (precision + recall)
        assert value("refusal F1", *rows) == pytest.approx(expected)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_many_samples_at_once_are_as_one_by_one(metric: Metric) -> None:
    """The bootstrap computes all draws in one array: the leading axis changes nothing."""
    draws = np.random.default_rng(1).integers(0, 2, (4, 9, len(metric.inputs))).astype(float)
    together = metric.aggregate(draws)
    single = [metric.aggregate(draw) for draw in draws]
    assert np.allclose(together, single, equal_nan=True)
