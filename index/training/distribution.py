"""First word vectors from the company that words keep: PPMI of neighbours, cut down by an SVD.

Contrast between queries and passages sees most words a few times only. Counting neighbours over
all the documents tells beforehand which words are used alike (看病 and 就医), and costs minutes.
After Levy, Goldberg and Dagan, Improving Distributional Similarity with Lessons Learned from Word
Embeddings, TACL 3 (2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from index.training.tokens import Ragged

Table = NDArray[np.float32]

# Tokens counted at once; bounds the memory of the counting.
COUNT_TOKENS = 1_500_000


@dataclass(frozen=True, slots=True)
class DistributionSettings:
    """How neighbours are counted and how their table is factorised.

    ``window`` is the farthest neighbour in tokens, counted 1 / distance; ``frequent`` the relative
    frequency above which a token's neighbourhood is thinned (word2vec's subsampling, in
    expectation); ``least`` the smallest count kept; ``smoothing`` the exponent of the contexts'
    frequencies; ``shift`` is taken off the pointwise mutual information; ``spectrum`` is the
    exponent of the singular values and ``iterations`` the number of power iterations.
    """

    window: int = 8
    frequent: float = 1e-4
    least: float = 0.4
    smoothing: float = 0.75
    shift: float = 0.7
    spectrum: float = 0.25
    iterations: int = 2


def neighbour_counts(texts: Ragged, size: int, settings: DistributionSettings) -> csr_array:
    """Count neighbours within each text.

    :param texts: token ids of documents.
    :param size: V, the number of tokens.
    :returns: float32, V x V, symmetric.
    """
    frequency = np.bincount(texts.ids, minlength=size) / max(len(texts.ids), 1)
    keep = np.sqrt(settings.frequent / np.maximum(frequency, settings.frequent)).astype(np.float32)
    total = csr_array((size, size), dtype=np.float32)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(texts.starts))
    for start in range(0, len(texts.ids), COUNT_TOKENS):
        end = min(start + COUNT_TOKENS, len(texts.ids))
        total = total + _block(texts.ids, owners, keep, (start, end), settings.window)
    counts = csr_array(total + total.T)
    counts.data[counts.data < settings.least] = 0.0
    counts.eliminate_zeros()
    return counts


def _block(
    ids: NDArray[np.int32],
    owners: NDArray[np.int32],
    keep: Table,
    bounds: tuple[int, int],
    window: int,
) -> csr_array:
    """Count the neighbours after each of the tokens within the bounds."""
    rows, columns, values = list[NDArray[np.int32]](), list[NDArray[np.int32]](), list[Table]()
    for distance in range(1, window + 1):
        end = min(bounds[1], len(ids) - distance)
        here = np.arange(bounds[0], max(end, bounds[0]))
        here = here[owners[here] == owners[here + distance]]
        left, right = ids[here], ids[here + distance]
        rows.append(left)
        columns.append(right)
        values.append(keep[left] * keep[right] / np.float32(distance))
    parts = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return csr_array(coo_array(parts, shape=(len(keep), len(keep))))


def positive_information(counts: csr_array, smoothing: float, shift: float) -> csr_array:
    """Turn counts into shifted positive pointwise mutual information.

    :returns: float32, of the counts' shape, log P(c|w) / P(c) - shift where that is positive.
    """
    row = np.asarray(counts.sum(axis=1)).ravel()
    column = np.asarray(counts.sum(axis=0)).ravel() ** smoothing
    column /= max(column.sum(), np.finfo(np.float64).tiny)
    result = csr_array(counts, dtype=np.float32, copy=True)
    owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    ratio = counts.data / (row[owner] * column[counts.indices])
    result.data = np.maximum(np.log(ratio) - shift, 0.0).astype(np.float32)
    result.eliminate_zeros()
    return result


def unit_rows(table: Table) -> Table:
    """Bring rows to unit length; zero rows stay zero."""
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.maximum(norms, 1e-9), dtype=np.float32)


def factorise(
    matrix: csr_array, dimension: int, settings: DistributionSettings, seed: int
) -> Table:
    """Return the rows' coordinates on the strongest directions, by a randomised SVD.

    After Halko, Martinsson and Tropp, Finding Structure with Randomness, SIAM Review 53 (2011).

    :returns: float32, rows x dimension, unit rows.
    """
    chance = np.random.default_rng(seed)
    width = dimension + 32
    basis = chance.standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(settings.iterations):
        basis = np.linalg.qr(matrix @ basis)[0]
        basis = np.linalg.qr(matrix.T @ basis)[0]
    left, values, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    kept = left[:, :dimension] * values[:dimension] ** settings.spectrum
    table = np.zeros((matrix.shape[0], dimension), dtype=np.float32)
    table[:, : kept.shape[1]] = kept
    return unit_rows(table)
