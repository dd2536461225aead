"""Both indexes' candidates for a question in one list: a convex combination of their scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.records import Found
from index.scope import Scope
from index.vectors.encoder import Vectors
from rag.query.question import Query
from rag.retrieval.stages import ALL_STAGES, Stages

CANDIDATES = 50  # units taken from each index; recall@50 is complete on CMRC 2018 and the bulletins
MIN_SPREAD = 1e-3  # of cosines; below it they all say the same


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its BM25 and its meaning as shares of the best one's, 0 to 1; `weight` is what
    words count beside the vectors that tell the meaning.
    """

    found: Found
    words: float
    meaning: float
    weight: float

    @property
    def score(self) -> float:
        """Both in one, 0 to 1: a convex combination, which rank fusion lost against at every level
        on CMRC 2018 and XQuAD.
        """
        return self.weight * self.words + (1 - self.weight) * self.meaning


def candidates(
    library: Library, query: Query, limit: int, scope: Scope, stages: Stages = ALL_STAGES
) -> list[Candidate]:
    """What either index finds for a query, best first: everywhere inside the scope, and once more
    about the places that the query names, which a large library may have little about.
    """
    text = query.understood
    scopes = [scope]
    if query.places and scope.places is None and stages.places:
        scopes.append(replace(scope, places=query.places))
    words = _best(_by_words(library, query, limit, s) for s in scopes if stages.words)
    meaning = _best(library.search_meaning(text, limit, s) for s in scopes if stages.meaning)
    found = {hit.row: hit for hit in (*words, *meaning)}
    by_words = _shares(words, [hit.score for hit in words])
    distances = standardised([hit.score for hit in meaning], library.background(text)).tolist()
    by_meaning = _shares(meaning, distances)
    fused = [
        Candidate(hit, by_words.get(row, 0.0), by_meaning.get(row, 0.0), library.words_weight)
        for row, hit in found.items()
    ]
    return sorted(fused, key=lambda c: (-c.score, c.found.bulletin, c.found.position))


def _best(lists: Iterable[Sequence[Found]]) -> list[Found]:
    """The units of several searches for one query, best first."""
    found = {hit.row: hit for hits in lists for hit in hits}
    return sorted(found.values(), key=lambda hit: -hit.score)


def _by_words(library: Library, query: Query, limit: int, scope: Scope) -> list[Found]:
    """Units by the words of the query, or by the Chinese words that its English ones stand for."""
    if query.terms:
        return library.search_terms(library.resolve(query.terms), limit, scope)
    return library.search_words(query.understood, limit, scope)


def standardised(
    cosines: Sequence[float] | Vectors, background: Vectors
) -> NDArray[np.floating[Any]]:
    """Cosines as standard deviations above those that any text of the library has with the query.

    One model gives unrelated texts 0.1, another 0.8; their standardised cosines can be compared.
    """
    if background.size == 0:
        return np.asarray(cosines)
    mean, spread = float(background.mean()), max(float(background.std()), MIN_SPREAD)
    return (np.asarray(cosines) - mean) / spread


def _shares(hits: Sequence[Found], scores: Sequence[float]) -> dict[int, float]:
    """Scores by row as shares of the best one, none below 0."""
    top = max(scores, default=0.0)
    if top <= 0:
        return {}
    return {hit.row: max(score / top, 0.0) for hit, score in zip(hits, scores, strict=True)}
