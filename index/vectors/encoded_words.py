"""Words as texts to an embedding model: likeness by any encoder."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from threading import Lock

import numpy as np

from index.vectors.encoder import Encoder, Vectors
from index.vectors.likeness import NO_TOKEN, Likenesses, most_alike

REMEMBERED = 16_384  # words whose vectors are kept, 24 MB at 384 dimensions, 64 MB at 1024
# Words that have nothing to do with each other. One model gives such 0.1, another 0.8: likeness
# begins above what these have on average.
UNRELATED = ("水泥", "小提琴", "税率", "鲸鱼", "窗帘", "地震", "足球", "食盐", "芭蕾", "发票")
# Characters that hardly any vocabulary holds. To a model that takes all it lacks for one unknown, a
# word of such is as good as any other of that length, and like all of them.
UNKNOWN = tuple("\U00020001" * length for length in range(1, 5))
SAME = 0.9999  # cosine from which a model cannot tell two words apart


class EncodedLikeness:
    """Likeness by an encoder, which takes a while for a word that is new. Safe to use from several
    threads.
    """

    def __init__(self, encoder: Encoder) -> None:
        """`encoder` is asked at first use."""
        self._encoder = encoder
        self._lock = Lock()
        self._known: OrderedDict[str, Vectors] = OrderedDict()  # the oldest first

    def of(self, words: Sequence[str], texts: Sequence[Sequence[str]]) -> Likenesses:
        """See WordLikeness.of.

        :raises ModelError: the model cannot be loaded.
        """
        return most_alike(words, texts, self._cosines)

    def _cosines(self, words: Sequence[str], tokens: Sequence[str]) -> Likenesses:
        near = np.zeros((len(words), len(tokens)), dtype=np.float32)
        columns = [n for n, token in enumerate(tokens) if token != NO_TOKEN]
        if columns:
            own = self._known_vectors(words)
            cosines = own @ self._known_vectors([tokens[n] for n in columns]).T
            near[:, columns] = (cosines - self._unrelated) / (1 - self._unrelated)
        return near.clip(0.0, 1.0)

    @cached_property
    def _unrelated(self) -> float:
        """Cosine of two words that have nothing to do with each other, on average."""
        vectors = self._known_vectors(UNRELATED)
        vectors = vectors[vectors.any(axis=1)]
        cosines = (vectors @ vectors.T)[~np.eye(len(vectors), dtype=bool)]
        return min(float(cosines.mean()), SAME) if cosines.size else 0.0

    def _known_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of words, float32 of shape (words, dimension); zeros for one that the model does
        not know.
        """
        vectors = self._vectors(words)
        alike = (vectors @ self._vectors(UNKNOWN).T).max(axis=1, keepdims=True)
        return np.where(alike > SAME, np.float32(0), vectors)

    def _vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of words, float32 of shape (words, dimension)."""
        with self._lock:
            known = {word: self._known[word] for word in words if word in self._known}
        if fresh := [word for word in dict.fromkeys(words) if word not in known]:
            made = {
                word: vector.copy()  # a row alone would keep all the others
                for word, vector in zip(fresh, self._encoder.encode(fresh, "document"), strict=True)
            }
            known |= made
            with self._lock:
                self._known.update(made)
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        return np.stack([known[word] for word in words])
