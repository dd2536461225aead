"""The engines that hold indexes: SQLite and Chroma, in the process or with Chroma as a server, for
one machine; and Milvus, for several, where pages keep nothing of their own.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from index.store.seams import CatalogueStore, PassageStore
from index.store.sqlite_catalogue import Catalogue
from index.vectors.dense import VectorStore
from index.vectors.graph_files import check_graphs


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
