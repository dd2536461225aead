"""One index on disk (its words and its vectors), and which one is current.

<home>/index/current      name of the generation in use, replaced atomically
<home>/index/<name>/      words.sqlite3 and vectors/ of that generation
"""

import re
import shutil
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np

from corpus.bulletin import Bulletin
from corpus.errors import LibraryError
from corpus.parse import PARSER_VERSION
from index.catalogue import SCHEMA_VERSION, Entry, Found, unit_key
from index.encoder import Encoder, Role, Vectors
from index.lexical import MAX_QUERY_TOKENS
from index.passages import Indexed, indexed_units
from index.pool import Pool
from index.scope import OPEN, Scope
from index.shelf import cannot_write
from index.store import CatalogueStore, Engine, Owner, PassageStore
from index.tokenizer import TOKENIZER_VERSION, asked

VERSIONS: dict[str, object] = {
    "schema": SCHEMA_VERSION,
    "parser": PARSER_VERSION,
    "tokenizer": TOKENIZER_VERSION,
}
# Two models are taken for the same if they embed this sentence the same way: a name can be a path
# that moved, and one path can hold another model tomorrow.
PROBE = "全市建成并投入使用老年助餐场所，social services for the elderly"
SAME_MODEL_COSINE = 0.999
REBUILD = "run: jianbao sync --rebuild"


