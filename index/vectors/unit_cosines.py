"""From the cosines of passages to units: each counts by its nearest passage."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from index.keys import passage_keys
from index.scope import Scope
from index.vectors.encoder import Vectors

OVERFETCH = 3  # passages asked for per unit wanted: a good unit often has several near passages
SAMPLES = 256  # vectors that show how near a question is to any text at all

Inside = Callable[[Scope], Mapping[str, int]]  # units in bounds by key, with their passages


@dataclass(frozen=True, slots=True)
class DenseHit:
    """A unit by its key and the cosine of its nearest passage, in [-1, 1]."""

    key: str
    score: float


def best_units(cosines: Iterable[tuple[str, float]], limit: int) -> list[DenseHit]:
    """Units by the keys that stand beside the cosines of their passages, best first."""
    best: dict[str, float] = {}
    for key, cosine in cosines:
        best[key] = max(best.get(key, -1.0), cosine)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return [DenseHit(key, score) for key, score in ranked[:limit]]


def keys_of(units: Mapping[str, int]) -> list[str]:
    """Keys of the passages of units that are given by key with their numbers of passages."""
    return [passage for key, count in units.items() for passage in passage_keys(key, count)]


def by_unit(units: Mapping[str, int], known: Mapping[str, float]) -> dict[str, Vectors]:
    """By unit, the cosine of each of its passages, float32 of shape (passages,), from those that
    are known by passage. A passage without a vector counts as -1.
    """
    every = np.array([known.get(name, -1.0) for name in keys_of(units)], dtype=np.float32)
    ends = np.cumsum(list(units.values()))[:-1]
    return dict(zip(units, np.split(every, ends), strict=True)) if units else {}
