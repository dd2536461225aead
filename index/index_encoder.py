"""The encoder of one index: the model that made it, and no other."""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.errors import LibraryError
from index.rebuild import REBUILD
from index.store.seams import CatalogueStore
from index.vectors.encoder import Encoder, Role, Vectors

# Two models are taken for the same if they embed this sentence the same way: a name can be a path
# that moved, and one path can hold another model tomorrow.
PROBE = "全市建成并投入使用老年助餐场所，social services for the elderly"
SAME_MODEL_COSINE = 0.999


class IndexEncoder:
    """An encoder that is compared, before its first use, with what the catalogue tells of it; a new
    index is told.
    """

    def __init__(self, encoder: Encoder, catalogue: CatalogueStore, folder: Path) -> None:
        """`folder` is the index's, for messages."""
        self._encoder = encoder
        self._catalogue = catalogue
        self._folder = folder
        self._checked = False
        self._asked: tuple[str, Vectors] | None = None

    def check(self) -> None:
        """:raises LibraryError: the index was made with another embedding model."""
        if not self._checked:
            self._compare()
            self._checked = True

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See Encoder.encode.

        :raises LibraryError: the index was made with another embedding model.
        """
        self.check()
        return self._encoder.encode(texts, role)

    def query(self, query: str) -> Vectors:
        """Vector of a query, float32 of shape (dimension,); the last one is kept, for a search asks
        for it several times.

        :raises LibraryError: see encode.
        """
        asked = self._asked  # read once: another thread asks something else
        if asked is None or asked[0] != query:
            asked = self._asked = (query, self.encode([query], "query")[0])
        return asked[1]

    def _compare(self) -> None:
        probe = self._encoder.encode([PROBE], "document")[0]
        made_by = self._catalogue.manifest()
        if "probe" not in made_by:
            self._catalogue.set_manifest(
                {"model": self._encoder.name, "probe": [float(value) for value in probe]}
            )
            return
        known = np.asarray(made_by["probe"], dtype=np.float32)
        if known.shape != probe.shape or float(known @ probe) < SAME_MODEL_COSINE:
            raise LibraryError(
                f"index {self._folder} was made with the embedding model {made_by['model']} "
                f"({_print(known)}), this one is {self._encoder.name} ({_print(probe)}); "
                f"{REBUILD}, or set JIANBAO_EMBEDDING_MODEL back"
            )


def _print(vector: Vectors) -> str:
    """What tells two models of one name apart, for a message."""
    code = zlib.crc32(np.round(vector, 3).astype(np.float32).tobytes())
    return f"{vector.size} dimensions, fingerprint {code:08x}"
