"""BM25 as an inner product: the weights of a unit's words times the rarity of a query's.

The engine's own BM25 knows neither our tokenizer nor two fields of one unit, and Milvus Lite counts
rarity by segment. Weights made here give the scores of `lexical.search` in any engine that can
multiply sparse vectors.
"""

import math
from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b

from index.words.lexical import BODY_WEIGHT, CONTEXT_WEIGHT
from index.words.terms import saturated

DIMENSIONS = 2**32 - 1  # what Milvus allows; of a million words some hundred pairs fall together
LEAST_RARITY = 1e-6  # as FTS5: a word in more than half of the units still counts, hardly

Sparse = dict[int, float]


def unit_weights(body: str, context: str, mean_length: float) -> Sparse:
    """What each word of a unit weighs: its count in both fields, saturated by the unit's length
    in tokens against the mean one (Robertson and Zaragoza 2009).
    """
    own, around = body.split(), context.split()
    counts: Counter[str] = Counter()
    for tokens, weight in ((own, BODY_WEIGHT), (around, CONTEXT_WEIGHT)):
        for token, count in Counter(tokens).items():
            counts[token] += weight * count  # type: ignore[assignment] # a weighted count
    length = len(own) + len(around)
    return _vector({t: saturated(c, length, mean_length) for t, c in counts.items()})


def query_weights(frequency: Mapping[str, int], units: int) -> Sparse:
    """What each word of a query weighs, by how many of the units hold it: its rarity, as FTS5
    reckons it, ln((N - n + 0.5) / (n + 0.5)).
    """
    return _vector({
        token: max(math.log((units - count + 0.5) / (count + 0.5)), LEAST_RARITY)
        if count < units else LEAST_RARITY
        for token, count in frequency.items() if count
    })  # fmt: skip


def _vector(weights: Mapping[str, float]) -> Sparse:
    vector: Sparse = {}
    for token, weight in weights.items():
        dimension = int.from_bytes(blake2b(token.encode(), digest_size=4).digest()) % DIMENSIONS
        vector[dimension] = vector.get(dimension, 0.0) + weight
    return vector
