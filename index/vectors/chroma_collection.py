"""A collection of Chroma: vectors by id, and what it raises told. The only module that knows it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import finalize

import httpx
import numpy as np
from filelock import FileLock

from corpus.errors import LibraryError
from index.rebuild import REBUILD
from index.store.integrity import AT_OPENING, check_file
from index.vectors.encoder import Vectors
from index.vectors.graph_files import check_graphs

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.types import GetResult

# Chroma's graph of neighbours. Half a million vectors are the time of a first index: a thinner
# graph takes 0.6 of it, and a wider search finds as many of the nearest (0.90 of ten, 0.91 as set
# by Chroma, on 21,700 vectors of news).
BUILD_WIDTH, NEIGHBOURS, SEARCH_WIDTH = 40, 12, 200
FULL = ("is full", "No space left", "File too large", "readonly")  # what no rebuild mends
ROOM = 2**20  # bytes below which a disk is taken for full where Chroma does not say why it failed
ROUNDING = 1e-2  # by which a norm or a cosine of sound vectors may miss 1


class ChromaCollection:
    """Vectors of unit norm by id. Chroma runs in the process over a folder, or as a server where a
    URL is given.
    """

    def __init__(self, folder: Path, name: str, url: str | None, opening: int) -> None:
        """`opening` is how often this process has opened the folder before.

        :raises LibraryError: the folder cannot be opened, or the server does not answer.
        """
        self.remote = url is not None
        self._where = url or str(folder)
        self._name = name
        self._open: finalize[[], ChromaCollection] | None = None
        database = folder / "chroma.sqlite3"
        with self._errors_told(), _alone(folder, url):
            if url is None and database.exists():
                # Chroma tells damage by a backtrace of its own, or ends the process
                check_file(database, up_to=AT_OPENING)
                check_graphs(folder, up_to=AT_OPENING)
            self._client = _connect(folder, url, opening)
            # closed with the last thread that searches in it, which may be after the next opening
            self._open = finalize(self, self._client.close)
            self._collection = self._client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_construction": BUILD_WIDTH,
                        "max_neighbors": NEIGHBOURS,
                        "ef_search": SEARCH_WIDTH,
                    }
                },
            )

    @property
    def usable(self) -> bool:
        """Whether it can be used on; not after it failed to write."""
        return self._open is not None and self._open.alive

    def put(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors, row i under ids[i]; an id that exists is replaced."""
        with self._errors_told(), self._changing():
            step = self._client.get_max_batch_size()
            for start in range(0, len(ids), step):
                self._collection.upsert(
                    ids=list(ids[start : start + step]),
                    embeddings=vectors[start : start + step],
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        with self._errors_told(), self._changing():
            step = self._client.get_max_batch_size()
            for start in range(0, len(ids), step):
                self._collection.delete(ids=list(ids[start : start + step]))

    def ids(self) -> set[str]:
        """All ids stored."""
        found: set[str] = set()
        with self._errors_told():
            step = self._client.get_max_batch_size()
            for offset in range(0, self.count(), step):
                found |= set(self._collection.get(limit=step, offset=offset, include=[])["ids"])
        return found

    def count(self) -> int:
        """Number of vectors."""
        with self._errors_told():
            return int(self._collection.count())

    def drop(self) -> None:
        """Delete the whole collection."""
        with self._errors_told():
            self._client.delete_collection(self._name)

    def get(self, ids: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
        """The vectors with these ids in batches, float32 of shape (n, dimension), under their ids;
        an id without a vector is left out.
        """
        with self._errors_told():
            step = self._client.get_max_batch_size()
            for start in range(0, len(ids), step):
                found = self._collection.get(
                    ids=list(ids[start : start + step]), include=["embeddings"]
                )
                if found["ids"]:
                    yield found["ids"], _rows(found)

    def page(self, start: int, size: int) -> Vectors | None:
        """At most `size` vectors in the order they are stored in, from the one at `start` on,
        float32 of shape (n, dimension); None where there are none.
        """
        with self._errors_told():
            found = self._collection.get(limit=size, offset=start, include=["embeddings"])
            return _rows(found) if found["ids"] else None

    def check(self) -> None:
        """Read every vector.

        :raises LibraryError: one is damaged or cannot be read.
        """
        with self._errors_told():
            step = self._client.get_max_batch_size()
            for start in range(0, self.count(), step):
                self.page(start, step)

    def nearest(self, query: Vectors, limit: int) -> list[tuple[str, float]]:
        """The ids whose vectors are nearest to `query`, float32 of shape (dimension,), by the
        graph, with their cosines, best first.
        """
        with self._errors_told():
            found = self._collection.query(
                query_embeddings=query.reshape(1, -1), n_results=limit, include=["distances"]
            )
        distances = found["distances"]
        assert distances is not None  # nosec B101 # distances were asked for
        cosines = [1.0 - float(distance) for distance in distances[0]]
        if not all(abs(cosine) < 1 + ROUNDING for cosine in cosines):
            raise LibraryError(f"vector index {self._where} holds no cosines; {REBUILD}")
        return list(zip(found["ids"][0], cosines, strict=True))

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Close Chroma where it fails to write: it may keep a lock on its database that its next
        search waits for without end.
        """
        try:
            yield
        except Exception:
            if self._open is not None:
                self._open()
            raise

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        """What Chroma or the way to its server raises, as one line with the mend."""
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, httpx.HTTPError, OSError, ValueError) as error:
            raise self._unusable(error) from error
        except BaseException as error:
            # a panic of Chroma's compiled part, whose class no module exports
            if type(error).__name__ != "PanicException":
                raise
            raise self._unusable(error) from error

    def _unusable(self, error: BaseException) -> LibraryError:
        reason = str(error).splitlines()[:1]
        mend = "start that server or unset JIANBAO_CHROMA_URL" if self.remote else REBUILD
        if any(word in str(error) for word in FULL) or (not self.remote and self._is_full()):
            mend = "make room there or set JIANBAO_HOME to another folder"
            if self._open is not None:
                self._open()  # see _changing: the first search after a change writes too
        return LibraryError(
            f"vector index {self._where} cannot be used ({' '.join(reason)}); {mend}"
        )

    def _is_full(self) -> bool:
        """Whether the disk has next to no room; that of a folder that is gone has."""
        try:
            return shutil.disk_usage(Path(self._where).parent).free < ROOM
        except OSError:
            return False


def _rows(found: "GetResult") -> Vectors:
    """The vectors that Chroma found, float32 of shape (n, dimension).

    :raises ValueError: one is not of unit norm, as all are that were put in.
    """
    vectors = np.asarray(found["embeddings"], dtype=np.float32)
    with np.errstate(all="ignore"):  # what is damaged may hold any number
        sound = abs(np.einsum("ij,ij->i", vectors, vectors) - 1) < ROUNDING
    if not sound.all():
        raise ValueError("a vector is not of unit norm")
    return vectors


@contextmanager
def _alone(folder: Path, url: str | None) -> Iterator[None]:
    """Let one process at a time make Chroma's tables in a folder."""
    if url is None:
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            yield
    else:
        yield


def _connect(folder: Path, url: str | None, opening: int) -> "Client":
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings as ChromaSettings

    settings = ChromaSettings(anonymized_telemetry=False)
    if url is None:
        # Chroma takes two clients of one path for one; the same path spelt otherwise is another
        client = chromadb.PersistentClient(f"{folder}{'/.' * opening}", settings=settings)
    else:
        parts = urlsplit(url)
        client = chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=settings,
        )
    assert isinstance(client, Client)  # nosec B101 # for the type: it can be closed
    return client
