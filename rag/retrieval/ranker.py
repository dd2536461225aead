"""The learned rankers: weights of the features, in a file that anyone can read.

Both are linear: a score is a sum of features times weights, so that every hit can be explained.
Boosted trees and a small network were no better on whole paragraphs and 0.01 better on sentences.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from corpus.bulletin import Span
from index.pool import Pool
from index.vectors.likeness import WordLikeness
from rag.retrieval.features import (
    SENTENCE_FEATURES,
    UNIT_FEATURES,
    Array,
    Table,
    tabulate,
    unit_values,
)
from rag.retrieval.named_weights import shipped_parts, weights_text

WEIGHTS_FILE = "ranker.json"
_FEATURES = {"sentence": SENTENCE_FEATURES, "unit": UNIT_FEATURES}
# Share of its unit's score in a sentence's: a sentence counts more in the right paragraph. Of 0,
# 0.5, 1 and 2 the best for the passage that holds the answer, on a quarter of CMRC 2018 dev.
FROM_UNIT = 2.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights, float32 of shape (features,), for sentences and for units."""

    sentence: Array
    unit: Array

    def as_json(self) -> str:
        """The file's text: weights by name of feature."""
        return weights_text(_FEATURES, {"sentence": self.sentence, "unit": self.unit})


@dataclass(frozen=True, slots=True)
class Ranking:
    """Scores of a pool: `units[i]` is that of readings[i], at or above 0, `sentences[j]` that of
    sentence j of `table`; scores of one question can be compared, those of two cannot.
    """

    table: Table
    units: Array
    sentences: Array


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a unit with the ranker's score, and what it looked at: `values`, float32 of
    shape (SENTENCE_FEATURES,), and its tokens.
    """

    span: Span
    score: float
    values: Array
    tokens: tuple[str, ...]


def sentences_of(rankings: Sequence[Ranking]) -> dict[int, tuple[Sentence, ...]]:
    """The sentences of readings[i], by i; the mean of several rankings of the same pool. Empty
    without rankings.
    """
    found: dict[int, list[Sentence]] = defaultdict(list)
    if rankings:
        table = rankings[0].table
        scores = np.mean([ranking.sentences for ranking in rankings], axis=0)
        values = np.mean([ranking.table.values for ranking in rankings], axis=0)
        rows = zip(table.units, table.spans, scores, values, table.tokens, strict=True)
        for unit, span, score, row, tokens in rows:
            found[int(unit)].append(Sentence(span, float(score), row, tokens))
    return {unit: tuple(sentences) for unit, sentences in found.items()}


@cache
def shipped_ranker() -> Ranker:
    """The ranker that the product carries; a feature without a weight counts for nothing."""
    return Ranker(**shipped_parts("rag.retrieval", WEIGHTS_FILE, _FEATURES))


def rank(pool: Pool, fused: Array, likeness: WordLikeness, ranker: Ranker | None = None) -> Ranking:
    """Scores of the units and sentences of a pool, which holds at least one unit.

    `fused[i]` is the score of readings[i] by fusion, 0 to 1.
    """
    ranker = ranker or shipped_ranker()
    table = tabulate(pool, likeness)
    units = unit_values(table, fused) @ ranker.unit
    sentences = table.values @ ranker.sentence + FROM_UNIT * units[table.units]
    return Ranking(table, np.maximum(units, 0), sentences)
