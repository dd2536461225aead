"""First vectors of words: Chinese ones by the company they keep, English by their translations.

An English word starts at the mean of the Chinese words that it is paired with, weighted by
pointwise mutual information, for there is too little English text to count its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from torch import Tensor

from index.training.batches import DocumentSampler, PairSampler, Sampler
from index.training.distribution import (
    DistributionSettings,
    factorise,
    neighbour_counts,
    positive_information,
    unit_rows,
)
from index.training.tokens import Ids, Ragged, join

# Groups of pairs whose texts are long enough to have neighbours to count.
TEXT_GROUPS = ("service", "statute", "plain", "question", "paraphrase")
# Groups of pairs of an English text and its Chinese one.
TRANSLATED_GROUPS = ("gloss", "place", "parallel")


def first_vectors(
    samplers: Mapping[str, Sampler],
    tokens: Sequence[str],
    dimension: int,
    seed: int,
    settings: DistributionSettings | None = None,
) -> Tensor:
    """Make a vector for each token from what the samplers hold.

    :param tokens: the vocabulary in the order of its ids, V entries.
    :returns: float32, V x D; rows of unit length, zero for single characters and for tokens of
        which nothing is known.
    """
    settings = settings or DistributionSettings()
    counts = neighbour_counts(_texts(samplers), len(tokens), settings)
    information = positive_information(counts, settings.smoothing, settings.shift)
    table = factorise(information, dimension, settings, seed)
    latin = np.array([token.isascii() and token.isalpha() for token in tokens])
    pairs = [samplers[group] for group in TRANSLATED_GROUPS if group in samplers]
    together = partner_counts((s for s in pairs if isinstance(s, PairSampler)), len(tokens))
    chinese = np.where(latin[:, None], np.float32(0.0), table)
    translated = unit_rows(positive_information(together, smoothing=1.0, shift=0.0) @ chinese)
    known = latin & translated.any(axis=1)
    table[known] = translated[known]
    # Names are spelled by characters; what those have in common must not make names alike.
    table[[len(token) == 1 for token in tokens]] = 0.0
    return torch.from_numpy(table)


def partner_counts(samplers: Iterable[PairSampler], size: int) -> csr_array:
    """Count how often a token of a query meets one of its passage; each meeting shares out one.

    :param size: V, the number of tokens.
    :returns: float32, V x V, query tokens by passage tokens.
    """
    rows, columns, values = list[Ids](), list[Ids](), list[NDArray[np.float32]]()
    for sampler in samplers:
        for number in sampler.usable:
            query, passage = sampler.queries[number], sampler.passages[number]
            rows.append(np.repeat(query, len(passage)))
            columns.append(np.tile(passage, len(query)))
            values.append(np.full(len(query) * len(passage), 1 / len(passage), dtype=np.float32))
    if not rows:
        return csr_array((size, size), dtype=np.float32)
    places = (np.concatenate(rows), np.concatenate(columns))
    return csr_array(coo_array((np.concatenate(values), places), shape=(size, size)))


def _texts(samplers: Mapping[str, Sampler]) -> Ragged:
    """Lay all texts end to end whose neighbours are counted."""
    parts: list[Ragged] = []
    for group, sampler in samplers.items():
        if isinstance(sampler, DocumentSampler):
            parts.append(sampler.texts)
        elif isinstance(sampler, PairSampler) and group in TEXT_GROUPS:
            parts += [sampler.queries, sampler.passages]
    return join(part[number] for part in parts for number in range(len(part)))
