"""Deterministic doubles and small inputs that several tests share."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.vectors.encoder import Role, Vectors
from index.words.tokenizer import tokenize


class WordEncoder:
    """A model without a file: a text's vector counts its words, spread over `dimension` places."""

    def __init__(self, name: str = "words", dimension: int = 256) -> None:
        self.name = name
        self.dimension = dimension
        self.texts = 0  # how many texts were encoded, for tests of what costs nothing

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Unit-norm float32 of shape (len(texts), dimension)."""
        self.texts += len(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for token in tokenize(text):
                place = sum(ord(char) * 31**i for i, char in enumerate(token)) % self.dimension
                vectors[row, place] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class ToldLikeness:
    """Words are as near as a test says, pair by pair: 1 to themselves, else 0."""

    def __init__(self, pairs: Mapping[tuple[str, str], float] | None = None) -> None:
        """`pairs` are of a word that is asked for and a token of a text."""
        self._pairs = pairs or {}

    def of(self, words: Sequence[str], texts: Sequence[Sequence[str]]) -> Vectors:
        """Float32 of shape (texts, words)."""
        found = np.zeros((len(texts), len(words)), dtype=np.float32)
        for row, text in enumerate(texts):
            for column, word in enumerate(words):
                near = [1.0 if t == word else self._pairs.get((word, t), 0.0) for t in text]
                found[row, column] = max(near, default=0.0)
        return found


def write_bulletin(path: Path, place: str, fact: str) -> None:
    """A clean bulletin of one article: a title, an opening paragraph, a paragraph with the fact."""
    path.write_text(
        f"{place}：扎实推进养老服务\n"
        f"{place}人大常委会高度重视养老服务工作，多次组织代表开展专题调研和执法检查。\n"
        f"{fact}\n",
        encoding="utf-8",
    )
