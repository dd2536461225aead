"""Milvus: vectors to cosine hits. Bounds are conditions on the passages themselves."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from index.keys import unit_of
from index.scope import OPEN, Scope
from index.store.milvus.milvus_collections import KEY, VECTOR, Database
from index.store.milvus.milvus_filter import inside
from index.store.seams import Owner
from index.store.unit_values import bounds_of
from index.vectors.encoder import Vectors
from index.vectors.unit_cosines import OVERFETCH, SAMPLES, DenseHit, Inside, best_units

PASSAGES = "passages"
LOTS = 10**9
_OUTSIDE = {"bulletin": "", "kind": "", "places": "", "date": ""}
_FIELDS = {**dict.fromkeys(_OUTSIDE, str), "lot": int}


class MilvusVectors:
    """A collection of unit vectors; keys are "key/n" for the n-th passage of a unit."""

    def __init__(self, uri: str, index: str) -> None:
        """:raises LibraryError: the database cannot be opened."""
        self._db = Database(uri, index)
        self.failed = False
        self._made = self._db.has(PASSAGES)
        if self._made:
            self._db.create(PASSAGES, str, _FIELDS)  # loads it

    @property
    def usable(self) -> bool:
        """Whether it can be used on."""
        return not self.failed

    def put(self, keys: Sequence[str], vectors: Vectors, owners: Sequence[Owner] = ()) -> None:
        """Store passage vectors, row i under keys[i] with the bounds of owners[i]; a key that
        exists is replaced. Owners left out leave the passages outside of all bounds.
        """
        if not len(keys):
            return
        if not self._made:
            self._db.create(PASSAGES, str, _FIELDS, vectors.shape[1], tuple(_FIELDS))
            self._made = True
        bounds = [bounds_of(*owner) for owner in owners] or [_OUTSIDE] * len(keys)
        self._db.put(
            PASSAGES,
            [
                {KEY: key, VECTOR: vector, "lot": _lot(key), **own}
                for key, vector, own in zip(keys, vectors, bounds, strict=True)
            ],
        )

    def delete(self, ids: Sequence[str]) -> None:
        """Forget these keys; unknown ones are ignored."""
        if self._made and ids:
            self._db.delete(PASSAGES, ids)

    def fetch(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors with these keys, float32 of shape (dimension,); others are left out."""
        rows = self._db.get(PASSAGES, KEY, list(ids), [KEY, VECTOR]) if self._exists() else []
        return {row[KEY]: np.asarray(row[VECTOR], dtype=np.float32) for row in rows}

    def ids(self) -> set[str]:
        """All keys stored."""
        return (
            {row[KEY] for row in self._db.scan(PASSAGES, "", [KEY], latest=True)}
            if self._made
            else set()
        )

    def count(self) -> int:
        """Number of vectors."""
        return self._db.count(PASSAGES) if self._exists() else 0

    def check(self) -> None:
        """Ask for the vectors; Milvus checks its own files.

        :raises LibraryError: they cannot be read.
        """
        self.count()

    def search(
        self, query: Vectors, limit: int, scope: Scope = OPEN, units: Inside | None = None
    ) -> list[DenseHit]:
        """Units inside the scope nearest to `query`, float32 of shape (dimension,), best first;
        each unit counts by its nearest passage. `units` is for engines that know no bounds.
        """
        if not self._exists():
            return []
        near = self._db.nearest(PASSAGES, query, limit * OVERFETCH, inside(scope), [KEY])
        return best_units(((unit_of(row[KEY]), cosine) for row, cosine in near), limit)

    def sample(self) -> Vectors:
        """Vectors from all over the store, float32 of shape (about SAMPLES at most, dimension):
        those whose lots are drawn, the same ones every time.
        """
        count = self.count()
        if not count:
            return np.zeros((0, 0), dtype=np.float32)
        drawn = f"lot < {LOTS * SAMPLES // count}" if count > SAMPLES else ""
        rows = self._db.scan(PASSAGES, drawn, [VECTOR])
        return np.array([row[VECTOR] for row in rows], dtype=np.float32)

    def _exists(self) -> bool:
        """Whether any process has stored a vector: the first makes the collection, for until then
        nobody knows the dimension.
        """
        if not self._made and self._db.has(PASSAGES):
            self._db.create(PASSAGES, str, _FIELDS)
            self._made = True
        return self._made


def _lot(key: str) -> int:
    """A number below LOTS that has nothing to do with what the passage says."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % LOTS
