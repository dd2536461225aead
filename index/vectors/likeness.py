"""How near words are in meaning, by the embedded model's table: 瞧病 and 就医, 砸钱 and 投入.

A sentence's vector is a mean of its words and drowns one of them; word against word, as ColBERT's
late interaction compares (Khattab and Zaharia 2020, arXiv 2004.12832), each word of a question
finds its like. The table serves whatever model the library is indexed with: it is a dictionary.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from corpus.remember import remembered
from index.vectors.encoder import embedded_model
from index.words.tokenizer import pieces

Array = NDArray[np.float32]
REMEMBERED = 4096  # words of questions whose vectors are kept, some 4 MB
_NONE = ""  # a token that no word is like


def likeness(words: Sequence[str], texts: Sequence[Sequence[str]]) -> Array:
    """For each text, given as its tokens, and each word the cosine of the token most like it, or
    the share of the word's character pairs that the text has, whichever is more: 1 where the text
    has the word itself. Float32 of shape (texts, words), 0 to 1.
    """
    if not words or not texts:
        return np.zeros((len(texts), len(words)), dtype=np.float32)
    table = _table()
    vocabulary = dict.fromkeys(chain((_NONE,), *texts))  # every text has _NONE: none is empty
    column = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    columns = np.fromiter(
        map(column.__getitem__, chain(*((_NONE, *tokens) for tokens in texts))), dtype=np.intp
    )
    starts = np.cumsum([0, *(1 + len(tokens) for tokens in texts[:-1])])
    rows = np.fromiter(map(table.rows.get, vocabulary, repeat(-1)), dtype=np.intp)
    near = np.zeros((len(words), len(column)), dtype=np.float32)
    own = np.array([_vector(word) for word in words], dtype=np.float32)
    near[:, rows >= 0] = own @ table.vectors(rows[rows >= 0]).T
    for n, word in enumerate(words):
        if word in column:
            near[n, column[word]] = 1.0
    best = np.maximum.reduceat(near[:, columns], starts, axis=1).T
    for n, word in enumerate(words):
        pairs = [column.get(pair) for pair in pieces(word)] if len(word) > 2 else []
        if any(pairs):  # a long word that the text has is not cut out there as one
            held = [np.logical_or.reduceat(columns == pair, starts) for pair in pairs if pair]
            best[:, n] = np.maximum(best[:, n], np.sum(held, axis=0) / len(pairs))
    return np.asarray(best.clip(0.0, 1.0), dtype=np.float32)


class _Table:
    """The embedded model's tokens with a row each: int8 of shape (tokens, dimensions)."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file

        folder = embedded_model()
        vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        self.rows = {token: row for row, (token, _) in enumerate(vocabulary)}
        arrays = load_file(folder / "model.safetensors")
        self._embeddings, self._weights = arrays["embeddings"], arrays["weights"]

    def vectors(self, rows: Sequence[int] | NDArray[np.intp]) -> Array:
        """Unit vectors of rows of the table, float32 of shape (rows, dimensions)."""
        return _unit(self._embeddings[rows].astype(np.float32))

    def vector(self, word: str) -> Array:
        """The unit vector of a word: its own, or the weighted mean of its characters'."""
        parts = [word] if word in self.rows else [char for char in word if char in self.rows]
        if not parts:
            return np.zeros(self._embeddings.shape[1], dtype=np.float32)
        rows = [self.rows[part] for part in parts]
        mean = (self._weights[rows, None] * self.vectors(rows)).sum(0, keepdims=True)
        return np.asarray(_unit(mean)[0])


@cache
def _table() -> _Table:
    return _Table()


@remembered(REMEMBERED)
def _vector(word: str) -> Array:
    return _table().vector(word)


def _unit(vectors: Array) -> Array:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-6), dtype=np.float32)
