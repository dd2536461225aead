"""How certain it is that a question is answered at all by what was read for it.

A logistic model over a few signs with names, fitted on questions that the reader did not learn
from: those of the watched group (`python -m rag.training.reading certainty` fits by these alone)
together with pairs in everyday words on documents kept aside, whose bias was 2.0: half of the pairs
are unanswerable, of what is asked a fifth, so that less is refused.
"""

import math
from collections.abc import Mapping

from rag.reading.signs import SIGNS, Sighted

# What each sign weighs, by its name in SIGNS; one without a weight counts for nothing.
WEIGHTS: Mapping[str, float] = {
    "best passage": 0.5,
    "best three": 0.65,
    "figure missing": -0.57,
    "person missing": -0.9,
}
BIAS = 2.4
LEAST = 1e-12  # a probability nearer to 0 or 1 has no logit that could be told


def certainty(sighted: Sighted) -> float:
    """The probability, 0 to 1, that the question is answered in what was read."""
    weighed = (weight * SIGNS[name](sighted) for name, weight in WEIGHTS.items())
    return logistic(BIAS + sum(weighed))


def logistic(logit: float) -> float:
    """1 / (1 + e**-logit), without overflow."""
    return (1 + math.tanh(logit / 2)) / 2


def logit(probability: float) -> float:
    """The inverse of `logistic`, within what numbers can tell apart."""
    held = min(max(probability, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))
