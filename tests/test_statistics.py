"""Intervals and p-values are what theory says for cases that theory can do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import BY_NAME, Values
from eval.statistics import estimate, paired_p_value

ANSWER = BY_NAME["answer"]


def column(*values: float) -> Values:
    return np.array(values, dtype=float).reshape(-1, 1)


def test_an_interval_of_a_share_is_near_the_normal_one() -> None:
    """100 questions, 70 right: 0.7 ± 1.96 · sqrt(0.7 · 0.3 / 100) = 0.61 to 0.79."""
    found = estimate(ANSWER, column(*[1.0] * 70, *[0.0] * 30))
    assert found is not None
    half = 1.96 * math.sqrt(0.7 * 0.3 / 100)
    assert (found.value, found.n) == (0.7, 100)
    assert (found.low, found.high) == pytest.approx((0.7 - half, 0.7 + half), abs=0.02)


def test_what_never_varies_has_no_width() -> None:
    """All right: the interval is 1 to 1. Questions without the score are not counted."""
    found = estimate(ANSWER, column(1, 1, 1, float("nan")))
    assert found is not None
    assert (found.low, found.high, found.n) == (1, 1, 3)


def test_nothing_to_estimate_is_none() -> None:
    """No question has the score."""
    assert estimate(ANSWER, column(float("nan"))) is None
    assert estimate(ANSWER, np.empty((0, 1))) is None


def test_the_exact_p_value_of_five_wins() -> None:
    """Five questions better, none worse: of 2^5 swaps two reach the difference, p = 2/32."""
    p = paired_p_value(ANSWER, column(*[0.0] * 5), column(*[1.0] * 5))
    assert p == pytest.approx(2 / 32, abs=0.01)


def test_runs_that_are_alike_have_a_p_value_of_one() -> None:
    """No question moved."""
    assert paired_p_value(ANSWER, column(1, 0, 1), column(1, 0, 1)) == 1


def test_one_up_and_one_down_is_chance() -> None:
    """The difference is 0, which every swap reaches."""
    assert paired_p_value(ANSWER, column(1, 0), column(0, 1)) == 1


def test_the_test_works_for_refusals_too() -> None:
    """Ten unanswerable questions, none refused before, all now: F1 from 0 to 1, p near 2/2^10."""
    old = np.array([[0.0, 1.0]] * 10)
    new = np.array([[1.0, 1.0]] * 10)
    assert paired_p_value(BY_NAME["refusal F1"], old, new) < 0.01


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=40))
def test_an_interval_holds_its_value(values: list[float]) -> None:
    """Low ≤ value ≤ high, all between the smallest and the largest score."""
    found = estimate(ANSWER, column(*values))
    assert found is not None
    assert min(values) <= found.low <= found.value <= found.high <= max(values)