class Generation:
    """The words and the vectors of one index, changed together.

    Vectors are written before the catalogue's commit and deleted after it. The catalogue decides
    what is visible, so a crash between the two shows nothing that is half there.
    """

    def __init__(self, folder: Path, encoder: Encoder, engine: Engine) -> None:
        """:raises LibraryError: damaged, unwritable, or made by other versions."""
        self.folder = folder
        self._encoder = encoder
        self._engine = engine
        self._vectors: PassageStore | None = None
        self._probed = False
        self._asked: tuple[str, Vectors] | None = None
        self._background: tuple[int, Vectors] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
        self.catalogue: CatalogueStore = engine.catalogue(folder)
        made_by = self.catalogue.manifest()
        if not made_by:
            self.catalogue.set_manifest(VERSIONS)
            return
        for key, version in VERSIONS.items():
            if made_by.get(key) != version:
                raise LibraryError(
                    f"index {folder} was made with {key} {made_by.get(key)}, "
                    f"this program has {version}; {REBUILD}"
                )

    @property
    def vectors(self) -> PassageStore:
        """The vectors, opened at first use: Chroma takes a second to load."""
        if self._vectors is None:
            self._vectors = self._engine.vectors(self.folder)
        return self._vectors

    def put(self, units: Sequence[tuple[Entry, Sequence[Indexed]]]) -> None:
        """Index bulletins by their units, replacing older versions of them."""
        if not units:
            return
        bulletins = [entry.id for entry, _ in units]
        old = self.catalogue.vector_ids(bulletins)
        self._put_vectors(units)
        self.catalogue.replace(units)
        current = self.catalogue.vector_ids(bulletins)
        self.vectors.delete(sorted(old - current))

    def check_model(self) -> None:
        """:raises LibraryError: the index was made with another embedding model."""
        if not self._probed:
            self._compare_model()
            self._probed = True

    def remove(self, bulletin_id: str) -> None:
        """Forget a bulletin."""
        ids = self.catalogue.vector_ids([bulletin_id])
        self.catalogue.delete(bulletin_id)
        self.vectors.delete(sorted(ids))

    def search_meaning(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """See Library.search_meaning."""
        hits = self.vectors.search(self._query_vector(query), limit, scope, self.catalogue.keys)
        return self.catalogue.locate({hit.key: hit.score for hit in hits})

    def read(self, query: str, found: Sequence[Found]) -> Pool:
        """See Library.read."""
        vector = self._query_vector(query)
        readings = self.catalogue.read([hit.row for hit in found])
        known = {(hit.bulletin, hit.position) for hit in found}
        if any((unit.bulletin, unit.position) not in known for unit in readings):
            raise LibraryError("the index was replaced during this search; ask again")
        cosines = self.vectors.cosines(vector, {unit.key: unit.passages for unit in readings})
        tokens = asked(query)[:MAX_QUERY_TOKENS]
        return Pool(
            query=query,
            tokens=tuple(tokens),
            readings=tuple(readings),
            cosines=tuple(cosines[unit.key] for unit in readings),
            background=self._sample() @ vector,
            statistics=self.catalogue.statistics(tokens),
        )

    def background(self, query: str) -> Vectors:
        """See Library.background."""
        return self._sample() @ self._query_vector(query)

    def closeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """See Library.closeness."""
        vector = self._query_vector(query)
        return [float(cosine) for cosine in self._encode(texts, "document") @ vector]

    def mend_vectors(self, bulletin: Callable[[str], Bulletin]) -> None:
        """Delete vectors that no unit has and make those that are missing.

        Counting is cheap and tells whether there is anything to do.
        """
        wanted = self.catalogue.vector_ids()
        if self.vectors.count() == len(wanted):
            return
        stored = self.vectors.ids()
        self.vectors.delete(sorted(stored - wanted))
        missing = wanted - stored
        if missing:
            holed = {identifier.rpartition("@")[0] for identifier in missing}
            entries = self.catalogue.entries()
            self._put_vectors([(entries[i], indexed_units(bulletin(i))) for i in sorted(holed)])

    def close(self) -> None:
        """Close the database."""
        self.catalogue.close()

    def _query_vector(self, query: str) -> Vectors:
        """Vector of a query; the last one is kept, for a search asks for it several times."""
        if self._asked is None or self._asked[0] != query:
            self._asked = (query, self._encode([query], "query")[0])
        return self._asked[1]

    def _sample(self) -> Vectors:
        """Vectors of any texts of the library, of shape (n, dimension); taken anew when it grew."""
        units = self.catalogue.size()
        if self._background is None or self._background[0] != units:
            self._background = (units, self.vectors.sample())
        return self._background[1]

    def _put_vectors(self, units: Sequence[tuple[Entry, Sequence[Indexed]]]) -> None:
        ids, texts = [], []
        owners: list[Owner] = []
        for entry, indexed in units:
            for unit in indexed:
                key = unit_key(entry.id, entry.sha256, unit.position)
                for n, passage in enumerate(unit.passages):
                    ids.append(f"{key}/{n}")
                    texts.append(passage)
                    owners.append((entry, unit))
        self.vectors.put(ids, self._encode(texts, "document"), owners)

    def _encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Vectors by the model that made this index, and no other.

        :raises LibraryError: the index was made with another embedding model.
        """
        self.check_model()
        return self._encoder.encode(texts, role)

    def _compare_model(self) -> None:
        probe = self._encoder.encode([PROBE], "document")[0]
        made_by = self.catalogue.manifest()
        if "probe" not in made_by:
            self.catalogue.set_manifest(
                {"model": self._encoder.name, "probe": [float(value) for value in probe]}
            )
            return
        known = np.asarray(made_by["probe"], dtype=np.float32)
        if known.shape != probe.shape or float(known @ probe) < SAME_MODEL_COSINE:
            raise LibraryError(
                f"index {self.folder} was made with the embedding model {made_by['model']} "
                f"({_print(known)}), this one is {self._encoder.name} ({_print(probe)}); "
                f"{REBUILD}, or set JIANBAO_EMBEDDING_MODEL back"
            )


def _print(vector: Vectors) -> str:
    """What tells two models of one name apart, for a message."""
    code = zlib.crc32(np.round(vector, 3).astype(np.float32).tobytes())
    return f"{vector.size} dimensions, fingerprint {code:08x}"


class Generations:
    """The indexes under a data directory, one of them current."""

    def __init__(self, home: Path, encoder: Encoder, engine: Engine) -> None:
        self._root = home / "index"
        self._encoder = encoder
        self._engine = engine

    def current(self) -> Generation:
        """The index in use; a new one where there is none.

        :raises LibraryError: see Generation.
        """
        pointer = self._root / "current"
        try:
            name = pointer.read_text("utf-8").strip()
        except FileNotFoundError:
            fresh = self.new()
            self.switch(fresh)
            return fresh
        except UnicodeDecodeError:
            name = ""
        except OSError as error:
            raise cannot_write(pointer, error) from error
        if not re.fullmatch(r"[0-9a-f]{12}", name):
            raise LibraryError(f"{pointer} names no index ({name[:40]!r}); {REBUILD}")
        return Generation(self._root / name, self._encoder, self._engine)

    def replaced(self, generation: Generation) -> bool:
        """Whether another index is current."""
        try:
            name = (self._root / "current").read_bytes().strip()
        except OSError:
            return False  # not a moment to leave an index that is open
        return name != generation.folder.name.encode()

    def new(self) -> Generation:
        """An empty index that is not current."""
        return Generation(self._root / uuid4().hex[:12], self._encoder, self._engine)

    def switch(self, generation: Generation) -> None:
        """Make this index the current one and delete all others."""
        pointer = self._root / "current"
        try:
            partial = pointer.with_suffix(".partial")
            partial.write_text(generation.folder.name, "utf-8")
            partial.replace(pointer)
            for folder in self._root.iterdir():
                if folder.is_dir() and folder != generation.folder:
                    self._drop(folder)
        except OSError as error:
            raise cannot_write(pointer, error) from error

    def _drop(self, folder: Path) -> None:
        self._engine.drop(folder)
        shutil.rmtree(folder, ignore_errors=True)
