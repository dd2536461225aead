"""One index on disk: its words and its vectors."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from types import MappingProxyType

import numpy as np

from corpus.bulletin import Bulletin
from corpus.errors import LibraryError, OutdatedError
from corpus.parse import PARSER_VERSION
from index.index_encoder import IndexEncoder
from index.kept_vectors import kept_vectors
from index.keys import bulletin_of, passage_keys, unit_key
from index.passages import Indexed, indexed_units
from index.rebuild import REBUILD
from index.records import Entry, Found
from index.scope import OPEN, Scope
from index.shelf.shelf_errors import cannot_write
from index.store.databases import Engine
from index.store.seams import CatalogueStore, Owner, PassageStore
from index.store.sqlite_tables import SCHEMA_VERSION
from index.vectors.encoder import EMBEDDED, Encoder, Vectors
from index.vectors.transformer_encoder import ENCODER_VERSION
from index.vectors.unit_cosines import DenseHit
from index.words.tokenizer import TOKENIZER_VERSION

VERSIONS: dict[str, int] = {
    "schema": SCHEMA_VERSION,
    "parser": PARSER_VERSION,
    "tokenizer": TOKENIZER_VERSION,
    "encoder": ENCODER_VERSION,
}
UNTOLD = {"encoder": 1}  # what an index is of whose maker did not tell
NO_VECTORS: Mapping[str, Vectors] = MappingProxyType({})
SIGHTS = 4  # of which the keys are kept, 10 MB each where there are 100,000
WIDER = 8  # times as many are asked for where some hits belong to no unit


def versions_for(encoder: Encoder) -> dict[str, int]:
    """What an index is made by: another embedded encoder is none to one that was set."""
    embedded = encoder.name == EMBEDDED
    return {key: version for key, version in VERSIONS.items() if key != "encoder" or embedded}


class Generation:
    """The words and the vectors of one index, changed together.

    Vectors are written before the catalogue's commit and deleted after it. The catalogue decides
    what is visible, so a crash between the two shows nothing that is half there.
    """

    def __init__(self, folder: Path, encoder: Encoder, engine: Engine) -> None:
        """:raises LibraryError: damaged, unwritable, or made by other versions; OutdatedError where
        these are earlier ones.
        """
        self.folder = folder
        self._engine = engine
        self._vectors: PassageStore | None = None
        self._openings = 0
        self._vectors_of = -1  # the catalogue's version, of others' writing, at the last opening
        self._opening = Lock()
        self._counted = 0  # units that are known to have their vectors
        self._background: tuple[int, Vectors] | None = None
        self._sights: dict[Scope, tuple[tuple[int, int], Mapping[str, int]]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
        self.catalogue: CatalogueStore = engine.catalogue(folder)
        self._encoder = IndexEncoder(encoder, self.catalogue, folder)
        made_by = self.catalogue.manifest()
        if not made_by:
            self.catalogue.set_manifest(versions_for(encoder))
            return
        for key, version in versions_for(encoder).items():
            if (made_by_version := made_by.get(key, UNTOLD.get(key))) != version:
                older = isinstance(made_by_version, int) and made_by_version < version
                raise (OutdatedError if older else LibraryError)(
                    f"index {folder} was made with {key} {made_by_version}, "
                    f"this program has {version}; {REBUILD}"
                )

    @property
    def vectors(self) -> PassageStore:
        """The vectors, opened at first use, as Chroma takes a second to load, and anew after
        another process wrote.
        """
        with self._opening:
            version, _ = self.catalogue.state()
            stale = version != self._vectors_of and self._engine.reopens
            if self._vectors is None or stale or not self._vectors.usable:
                self._vectors = self._engine.vectors(self.folder, self._openings)
                self._openings += 1
                self._vectors_of = version
            return self._vectors

    def put(
        self,
        units: Sequence[tuple[Entry, Sequence[Indexed]]],
        like: Sequence[str] = (),
        gone: Sequence[str] = (),
    ) -> None:
        """Index bulletins by their units, replacing older versions of them, and those that are
        `gone`. Texts that `like`, bulletins of the index, hold too are not embedded again.
        """
        if not units:
            return
        bulletins = [entry.id for entry, _ in units]
        old = self.catalogue.vector_ids([*bulletins, *gone])
        self._put_vectors(units, kept_vectors(self.catalogue, self.vectors, like) if like else {})
        self.catalogue.replace(units, gone)
        current = self.catalogue.vector_ids(bulletins)
        self.vectors.delete(sorted(old - current))

    def check_model(self) -> None:
        """:raises LibraryError: the index was made with another embedding model."""
        self._encoder.check()

    def remove(self, bulletin_id: str) -> None:
        """Forget a bulletin."""
        ids = self.catalogue.vector_ids([bulletin_id])
        self.catalogue.delete(bulletin_id)
        self.vectors.delete(sorted(ids))

    def search_meaning(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """See Library.search_meaning."""
        vector, wide = self._query_vector(query), limit
        while True:
            hits = self._nearest(vector, wide, scope)
            found = self.catalogue.locate({hit.key: hit.score for hit in hits})
            # vectors of what is just written, or was cut short, crowd out those of what shows
            if len(found) >= min(limit, len(hits)) or wide > self.vectors.count():
                return found[:limit]
            wide *= WIDER

    def _nearest(self, vector: Vectors, limit: int, scope: Scope) -> list[DenseHit]:
        """Nearest units; by Chroma opened anew where it fails on what another process deleted."""
        vectors = self.vectors
        try:
            return vectors.search(vector, limit, scope, self._keys)
        except LibraryError:
            vectors.failed = True
            return self.vectors.search(vector, limit, scope, self._keys)

    def _keys(self, scope: Scope) -> Mapping[str, int]:
        """Keys inside a scope. Those of whole sights are most of a library, and wanted by every
        question of whoever has it: the latest are kept for as long as nobody writes.
        """
        if scope != Scope(closed=scope.closed, shared=scope.shared) or scope.is_open:
            return self.catalogue.keys(scope)
        state = self.catalogue.state()
        kept = self._sights.pop(scope, None)
        if kept is None or kept[0] != state:
            kept = state, self.catalogue.keys(scope)
        self._sights[scope] = kept  # the latest stand last
        while len(self._sights) > SIGHTS:
            self._sights.pop(next(iter(self._sights), scope), None)
        return kept[1]

    def background(self, query: str) -> Vectors:
        """See Library.background."""
        return self._sample() @ self._query_vector(query)

    def closeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """See Library.closeness."""
        vector = self._query_vector(query)
        return [float(cosine) for cosine in self._encoder.encode(texts, "document") @ vector]

    def torn(self) -> bool:
        """Whether a crash has left vectors that cannot be read, so that all must be made anew."""
        return self._engine.torn(self.folder)

    def mend_vectors(
        self, bulletin: Callable[[str], Bulletin], *, after_crash: bool = False
    ) -> None:
        """Delete vectors that no unit has and make those that are missing.

        Counting is cheap and tells whether there is anything to do, but after a crash.
        """
        wanted = self.catalogue.vector_ids()
        if not after_crash and self.vectors.count() == len(wanted):
            return
        stored = self.vectors.ids()
        self.vectors.delete(sorted(stored - wanted))
        missing = wanted - stored
        if missing:
            holed = {bulletin_of(identifier) for identifier in missing}
            entries = self.catalogue.entries()
            self._put_vectors([(entries[i], indexed_units(bulletin(i))) for i in sorted(holed)])

    def close(self) -> None:
        """Close the database."""
        self.catalogue.close()

    def vector(self, query: str) -> Vectors:
        """See Library.vector."""
        return self._encoder.query(query)

    def encoded(self, texts: Sequence[str]) -> Vectors:
        """See Library.vectors."""
        return self._encoder.encode(texts, "document")

    def _query_vector(self, query: str) -> Vectors:
        """Vector of a query, where no vector is missing that it may be near to."""
        self._check_vectors()
        return self._encoder.query(query)

    def _check_vectors(self) -> None:
        """Whether there are as many vectors as passages: counted once for a size of the index.

        :raises LibraryError: vectors are missing.
        """
        if not self._engine.apart:
            return
        units = self.catalogue.size()
        if units == self._counted:
            return
        before, stored = self.catalogue.passages(), self.vectors.count()
        wanted = min(before, self.catalogue.passages())  # another process may write meanwhile
        if stored < wanted:
            raise LibraryError(
                f"vector index {self.folder} holds {stored} of {wanted} passages; {REBUILD}"
            )
        self._counted = units

    def _sample(self) -> Vectors:
        """Vectors of any texts of the library, of shape (n, dimension); taken anew when it grew."""
        units = self.catalogue.size()
        background = self._background
        if background is None or background[0] != units:
            background = self._background = (units, self.vectors.sample())
        return background[1]

    def _put_vectors(
        self,
        units: Sequence[tuple[Entry, Sequence[Indexed]]],
        known: Mapping[str, Vectors] = NO_VECTORS,
    ) -> None:
        ids: list[str] = []
        texts: list[str] = []
        owners: list[Owner] = []
        for entry, indexed in units:
            for unit in indexed:
                key = unit_key(entry.id, entry.sha256, unit.position)
                ids += passage_keys(key, len(unit.passages))
                texts += unit.passages
                owners += [(entry, unit)] * len(unit.passages)
        self._encoder.check()
        if ids:
            fresh = list(dict.fromkeys(text for text in texts if text not in known))
            encoded = self._encoder.encode(fresh, "document") if fresh else ()
            made = {**known, **dict(zip(fresh, encoded, strict=True))}
            self.vectors.put(ids, np.stack([made[text] for text in texts]), owners)
