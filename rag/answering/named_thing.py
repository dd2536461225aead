"""Whether sentences say the very thing that is asked for, by the words that few bulletins have."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.words.tokenizer import tokenize
from rag.query.meanings import said, terms_of
from rag.query.question import Query
from rag.reading.evidence import Evidence

LOOKED_AT = 6  # sentences, best first
LIKE = 0.6  # likeness from which a word is said
# Of what the sentence says that says most of the question, the least that another must say of it.
AS_MUCH = 0.7
# Of the weight of a question's words, the rarer the heavier, what a sentence must say.
SAID = 0.5


def says_what_is_asked(
    library: Library, query: Query, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence from the first sentence on that says half of what the question does; empty where
    none of the best does.
    """
    looked = evidence[:LOOKED_AT]
    told = _shares_said(library, query, looked)
    if told is None:
        return tuple(evidence)
    first = next((n for n, share in enumerate(told) if share >= SAID), None)
    return () if first is None else (*evidence[first:], *evidence[:first])


def says_as_much(
    library: Library, query: Query, sentences: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Of sentences that each answer for another place those that say nearly as much of the question
    as the one that says most.
    """
    told = _shares_said(library, query, sentences)
    if told is None:
        return tuple(sentences)
    least = AS_MUCH * float(told.max())
    return tuple(item for item, share in zip(sentences, told, strict=True) if share >= least)


def _shares_said(
    library: Library, query: Query, items: Sequence[Evidence]
) -> NDArray[np.float32] | None:
    """Of the weight of the question's words, as far as any bulletin has them, what each sentence
    says: float32 of shape (items,); None where there is nothing to be said.
    """
    words = [term.alternatives[0][0] for term in terms_of(query)]
    counted = library.frequencies(words) if words else {}
    known = [term for term in terms_of(query) if counted[term.alternatives[0][0]]]
    if not known or not items:
        return None
    weights = np.array([1 / math.log(2 + counted[term.alternatives[0][0]]) for term in known])
    shares = said(known, [tokenize(item.quote) for item in items], library.likeness) >= LIKE
    return np.asarray((shares * weights).sum(1) / weights.sum(), dtype=np.float32)
