"""Whether hits answer at all: a logistic model over what their best sentence says and leaves out.

A question about another year, another figure or a price that nobody wrote down finds paragraphs
that resemble it. What tells it from one that is answered is what stays unsaid.
"""

import numpy as np

from index.library import Library
from rag.query.question import Query, subject_words
from rag.reading.linear_reader import READER_FEATURES, Sentences
from rag.retrieval.features import Array

# Of the best sentence only what its score alone tells: many features would learn the few questions
# without an answer by heart.
OWN_FEATURES = (
    "said", "least said", "own words said", "said near asking", "form", "figure's noun",
    "numbers said by unit", "coverage", "meaning", "unit said", "unit coverage",
)  # fmt: skip
WHOLE_FEATURES = ("best share", "terms unsaid by sentence", "terms unsaid by unit",
                  "terms unsaid by all", "words unknown", "best said of all", "bias")  # fmt: skip
ANSWERABLE_FEATURES = (*OWN_FEATURES, *WHOLE_FEATURES)
_OWN = [READER_FEATURES.index(name) for name in OWN_FEATURES]
UNSAID = 0.45  # likeness below which a term counts as unsaid


def answerable_values(library: Library, query: Query, sentences: Sentences, shares: Array) -> Array:
    """Features of a question with the sentences found for it, float32 of shape
    (ANSWERABLE_FEATURES,); `shares` are the reader's probabilities of these, at least one.
    """
    best = int(shares.argmax())
    inside = [hit is sentences.hits[best] for hit in sentences.hits]
    said = sentences.said
    whole = (
        float(shares[best]),
        _unsaid(said[best]),
        _unsaid(said[inside].max(0)),
        _unsaid(said.max(0)),
        _unknown(library, query),
        float(said.mean(1).max()) if said.shape[1] else 0.0,
        1.0,
    )
    return np.concatenate([sentences.values[best][_OWN], np.array(whole, dtype=np.float32)])


def _unsaid(terms: Array) -> float:
    """The share of terms that are not said; of none, none."""
    return float((terms < UNSAID).mean()) if len(terms) else 0.0


def _unknown(library: Library, query: Query) -> float:
    """The share of the words asked about that no bulletin has; English words are in none."""
    own = [word for word in dict.fromkeys(subject_words(query)) if len(word) > 1]
    if query.terms or not own:
        return 0.0
    known = library.frequencies(own)
    return sum(not known[word] for word in own) / len(own)
