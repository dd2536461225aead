"""Milvus: collections of one index, with their rows and conditions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from index.store.milvus.milvus_connection import TIMEOUT_SECONDS, MilvusConnection
from index.store.milvus.milvus_filter import among
from index.words.sparse import Sparse

if TYPE_CHECKING:
    from index.vectors.encoder import Vectors

Row = dict[str, Any]
BATCH = 500  # rows a request: a unit with its words is some 5 kB, a message at most 64 MB
NAMED = 1000  # values that one condition lists
LONGEST_TEXT = 65_535  # bytes of UTF-8 in one value, by Milvus
MOST_PARTS = 4096  # values in an array, by Milvus
MOST_FOUND = 16_384  # rows of one search, by Milvus
# The graph of neighbours, as in index.vectors.chroma_collection.
GRAPH = {"M": 12, "efConstruction": 40}
SEARCH_WIDTH = 200
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
        self._prefix = f"jianbao_{index}_"
        self._milvus = MilvusConnection(uri, self._prefix)

    def has(self, name: str) -> bool:
        """Whether there is such a collection."""
        with self._milvus.errors_told():
            return bool(
                self._milvus.client.has_collection(self._prefix + name, timeout=TIMEOUT_SECONDS)
            )

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
            with self._milvus.errors_told():
                self._milvus.client.load_collection(self._prefix + name, timeout=TIMEOUT_SECONDS)
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
            if self._milvus.remote:
                indexes.add_index(VECTOR, index_type="HNSW", metric_type="COSINE", params=GRAPH)
            else:  # of few vectors all are compared: its graph misses near ones inside bounds
                indexes.add_index(VECTOR, index_type="FLAT", metric_type="COSINE")
        else:
            schema.add_field(VECTOR, DataType.SPARSE_FLOAT_VECTOR)
            indexes.add_index(VECTOR, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        for field in indexed:
            indexes.add_index(field, index_type="INVERTED")
        with self._milvus.errors_told():
            self._milvus.client.create_collection(
                self._prefix + name, schema=schema, index_params=indexes,
                consistency_level="Session", timeout=TIMEOUT_SECONDS,
            )  # fmt: skip

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Store rows; one whose key exists is replaced."""
        with self._milvus.errors_told():
            for start in range(0, len(rows), BATCH):
                self._milvus.client.upsert(
                    self._prefix + name, list(rows[start : start + BATCH]), timeout=TIMEOUT_SECONDS
                )
            self._flush(name)

    def delete(self, name: str, keys: Sequence[str] | Sequence[int]) -> None:
        """Forget the rows with these keys; unknown ones are ignored."""
        with self._milvus.errors_told():
            for start in range(0, len(keys), NAMED):
                self._milvus.client.delete(
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
            with self._milvus.errors_told():  # no more rows than keys: one request
                found.extend(self._milvus.client.query(
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
        with self._milvus.errors_told():
            pages = self._milvus.client.query_iterator(
                self._prefix + name, batch_size=NAMED, filter=condition,
                output_fields=list(fields), timeout=TIMEOUT_SECONDS, **_CONSISTENCY[latest],
            )  # fmt: skip
        try:
            while True:
                with self._milvus.errors_told():
                    rows = pages.next()
                if not rows:
                    return
                yield from rows
        finally:
            pages.close()

    def count(self, name: str) -> int:
        """Number of rows."""
        with self._milvus.errors_told():
            found = self._milvus.client.query(
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
        width = {"ef": max(SEARCH_WIDTH, limit)} if dense and self._milvus.remote else {}
        with self._milvus.errors_told():
            found = self._milvus.client.search(
                self._prefix + name, data=[query], anns_field=VECTOR, limit=limit,
                filter=condition, output_fields=list(fields), timeout=TIMEOUT_SECONDS,
                search_params={"metric_type": "COSINE" if dense else "IP", "params": width},
            )  # fmt: skip
        return [({KEY: hit[KEY], **hit["entity"]}, float(hit["distance"])) for hit in found[0]]

    def _flush(self, name: str) -> None:
        """Put what was written into the indexes: Milvus Lite compares what is not in them row by
        row, seconds a search from some thousand on. A server does it in time, and limits how often
        it may be told to.
        """
        if not self._milvus.remote:
            self._milvus.client.flush(self._prefix + name, timeout=TIMEOUT_SECONDS)

    def drop(self) -> None:
        """Delete all collections of the index."""
        with self._milvus.errors_told():
            for name in self._milvus.client.list_collections(timeout=TIMEOUT_SECONDS):
                if name.startswith(self._prefix):
                    self._milvus.client.drop_collection(name, timeout=TIMEOUT_SECONDS)

    def close(self) -> None:
        """Close the connection."""
        self._milvus.close()
