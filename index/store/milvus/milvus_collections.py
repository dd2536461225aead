"""Milvus: collections of one index, its rows and conditions. The only module that knows pymilvus.

What runs for a path that ends in .db is Milvus Lite, in the process; for an address, a server.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.errors import CallError, LibraryError
from index.store.milvus.milvus_filter import among
from index.words.sparse import Sparse

if TYPE_CHECKING:
    from pymilvus import MilvusClient

    from index.vectors.encoder import Vectors

Row = dict[str, Any]
TIMEOUT_SECONDS = 30
BATCH = 500  # rows a request: a unit with its words is some 5 kB, a message at most 64 MB
NAMED = 1000  # values that one condition lists
LONGEST_TEXT = 65_535  # bytes of UTF-8 in one value, by Milvus
MOST_PARTS = 4096  # values in an array, by Milvus
MOST_FOUND = 16_384  # rows of one search, by Milvus
# The graph of neighbours, as in index.vectors.chroma_collection.
GRAPH = {"M": 12, "efConstruction": 40}
SEARCH_WIDTH = 200
_WAY = {"grpc.use_local_subchannel_pool": 1}
_NO_PINGS = {"grpc.keepalive_time_ms": 2**31 - 1}  # Milvus Lite hangs up on who asks if it is there
_CONSISTENCY = ({"consistency_level": "Session"}, {"consistency_level": "Strong"})
KEY = "key"  # the primary key of every collection
VECTOR = "vector"
NO_VECTOR: Sparse = {0: 1.0}  # a collection must have a vector, also where nobody searches by it


class Database:
    """The collections of one index, `jianbao_<index>_<name>`."""

    def __init__(self, uri: str, index: str) -> None:
        """:raises LibraryError: the server does not answer, or another process has the file.
        :raises CallError: pymilvus is not installed.
        """
        try:
            import pymilvus  # noqa: F401 # that it is there is told before anything is opened
        except ImportError as error:
            raise CallError(
                "JIANBAO_MILVUS_URI is set but pymilvus is missing; "
                "install it with: pip install 'jianbao[milvus]'"
            ) from error
        # it logs a traceback of every error that it raises; what is raised is told once, by us
        for logger in ("pymilvus", "grpc._server"):
            logging.getLogger(logger).setLevel(logging.CRITICAL)
        self._uri = uri
        self._remote = uri.startswith("http")
        self._prefix = f"jianbao_{index}_"
        self._open: MilvusClient | None = None
        with self._errors_told():
            self._client.list_collections(timeout=TIMEOUT_SECONDS)

    @property
    def _client(self) -> "MilvusClient":
        """The connection; a new one after an error, with a way of its own: on a known one gRPC
        waits up to two minutes before it tries a server again that was down.
        """
        if self._open is None:
            from pymilvus import MilvusClient

            self._open = MilvusClient(
                self._uri, timeout=TIMEOUT_SECONDS, dedicated=True,
                grpc_options=_WAY | ({} if self._remote else _NO_PINGS),
            )  # fmt: skip
            for name in self._open.list_collections(timeout=TIMEOUT_SECONDS):
                if name.startswith(self._prefix):
                    self._open.load_collection(name, timeout=TIMEOUT_SECONDS)
        return self._open

    def has(self, name: str) -> bool:
        """Whether there is such a collection."""
        with self._errors_told():
            return bool(self._client.has_collection(self._prefix + name, timeout=TIMEOUT_SECONDS))

    def create(
        self,
        name: str,
        key: type[int] | type[str],
        fields: Mapping[str, type],
        dimension: int = 0,
        indexed: Sequence[str] = (),
    ) -> None:
        """Make a collection, if there is none, of rows with a key, fields and a vector: a unit
        vector of `dimension` numbers, or a sparse one where that is 0. Fields are int, str, or else
        a list of str.

        Reads see what their own process wrote at once, and what others wrote when it has reached
        the node that searches, unless they ask for the latest.
        """
        from pymilvus import DataType, MilvusClient

        if self.has(name):
            with self._errors_told():
                self._client.load_collection(self._prefix + name, timeout=TIMEOUT_SECONDS)
            return
        schema = MilvusClient.create_schema(auto_id=False)
        for field, kind in ((KEY, key), *fields.items()):
            options: Row = {"is_primary": True} if field == KEY else {}
            if kind is int:
                schema.add_field(field, DataType.INT64, **options)
            elif kind is str:
                schema.add_field(field, DataType.VARCHAR, max_length=LONGEST_TEXT, **options)
            else:
                schema.add_field(field, DataType.ARRAY, element_type=DataType.VARCHAR,
                                 max_length=LONGEST_TEXT, max_capacity=MOST_PARTS)  # fmt: skip
        indexes = MilvusClient.prepare_index_params()
        if dimension:
            schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=dimension)
            if self._remote:
                indexes.add_index(VECTOR, index_type="HNSW", metric_type="COSINE", params=GRAPH)
            else:  # of few vectors all are compared: its graph misses near ones inside bounds
                indexes.add_index(VECTOR, index_type="FLAT", metric_type="COSINE")
        else:
            schema.add_field(VECTOR, DataType.SPARSE_FLOAT_VECTOR)
            indexes.add_index(VECTOR, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        for field in indexed:
            indexes.add_index(field, index_type="INVERTED")
        with self._errors_told():
            self._client.create_collection(
                self._prefix + name, schema=schema, index_params=indexes,
                consistency_level="Session", timeout=TIMEOUT_SECONDS,
            )  # fmt: skip

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Store rows; one whose key exists is replaced."""
        with self._errors_told():
            for start in range(0, len(rows), BATCH):
                self._client.upsert(
                    self._prefix + name, list(rows[start : start + BATCH]), timeout=TIMEOUT_SECONDS
                )
            self._flush(name)

    def delete(self, name: str, keys: Sequence[str] | Sequence[int]) -> None:
        """Forget the rows with these keys; unknown ones are ignored."""
        with self._errors_told():
            for start in range(0, len(keys), NAMED):
                self._client.delete(
                    self._prefix + name, ids=list(keys[start : start + NAMED]),
                    timeout=TIMEOUT_SECONDS,
                )  # fmt: skip

    def get(
        self,
        name: str,
        field: str,
        values: Sequence[str] | Sequence[int],
        fields: Sequence[str],
        *,
        latest: bool = False,
    ) -> list[Row]:
        """The rows in which a field has one of these values; `latest` as in `scan`."""
        found: list[Row] = []
        for start in range(0, len(values), NAMED):
            condition = among(field, values[start : start + NAMED])
            if field != KEY:
                found.extend(self.scan(name, condition, fields, latest=latest))
                continue
            with self._errors_told():  # no more rows than keys: one request
                found.extend(self._client.query(
                    self._prefix + name, filter=condition, output_fields=list(fields),
                    timeout=TIMEOUT_SECONDS, **_CONSISTENCY[latest],
                ))  # fmt: skip
        return found

    def scan(
        self, name: str, condition: str, fields: Sequence[str], *, latest: bool = False
    ) -> Iterator[Row]:
        """All rows that meet a condition, "" for all, by the thousand.

        `latest` waits for what other processes wrote, as whoever writes must; it may take a tick of
        the server's clock, a fifth of a second by default.
        """
        with self._errors_told():
            pages = self._client.query_iterator(
                self._prefix + name, batch_size=NAMED, filter=condition,
                output_fields=list(fields), timeout=TIMEOUT_SECONDS, **_CONSISTENCY[latest],
            )  # fmt: skip
        try:
            while True:
                with self._errors_told():
                    rows = pages.next()
                if not rows:
                    return
                yield from rows
        finally:
            pages.close()

    def count(self, name: str) -> int:
        """Number of rows."""
        with self._errors_told():
            found = self._client.query(
                self._prefix + name, filter="", output_fields=["count(*)"],
                timeout=TIMEOUT_SECONDS, **_CONSISTENCY[True],
            )  # fmt: skip
        return int(found[0]["count(*)"])

    def nearest(
        self,
        name: str,
        query: "Sparse | Vectors",
        limit: int,
        condition: str,
        fields: Sequence[str],
    ) -> list[tuple[Row, float]]:
        """The rows of greatest product with a query that meet a condition, with it, best first."""
        limit = min(limit, MOST_FOUND)
        dense = not isinstance(query, dict)
        with self._errors_told():
            found = self._client.search(
                self._prefix + name, data=[query], anns_field=VECTOR, limit=limit,
                filter=condition, output_fields=list(fields), timeout=TIMEOUT_SECONDS,
                search_params={
                    "metric_type": "COSINE" if dense else "IP",
                    "params": {"ef": max(SEARCH_WIDTH, limit)} if dense and self._remote else {},
                },
            )  # fmt: skip
        return [({KEY: hit[KEY], **hit["entity"]}, float(hit["distance"])) for hit in found[0]]

    def _flush(self, name: str) -> None:
        """Put what was written into the indexes: Milvus Lite compares what is not in them row by
        row, seconds a search from some thousand on. A server does it in time, and limits how often
        it may be told to.
        """
        if not self._remote:
            self._client.flush(self._prefix + name, timeout=TIMEOUT_SECONDS)

    def drop(self) -> None:
        """Delete all collections of the index."""
        with self._errors_told():
            for name in self._client.list_collections(timeout=TIMEOUT_SECONDS):
                if name.startswith(self._prefix):
                    self._client.drop_collection(name, timeout=TIMEOUT_SECONDS)

    def close(self) -> None:
        """Close the connection."""
        with self._errors_told():
            self._client.close()

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        """What pymilvus or the way to its server raises, as one line with the mend."""
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, RpcError, OSError, ValueError) as error:
            self._open = None
            reason = " ".join(str(error).split())[:200]
            raise LibraryError(
                f"Milvus at {self._uri} cannot be used ({reason}); "
                + (
                    "start that server"
                    if self._remote
                    else "end the other process that has it open"
                )
                + " or unset JIANBAO_MILVUS_URI"
            ) from error
