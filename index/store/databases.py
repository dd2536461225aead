"""What an index is kept in: the seam between a generation and its databases.

Two engines fill it: SQLite and Chroma, in the process or with Chroma as a server, for one machine;
and Milvus, for several, where pages keep nothing of their own.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.passages import Indexed
from index.records import Entry, Found, Holdings, Reading, Statistics
from index.scope import Scope
from index.store.sqlite_catalogue import Catalogue
from index.vectors.dense import DenseHit, Inside, VectorStore
from index.vectors.encoder import Vectors
from index.vectors.graph_files import check_graphs
from index.words.terms import Term

Owner = tuple[Entry, Indexed]  # whom a passage belongs to


class CatalogueStore(Protocol):
    """Bulletins, their units and words. It decides what is visible: a bulletin appears whole, with
    all of its units, or not at all. `index.store.sqlite_catalogue.Catalogue` tells what each
    method does.
    """

    def manifest(self) -> dict[str, object]: ...
    def set_manifest(self, manifest: dict[str, object]) -> None: ...
    def entries(self) -> dict[str, Entry]: ...
    def holdings(self) -> Holdings: ...
    def entry(self, bulletin_id: str) -> Entry | None: ...
    def touch(self, bulletin_id: str, mtime_ns: int, origin: str) -> None: ...
    def replace(self, entries: Sequence[tuple[Entry, Sequence[Indexed]]]) -> None: ...
    def delete(self, bulletin_id: str) -> None: ...
    def vector_ids(self, bulletins: Sequence[str] | None = None) -> set[str]: ...
    def search(self, query: str, limit: int, scope: Scope = ...) -> list[Found]: ...
    def search_terms(
        self, terms: Sequence[Term], limit: int, scope: Scope = ...
    ) -> list[Found]: ...
    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]: ...
    def locate(self, scores: dict[str, float]) -> list[Found]: ...
    def keys(self, scope: Scope) -> Mapping[str, int]: ...
    def bulletins(self, scope: Scope) -> set[str]: ...
    def read(self, rows: Sequence[int]) -> list[Reading]: ...
    def size(self) -> int: ...
    def passages(self) -> int: ...
    def check(self) -> None: ...
    def state(self) -> tuple[int, int]: ...
    def statistics(self, tokens: Sequence[str]) -> Statistics: ...
    def close(self) -> None: ...


class PassageStore(Protocol):
    """Unit vectors of passages; ids are "key/n" for the n-th passage of a unit.
    `index.vectors.dense.VectorStore` tells what each method does.
    """

    failed: bool

    @property
    def usable(self) -> bool: ...
    def put(self, keys: Sequence[str], vectors: Vectors, owners: Sequence[Owner] = ()) -> None: ...
    def delete(self, ids: Sequence[str]) -> None: ...
    def ids(self) -> set[str]: ...
    def count(self) -> int: ...
    def check(self) -> None: ...
    def search(
        self, query: Vectors, limit: int, scope: Scope = ..., units: Inside | None = None
    ) -> list[DenseHit]: ...
    def cosines(self, query: Vectors, keys: Mapping[str, int]) -> dict[str, Vectors]: ...
    def sample(self) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """Which databases hold the indexes: Milvus where `milvus_uri` is given, the address of a server
    or a path that ends in .db; else SQLite, with Chroma at `chroma_url` or in the process.
    """

    chroma_url: str | None = None
    milvus_uri: str | None = None

    @property
    def apart(self) -> bool:
        """Whether words and vectors are in two databases, one of which can be lost alone."""
        return self.milvus_uri is None

    @property
    def reopens(self) -> bool:
        """Whether vectors must be opened anew to see what another process wrote."""
        return self.milvus_uri is None and self.chroma_url is None

    def catalogue(self, folder: Path) -> CatalogueStore:
        """The catalogue of the index in this folder; a new one where there is none.

        :raises LibraryError: it cannot be opened.
        """
        if self.milvus_uri is None:
            return Catalogue(folder / "words.sqlite3")
        from index.store.milvus.milvus_catalogue import MilvusCatalogue

        return MilvusCatalogue(self.milvus_uri, folder.name)

    def vectors(self, folder: Path, opening: int = 0) -> PassageStore:
        """The vectors of the index in this folder, which this process opened `opening` times.

        :raises LibraryError: they cannot be opened.
        """
        if self.milvus_uri is None:
            return VectorStore(folder / "vectors", collection_of(folder), self.chroma_url, opening)
        from index.store.milvus.milvus_vectors import MilvusVectors

        return MilvusVectors(self.milvus_uri, folder.name)

    def torn(self, folder: Path) -> bool:
        """Whether a process was killed while it wrote the vectors in this folder: Chroma writes its
        graph in place. Servers look after theirs.
        """
        if not self.reopens:
            return False
        try:
            check_graphs(folder / "vectors", up_to=sys.maxsize)
        except (ValueError, OSError):
            return True
        return False

    def drop(self, folder: Path) -> None:
        """Delete what servers hold of the index in this folder.

        :raises LibraryError: a server does not answer.
        """
        if self.milvus_uri is not None:
            from index.store.milvus.milvus_collections import Database

            Database(self.milvus_uri, folder.name).drop()
        elif self.chroma_url:
            VectorStore(folder, collection_of(folder), self.chroma_url).drop()


def collection_of(folder: Path) -> str:
    """Name of the Chroma collection that belongs to the index in this folder."""
    return f"jianbao-{folder.name}"
