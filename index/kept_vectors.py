"""Vectors of texts that the index holds already, so that what moved is not embedded again."""

from collections.abc import Sequence

from index.keys import passage_keys
from index.passages import passages_of
from index.scope import Scope
from index.store.seams import CatalogueStore, PassageStore
from index.vectors.encoder import Vectors

BATCH = 10_000  # units asked for at once: SQLite takes 32,766 values in a statement


def kept_vectors(
    catalogue: CatalogueStore, vectors: PassageStore, bulletins: Sequence[str]
) -> dict[str, Vectors]:
    """By text, the vectors of the passages of these bulletins, float32 of shape (dimension,)."""
    found: dict[str, Vectors] = {}
    keys = list(catalogue.keys(Scope(bulletins=tuple(bulletins))))
    for start in range(0, len(keys), BATCH):
        hits = catalogue.locate(dict.fromkeys(keys[start : start + BATCH], 0.0))
        texts: dict[str, str] = {}
        for unit in catalogue.read([hit.row for hit in hits]):
            passages = passages_of(unit.text)
            if len(passages) == unit.passages:
                texts |= zip(passage_keys(unit.key, unit.passages), passages, strict=True)
        kept = vectors.fetch(list(texts))
        found.update({texts[key]: vector for key, vector in kept.items()})
    return found
