"""The reader: which sentence of the hits answers, by a linear model over features with names.

It reads more closely than the ranker that orders paragraphs: it knows what kind of thing the
question wants, what the conversation has told already, and how the paragraphs were found.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.bulletin import Span
from corpus.figures.quantities import find_figures
from index.vectors.likeness import WordLikeness
from index.words.tokenizer import tokenize
from rag.query.meanings import nearness, said, terms_of
from rag.query.question import Query, placeless
from rag.reading.wanted import WANTED_FEATURES, wanted_values
from rag.retrieval.features import SENTENCE_FEATURES, Array
from rag.retrieval.search import Hit

_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年|\D|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
SPREAD = 6.0  # of the ranker's scores: this far below the best one a sentence counts for 1/e
OWN_FEATURES = (
    "ranked", "ranked, of all's best", "fused", "hit's score", "hit's place", "own words said",
    "said near asking", "told before", "numbers said by unit",
)  # fmt: skip
READER_FEATURES = (*SENTENCE_FEATURES, *WANTED_FEATURES, *OWN_FEATURES)


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """All sentences of some hits, in order. `hits[i]` and `spans[i]` are sentence i's;
    `said`, float32 of shape (sentences, terms), is how far each says each term of the question;
    `values`, float32 of shape (sentences, READER_FEATURES), is what the reader weighs.
    """

    hits: tuple[Hit, ...]
    spans: tuple[Span, ...]
    said: Array
    values: Array

    @property
    def quotes(self) -> list[str]:
        """The sentences in the words of the source."""
        return [
            hit.text[span.start : span.end] for hit, span in zip(self.hits, self.spans, strict=True)
        ]


def read(query: Query, hits: Sequence[Hit], likeness: WordLikeness) -> Sentences:
    """The sentences of hits as the reader sees them."""
    rows = [(place, hit, one) for place, hit in enumerate(hits) for one in hit.sentences]
    quotes = [hit.text[one.span.start : one.span.end] for _, hit, one in rows]
    tokens = [one.tokens for _, _, one in rows]
    terms = terms_of(query)
    own = terms_of(replace(query, understood=query.question))
    column = {term: n for n, term in enumerate(dict.fromkeys((*terms, *own)))}
    by_any = said(tuple(column), tokens, likeness)
    by_term, by_own = (by_any[:, [column[term] for term in some]] for some in (terms, own))
    values = np.zeros((len(rows), len(READER_FEATURES)), dtype=np.float32)
    if rows:
        best = max(one.score for _, _, one in rows)
        told = {token for text in query.told for token in tokenize(text)}
        weights = nearness(placeless(query), [term.alternatives[0][0] for term in terms])
        near_asking = (by_term * (weights / max(float(weights.sum()), 1e-6))).sum(1)
        own_said = by_own.mean(1) if own else np.zeros(len(rows))
        numbers = {id(hit): _numbers_said(query, hit) for hit in hits}
        further = [
            (one.score / 10, math.exp((one.score - best) / SPREAD), hit.fused, hit.score,
             1 / (1 + place), share, near, len(told & set(words)) / max(1, len(set(words))),
             numbers[id(hit)])
            for (place, hit, one), share, near, words in zip(
                rows, own_said, near_asking, tokens, strict=True
            )
        ]  # fmt: skip
        values = np.column_stack(
            [
                np.array([one.values for _, _, one in rows], dtype=np.float32),
                wanted_values(query, terms, quotes, likeness),
                np.array(further, dtype=np.float32),
            ]
        )
    owners, spans = tuple(hit for _, hit, _ in rows), tuple(one.span for _, _, one in rows)
    return Sentences(owners, spans, by_term, values)


def _numbers_said(query: Query, hit: Hit) -> float:
    """The share of the question's numbers, years left out, that a unit has, in digits or in Han
    numerals; 1 where the question has none.
    """
    asked = {float(number) for number in _NUMBER.findall(_YEAR.sub(" ", query.understood))}
    if not asked:
        return 1.0
    held = {float(number) for number in _NUMBER.findall(hit.text)}
    held |= {figure.value for figure in find_figures(hit.text)}
    return len(asked & held) / len(asked)
