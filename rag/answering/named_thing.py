"""Whether sentences say the very thing that is asked for, by the words that few bulletins have."""

import math
from collections.abc import Sequence

import numpy as np

from index.library import Library
from index.words.tokenizer import tokenize
from rag.query.meanings import said, terms_of
from rag.query.question import Query
from rag.reading.evidence import Evidence

LOOKED_AT = 6  # sentences, best first
LIKE = 0.6  # likeness from which a word is said
# Of the weight of a question's words, the rarer the heavier, what a sentence must say.
SAID = 0.5


def says_what_is_asked(
    library: Library, query: Query, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence from the first sentence on that says half of what the question does; empty where
    none of the best does.
    """
    words = [term.alternatives[0][0] for term in terms_of(query)]
    counted = library.frequencies(words) if words else {}
    known = [term for term in terms_of(query) if counted[term.alternatives[0][0]]]
    looked = evidence[:LOOKED_AT]
    if not known or not looked:
        return tuple(evidence)
    weights = np.array([1 / math.log(2 + counted[term.alternatives[0][0]]) for term in known])
    shares = said(known, [tokenize(item.quote) for item in looked], library.likeness) >= LIKE
    told = (shares * weights).sum(1) / weights.sum()
    first = next((n for n, share in enumerate(told) if share >= SAID), None)
    return () if first is None else (*evidence[first:], *evidence[:first])
