"""Weights by listwise logistic regression: of a question's candidates, the right one.

The loss of a question is -ln of the softmax share that its right candidates have (ListNet's top-one
probability, Cao et al. 2007), plus a penalty on the square of the weights of standardised features.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from rag.retrieval.features import Array

STEPS = 200  # of L-BFGS, which stops by itself long before
NEVER = -1e4  # score of what is left out of a softmax


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Candidates of a question: `values`, float32 of shape (candidates, features), and which are
    right, of shape (candidates,).
    """

    values: Array
    right: NDArray[np.bool_]


def fit(choices: Sequence[Alternatives], penalty: float) -> Array:
    """Weights, float32 of shape (features,); the same for the same choices, there is no chance."""
    useful = [choice for choice in choices if choice.right.any() and not choice.right.all()]
    values = np.concatenate([choice.values for choice in useful])
    scale = values.std(0) + 1e-3
    sizes = [len(choice.right) for choice in useful]
    features = torch.tensor(values / scale)
    right = torch.tensor(np.concatenate([choice.right for choice in useful]))
    question = torch.tensor(np.repeat(np.arange(len(useful)), sizes))
    weights = torch.zeros(values.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def total(scores: torch.Tensor) -> torch.Tensor:
        """Logarithm of the sum of exp of each question's scores."""
        top = torch.full((len(useful),), NEVER).scatter_reduce(0, question, scores.detach(), "amax")
        sums = torch.zeros(len(useful)).index_add(0, question, torch.exp(scores - top[question]))
        return top + torch.log(sums + 1e-12)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = features @ weights
        surprise = total(scores) - total(torch.where(right, scores, NEVER))
        value = surprise.mean() + penalty * (weights**2).sum()
        torch.autograd.backward(value)
        return value

    torch.manual_seed(0)
    optimizer.step(loss)  # type: ignore[no-untyped-call] # torch leaves it without types
    return np.asarray(weights.detach().numpy() / scale, dtype=np.float32)


def fit_logistic(values: Array, right: NDArray[np.bool_], penalty: float) -> Array:
    """Weights, float32 of shape (features,), of a logistic regression: their sum with a row of
    `values` is the logit that it is right. Of the last feature, the bias, no penalty is taken.
    """
    scale = values.std(0) + 0.05  # what hardly varied here may vary elsewhere
    scale[-1] = 1.0
    features, truth = torch.tensor(values / scale), torch.tensor(right.astype(np.float32))
    weights = torch.zeros(values.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        surprise = torch.nn.functional.binary_cross_entropy_with_logits(features @ weights, truth)
        value = surprise + penalty * (weights[:-1] ** 2).sum()
        torch.autograd.backward(value)
        return value

    torch.manual_seed(0)
    optimizer.step(loss)  # type: ignore[no-untyped-call] # torch leaves it without types
    return np.asarray(weights.detach().numpy() / scale, dtype=np.float32)
