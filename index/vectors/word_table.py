"""The embedded model as a dictionary: its table has a vector for every word that it knows."""

import json
from collections.abc import Sequence
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from corpus.remember import remembered
from index.vectors.encoder import Vectors, embedded_model
from index.vectors.likeness import Likenesses, most_alike

REMEMBERED = 4096  # words of questions whose vectors are kept, some 4 MB


class TableLikeness:
    """Likeness by the table, which is read at first use."""

    def __init__(self) -> None:
        self._vector = remembered(REMEMBERED)(lambda word: self._table.vector(word))

    def of(self, words: Sequence[str], texts: Sequence[Sequence[str]]) -> Likenesses:
        """See WordLikeness.of."""
        return most_alike(words, texts, self._cosines)

    def _cosines(self, words: Sequence[str], tokens: Sequence[str]) -> Likenesses:
        rows = np.fromiter(map(self._table.rows.get, tokens, repeat(-1)), dtype=np.intp)
        near = np.zeros((len(words), len(tokens)), dtype=np.float32)
        own = np.array([self._vector(word) for word in words], dtype=np.float32)
        near[:, rows >= 0] = own @ self._table.vectors(rows[rows >= 0]).T
        return near

    @cached_property
    def _table(self) -> "_Table":
        return _Table()


class _Table:
    """The embedded model's tokens with a row each: int8 of shape (tokens, dimensions)."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file

        folder = embedded_model()
        vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        self.rows = {token: row for row, (token, _) in enumerate(vocabulary)}
        arrays = load_file(folder / "model.safetensors")
        self._embeddings, self._weights = arrays["embeddings"], arrays["weights"]

    def vectors(self, rows: Sequence[int] | NDArray[np.intp]) -> Vectors:
        """Unit vectors of rows of the table, float32 of shape (rows, dimensions)."""
        return _unit(self._embeddings[rows].astype(np.float32))

    def vector(self, word: str) -> Vectors:
        """The unit vector of a word: its own, or the weighted mean of its characters'."""
        parts = [word] if word in self.rows else [char for char in word if char in self.rows]
        if not parts:
            return np.zeros(self._embeddings.shape[1], dtype=np.float32)
        rows = [self.rows[part] for part in parts]
        mean = (self._weights[rows, None] * self.vectors(rows)).sum(0, keepdims=True)
        return np.asarray(_unit(mean)[0])


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-6), dtype=np.float32)
