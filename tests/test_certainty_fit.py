"""What signs weigh is fitted by a logistic regression that a reader can check by hand."""

import numpy as np
import pytest

from rag.reading.certainty import WEIGHTS, logistic
from rag.reading.signs import SIGNS
from rag.training.reading.certainty_fit import fitted


def test_every_weight_belongs_to_a_sign() -> None:
    """A name that no sign has would be a slip of the pen."""
    assert set(WEIGHTS) <= set(SIGNS)


def test_a_sign_that_tells_weighs_and_one_that_does_not_weighs_little() -> None:
    """The first sign is 2 above where a question is answered, all others are noise."""
    chance = np.random.default_rng(0)
    answered = np.repeat([1.0, 0.0], 200)
    signs = chance.normal(size=(400, len(SIGNS)))
    signs[:, 0] += 2 * answered
    fit = fitted(signs, answered)
    first, *others = fit.weights.values()
    assert first > 5 * max(map(abs, others))
    assert fit.separated > 0.85  # two normal distributions 2 apart: .92


def test_the_bias_is_that_of_the_share_where_nothing_tells() -> None:
    """Signs that are always 0 leave the share of answered questions: three of four is a logit of
    ln 3.
    """
    answered = np.array([1.0, 1.0, 1.0, 0.0] * 10)
    fit = fitted(np.zeros((40, len(SIGNS))), answered)
    assert logistic(fit.bias) == pytest.approx(0.75, abs=0.01)
    assert set(fit.weights.values()) == {0.0}
