"""Vectors that were read before, so that a search need not fetch them again."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from index.vectors.encoder import Vectors

MOST_BYTES = 32 * 2**20  # 32,768 vectors of the embedded model, 8,192 of a large one


class VectorCache:
    """Vectors by id, the latest up to MOST_BYTES. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: OrderedDict[str, int] = OrderedDict()  # by id, the oldest first
        self._vectors: Vectors | None = None

    def cosines(self, ids: Sequence[str], query: Vectors) -> dict[str, float]:
        """Products of `query`, float32 of shape (dimension,), with the vectors that are here."""
        with self._lock:
            known = [identifier for identifier in ids if identifier in self._rows]
            if self._vectors is None or not known:
                return {}
            rows = self._vectors[[self._rows[identifier] for identifier in known]]
        return dict(zip(known, (rows @ query).tolist(), strict=True))

    def keep(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, float32 of shape (len(ids), dimension), in place of the oldest."""
        with self._lock:
            if self._vectors is None:
                most = max(1, MOST_BYTES // vectors[0].nbytes)
                self._vectors = np.empty((most, vectors.shape[1]), dtype=np.float32)
            for identifier, vector in zip(ids, vectors, strict=True):
                if identifier in self._rows:
                    continue
                row = len(self._rows)
                if row == len(self._vectors):
                    _, row = self._rows.popitem(last=False)
                self._rows[identifier] = row
                self._vectors[row] = vector

    def clear(self) -> None:
        """Forget all: another vector may be stored under an id now."""
        with self._lock:
            self._rows.clear()
            self._vectors = None
