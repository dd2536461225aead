"""Chroma: vectors to cosine hits. The only module that knows Chroma."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import finalize

import httpx
import numpy as np
from filelock import FileLock

from corpus.errors import LibraryError
from index.scope import OPEN, Scope
from index.store.integrity import AT_OPENING, check_file
from index.vectors.encoder import Vectors
from index.vectors.graph_files import check_graphs
from index.vectors.vector_cache import VectorCache

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.types import GetResult

REBUILD = "run: jianbao sync --rebuild"
# Chroma's graph of neighbours. Half a million vectors are the time of a first index: a thinner
# graph takes 0.6 of it, and a wider search finds as many of the nearest (0.90 of ten, 0.91 as set
# by Chroma, on 21,700 vectors of news).
BUILD_WIDTH, NEIGHBOURS, SEARCH_WIDTH = 40, 12, 200
FULL = ("is full", "No space left", "File too large", "readonly")  # what no rebuild mends
ROOM = 2**20  # bytes below which a disk is taken for full where Chroma does not say why it failed
OVERFETCH = 3  # passages asked for per unit wanted: a good unit often has several near passages
EXACT = 4_000  # passages in bounds up to which all are compared; it takes as long as a wide search
FEW = 1_000  # passages of a whole library up to which all are compared: its graph may miss one
WIDE = 10  # times as many passages are asked for where bounds leave out some of them
ROUNDING = 1e-2  # by which a norm or a cosine of sound vectors may miss 1
SAMPLES = 256  # vectors that show how near a question is to any text at all
SAMPLE_STEPS = 8  # places in the store they are taken from, so that no one bulletin rules


Inside = Callable[[Scope], Mapping[str, int]]  # units in bounds by key, with their passages


@dataclass(frozen=True, slots=True)
class DenseHit:
    """A unit by its key and the cosine of its nearest passage, in [-1, 1]."""

    key: str
    score: float


class VectorStore:
    """A Chroma collection of unit vectors; ids are "key/n" for the n-th passage of a unit.

    Chroma runs in the process over a folder, or as a server where a URL is given.
    """

    def __init__(
        self, folder: Path, collection: str, url: str | None = None, opening: int = 0
    ) -> None:
        """`opening` is how often this process has opened the folder before: Chroma searches what
        it read at the first search and never sees what another process wrote since.

        :raises LibraryError: the folder cannot be opened, or the server does not answer.
        """
        self._where = url or str(folder)
        self._remote = url is not None
        self._name = collection
        self._cache = VectorCache()
        self._size: int | None = None  # vectors, counted since the last change
        self._open: finalize[[], VectorStore] | None = None
        database = folder / "chroma.sqlite3"
        with self._errors_told(), _alone(folder, url):
            if url is None and database.exists():
                # Chroma tells damage by a backtrace of its own, or ends the process
                check_file(database, up_to=AT_OPENING)
                check_graphs(folder, up_to=AT_OPENING)
            self._client = _connect(folder, url, opening)
            # closed with the last thread that searches in it, which may be after the next opening
            self._open = finalize(self, self._client.close)
            self.failed = False
            self._collection = self._client.get_or_create_collection(
                collection,
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

    def put(self, keys: Sequence[str], vectors: Vectors, owners: Sequence[object] = ()) -> None:
        """Store passage vectors, row i under id keys[i]; an id that exists is replaced. `owners`
        are for engines that know bounds by themselves.
        """
        with self._errors_told(), self._changing():
            step = self._client.get_max_batch_size()
            for start in range(0, len(keys), step):
                self._collection.upsert(
                    ids=list(keys[start : start + step]),
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

    def _holds_few(self) -> bool:
        """Whether all vectors can be compared; Chroma takes a while to count many, and a server
        would be asked anew for what other processes wrote.
        """
        if self._remote:
            return False
        if self._size is None:
            self._size = self.count()
        return self._size <= FEW

    def drop(self) -> None:
        """Delete the whole collection."""
        with self._errors_told():
            self._client.delete_collection(self._name)

    def search(
        self, query: Vectors, limit: int, scope: Scope = OPEN, units: Inside | None = None
    ) -> list[DenseHit]:
        """Units inside the scope nearest to `query`, float32 of shape (dimension,), best first;
        each unit counts by its nearest passage.

        `units` tells the keys that are inside, with the number of passages of each. Of few, all
        vectors are compared; of many, a wider search is sifted. Chroma's own filters cost several
        times as much.
        """
        by_graph = units is None or (scope.is_open and not self._holds_few())
        inside = None if by_graph or units is None else units(scope)
        if inside is not None and sum(inside.values()) > EXACT:
            wide = self._nearest(query, limit * WIDE)
            best = {key: cosine for key, cosine in wide.items() if key in inside}
        elif inside is not None:
            best = {
                key: float(max(cosines))
                for key, cosines in self.cosines(query, inside).items()
                if len(cosines)
            }
        else:
            best = self._nearest(query, limit)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        return [DenseHit(key, score) for key, score in ranked[:limit]]

    def cosines(self, query: Vectors, keys: Mapping[str, int]) -> dict[str, Vectors]:
        """By unit, the cosine of each of its passages with `query`, in [-1, 1]; `keys` holds the
        number of passages of each unit. A passage without a vector counts as -1.
        """
        names = [f"{key}/{n}" for key, count in keys.items() for n in range(count)]
        known = self._cache.cosines(names, query)
        missing = [name for name in names if name not in known]
        with self._errors_told():
            step = self._client.get_max_batch_size()
            for start in range(0, len(missing), step):
                found = self._collection.get(
                    ids=missing[start : start + step], include=["embeddings"]
                )
                if found["ids"]:
                    rows = _rows(found)
                    self._cache.keep(found["ids"], rows)
                    known.update(zip(found["ids"], (rows @ query).tolist(), strict=True))
        every = np.array([known.get(name, -1.0) for name in names], dtype=np.float32)
        ends = np.cumsum(list(keys.values()))[:-1]
        return dict(zip(keys, np.split(every, ends), strict=True)) if keys else {}

    def sample(self) -> Vectors:
        """Vectors from all over the store, float32 of shape (at most SAMPLES, dimension)."""
        count = self.count()
        size = SAMPLES // SAMPLE_STEPS
        if count <= SAMPLES:
            starts, size = range(0, 1), SAMPLES
        else:
            starts = range(0, count - size + 1, max(1, (count - size) // (SAMPLE_STEPS - 1)))
        rows: list[Vectors] = []
        with self._errors_told():
            for start in starts:
                found = self._collection.get(limit=size, offset=start, include=["embeddings"])
                if found["ids"]:
                    rows.append(_rows(found))
        return np.concatenate(rows) if rows else np.zeros((0, 0), dtype=np.float32)

    def check(self) -> None:
        """Read every vector.

        :raises LibraryError: one is damaged or cannot be read.
        """
        with self._errors_told():
            step = self._client.get_max_batch_size()
            for start in range(0, self.count(), step):
                _rows(self._collection.get(limit=step, offset=start, include=["embeddings"]))

    def _nearest(self, query: Vectors, limit: int) -> dict[str, float]:
        """Cosine of the nearest passage of the units nearest to `query`."""
        with self._errors_told():
            found = self._collection.query(
                query_embeddings=query.reshape(1, -1),
                n_results=limit * OVERFETCH,
                include=["distances"],
            )
        distances = found["distances"]
        assert distances is not None  # nosec B101 # distances were asked for
        best: dict[str, float] = {}
        for identifier, distance in zip(found["ids"][0], distances[0], strict=True):
            key = identifier.rpartition("/")[0]
            best[key] = max(best.get(key, -1.0), 1.0 - float(distance))
        if not all(abs(cosine) < 1 + ROUNDING for cosine in best.values()):
            raise LibraryError(f"vector index {self._where} holds no cosines; {REBUILD}")
        return best

    @property
    def usable(self) -> bool:
        """Whether it can be used on; not after it failed to write, or to search."""
        return self._open is not None and self._open.alive and not self.failed

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Close Chroma where it fails to write: it may keep a lock on its database that its next
        search waits for without end. What was read before counts no more.
        """
        try:
            yield
            self._cache.clear()
            self._size = None
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
        mend = "start that server or unset JIANBAO_CHROMA_URL" if self._remote else REBUILD
        if any(word in str(error) for word in FULL) or (not self._remote and self._is_full()):
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
