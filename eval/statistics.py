"""How sure a value is: bootstrap intervals, and a paired test between two runs."""

from dataclasses import dataclass

import numpy as np

from eval.metrics import Metric, Values, share

RESAMPLES = 2000  # the ends of a 95 % interval move by less than a tenth of its width from then on
PERMUTATIONS = 10_000  # smallest p-value told: 0.0001
CONFIDENCE = 0.95
SEED = 7


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric's value over `n` questions, with the ends of its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def estimate(metric: Metric, scores: Values) -> Estimate | None:
    """The metric over scores of shape (questions, inputs), or None where it says nothing.

    The interval is the percentile bootstrap's (Efron and Tibshirani 1993, ch. 13): questions are
    drawn with replacement, the metric is computed for each draw.
    """
    known = scores[~np.isnan(scores).any(axis=1)]
    value = float(metric.aggregate(known)) if len(known) else float("nan")
    if np.isnan(value):
        return None
    rng = np.random.default_rng(SEED)
    draws = known[rng.integers(0, len(known), (RESAMPLES, len(known)))]
    values = metric.aggregate(draws)
    values = values[~np.isnan(values)]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values, (tail, 1 - tail)) if len(values) else (value, value)
    return Estimate(value, float(low), float(high), len(known))


def paired_p_value(metric: Metric, old: Values, new: Values) -> float:
    """Two-sided p-value of a difference between two runs over the same questions, row by row.

    Fisher's randomisation test (Smucker, Allan and Carterette, CIKM 2007): under the hypothesis
    that both runs are alike, each question's pair of scores may be swapped; told is the share of
    swaps that differ at least as much as the runs do, (b + 1) / (m + 1) so that it is never 0.
    """
    observed = abs(_difference(metric, old, new))
    if np.isnan(observed):
        return float("nan")
    moved = ~((old == new) | (np.isnan(old) & np.isnan(new))).all(axis=1)
    if not moved.any():
        return 1.0
    rng = np.random.default_rng(SEED)
    reached = 0
    step = max(1, 2_000_000 // max(1, len(old)))  # bounds memory
    for start in range(0, PERMUTATIONS, step):
        count = min(step, PERMUTATIONS - start)
        swap = (rng.random((count, len(old), 1)) < 0.5) & moved[:, None]
        differences = np.abs(
            metric.aggregate(np.where(swap, old, new)) - metric.aggregate(np.where(swap, new, old))
        )
        reached += int((differences >= observed - 1e-12).sum())
    return float(share(np.array(reached + 1.0), np.array(PERMUTATIONS + 1.0)))


def _difference(metric: Metric, old: Values, new: Values) -> float:
    return float(metric.aggregate(new) - metric.aggregate(old))
