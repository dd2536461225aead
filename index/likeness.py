"""How near words are in meaning, by the embedded model's table: 瞧病 and 就医, 砸钱 and 投入.

A sentence's vector is a mean of its words and drowns one of them; word against word, as ColBERT's
late interaction compares (Khattab and Zaharia 2020, arXiv 2004.12832), each word of a question
finds its like. The table serves whatever model the library is indexed with: it is a dictionary.
"""

import json
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.encoder import embedded_model
from index.tokenizer import pieces

Array = NDArray[np.float32]


def likeness(words: Sequence[str], texts: Sequence[Sequence[str]]) -> Array:
    """For each text, given as its tokens, and each word the cosine of the token most like it, or
    the share of the word's character pairs that the text has, whichever is more: 1 where the text
    has the word itself. Float32 of shape (texts, words), 0 to 1.
    """
    table = _table()
    known = dict.fromkeys(token for tokens in texts for token in tokens if token in table.rows)
    column = {token: n for n, token in enumerate(known)}
    # the last column is that of a text without any known token
    cosines = np.zeros((len(words), len(known) + 1), dtype=np.float32)
    if known and words:
        own = np.array([table.vector(word) for word in words], dtype=np.float32)
        cosines[:, :-1] = own @ table.vectors(tuple(known)).T
    place = {word: n for n, word in enumerate(words)}
    parts = {n: pieces(word) for n, word in enumerate(words) if len(word) > 2}
    best = np.zeros((len(texts), len(words)), dtype=np.float32)
    for i, tokens in enumerate(texts):
        held = [column[token] for token in tokens if token in column] or [len(known)]
        best[i] = cosines[:, held].max(1)
        best[i, [place[token] for token in tokens if token in place]] = 1.0
        own_tokens = frozenset(tokens)
        for n, pairs in parts.items():  # a long word that the text has is not cut out there as one
            if pairs:
                share = sum(pair in own_tokens for pair in pairs) / len(pairs)
                best[i, n] = max(best[i, n], share)
    return best.clip(0.0, 1.0)


class _Table:
    """The embedded model's tokens with a row each: int8 of shape (tokens, dimensions)."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file

        folder = embedded_model()
        vocabulary = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        self.rows = {token: row for row, (token, _) in enumerate(vocabulary)}
        arrays = load_file(folder / "model.safetensors")
        self._rows_of, self._weights = arrays["embeddings"], arrays["weights"]

    def vectors(self, tokens: Sequence[str]) -> Array:
        """Unit vectors of tokens of the table, float32 of shape (tokens, dimensions)."""
        return _unit(self._rows_of[[self.rows[token] for token in tokens]].astype(np.float32))

    def vector(self, word: str) -> Array:
        """The unit vector of a word: its own, or the weighted mean of its characters'."""
        parts = [word] if word in self.rows else [char for char in word if char in self.rows]
        if not parts:
            return np.zeros(self._rows_of.shape[1], dtype=np.float32)
        weights = self._weights[[self.rows[part] for part in parts]]
        mean = (weights[:, None] * self.vectors(parts)).sum(0, keepdims=True)
        return np.asarray(_unit(mean)[0])


@cache
def _table() -> _Table:
    return _Table()


def _unit(vectors: Array) -> Array:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-6), dtype=np.float32)
