"""Vectors in Chroma to units near in meaning: by its graph, or all compared where they are few."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.keys import unit_of
from index.scope import OPEN, Scope
from index.vectors.chroma_collection import ChromaCollection
from index.vectors.encoder import Vectors
from index.vectors.unit_cosines import (
    OVERFETCH,
    SAMPLES,
    DenseHit,
    Inside,
    best_units,
    by_unit,
    keys_of,
)
from index.vectors.vector_cache import VectorCache

EXACT = 4_000  # passages in bounds up to which all are compared; it takes as long as a wide search
FEW = 1_000  # passages of a whole library up to which all are compared: its graph may miss one
WIDE = 10  # times as many passages are asked for where bounds leave out some of them
SAMPLE_STEPS = 8  # places in the store that samples are from, so that no one bulletin rules


class VectorStore:
    """A Chroma collection of unit vectors; ids are "key/n" for the n-th passage of a unit."""

    def __init__(
        self, folder: Path, collection: str, url: str | None = None, opening: int = 0
    ) -> None:
        """`opening` is how often this process has opened the folder before: Chroma searches what
        it read at the first search and never sees what another process wrote since.

        :raises LibraryError: the folder cannot be opened, or the server does not answer.
        """
        self.failed = False
        self._collection = ChromaCollection(folder, collection, url, opening)
        self._cache = VectorCache()
        self._size: int | None = None  # vectors, counted since the last change

    @property
    def usable(self) -> bool:
        """Whether it can be used on; not after it failed to write, or to search."""
        return self._collection.usable and not self.failed

    def put(self, keys: Sequence[str], vectors: Vectors, owners: Sequence[object] = ()) -> None:
        """Store passage vectors, row i under id keys[i]; an id that exists is replaced. `owners`
        are for engines that know bounds by themselves.
        """
        self._collection.put(keys, vectors)
        self._changed()

    def delete(self, ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        self._collection.delete(ids)
        self._changed()

    def fetch(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors with these ids, float32 of shape (dimension,); others are left out."""
        found: dict[str, Vectors] = {}
        for names, rows in self._collection.get(ids):
            found.update(zip(names, rows, strict=True))
        return found

    def ids(self) -> set[str]:
        """All ids stored."""
        return self._collection.ids()

    def count(self) -> int:
        """Number of vectors."""
        return self._collection.count()

    def drop(self) -> None:
        """Delete the whole collection."""
        self._collection.drop()

    def check(self) -> None:
        """Read every vector.

        :raises LibraryError: one is damaged or cannot be read.
        """
        self._collection.check()

    def search(
        self, query: Vectors, limit: int, scope: Scope = OPEN, units: Inside | None = None
    ) -> list[DenseHit]:
        """Units inside the scope nearest to `query`, float32 of shape (dimension,), best first;
        each unit counts by its nearest passage.

        `units` tells the keys that are inside, with the number of passages of each. Of few, all
        vectors are compared; of many, a wider search is sifted, ever wider until it has enough.
        Chroma's own filters cost several times as much.
        """
        if units is None or (scope.is_open and not self._holds_few()):
            near = self._collection.nearest(query, limit * OVERFETCH)
            return best_units(((unit_of(name), cosine) for name, cosine in near), limit)
        inside = units(scope)
        if sum(inside.values()) > EXACT:
            return self._sifted(query, limit, inside)
        every = self.cosines(query, inside).items()
        return best_units(((key, float(own.max())) for key, own in every if len(own)), limit)

    def _sifted(self, query: Vectors, limit: int, inside: Mapping[str, int]) -> list[DenseHit]:
        """The nearest of many units: of ever more that are near, those that are inside."""
        asked = limit * WIDE * OVERFETCH
        while True:
            near = self._collection.nearest(query, asked)
            named = ((unit_of(name), cosine) for name, cosine in near)
            found = best_units((one for one in named if one[0] in inside), limit)
            if len(found) == limit or len(near) < asked:
                return found
            asked *= WIDE

    def cosines(self, query: Vectors, keys: Mapping[str, int]) -> dict[str, Vectors]:
        """By unit, the cosine of each of its passages with `query`, in [-1, 1]; `keys` holds the
        number of passages of each unit. A passage without a vector counts as -1.
        """
        names = keys_of(keys)
        known = self._cache.cosines(names, query)
        for ids, rows in self._collection.get([name for name in names if name not in known]):
            self._cache.keep(ids, rows)
            known.update(zip(ids, (rows @ query).tolist(), strict=True))
        return by_unit(keys, known)

    def sample(self) -> Vectors:
        """Vectors from all over the store, float32 of shape (at most SAMPLES, dimension)."""
        count = self.count()
        size = SAMPLES // SAMPLE_STEPS
        if count <= SAMPLES:
            starts, size = range(0, 1), SAMPLES
        else:
            starts = range(0, count - size + 1, max(1, (count - size) // (SAMPLE_STEPS - 1)))
        pages = (self._collection.page(start, size) for start in starts)
        rows = [page for page in pages if page is not None]
        return np.concatenate(rows) if rows else np.zeros((0, 0), dtype=np.float32)

    def _holds_few(self) -> bool:
        """Whether all vectors can be compared; Chroma takes a while to count many, and a server
        would be asked anew for what other processes wrote.
        """
        if self._collection.remote:
            return False
        if self._size is None:
            self._size = self.count()
        return self._size <= FEW

    def _changed(self) -> None:
        """What was read before counts no more."""
        self._cache.clear()
        self._size = None
