"""Vectors of texts that the index holds already, so that what moved is not embedded again."""

from collections.abc import Sequence

from index.keys import passage_keys
from index.passages import passages_of
from index.scope import Scope
from index.store.seams import CatalogueStore, PassageStore
from index.vectors.encoder import Vectors

BATCH = 10_000  # units whose vectors are asked for at once


def kept_vectors(
    catalogue: CatalogueStore, vectors: PassageStore, bulletins: Sequence[str]
) -> dict[str, Vectors]:
    """By text, the vectors of the passages of these bulletins, float32 of shape (dimension,)."""
    found: dict[str, Vectors] = {}
    inside = Scope(bulletins=tuple(bulletins))
    counts, known = catalogue.keys(inside), catalogue.texts(inside)
    keys = [key for key in counts if key in known]
    for start in range(0, len(keys), BATCH):
        texts: dict[str, str] = {}
        for key in keys[start : start + BATCH]:
            passages = passages_of(known[key])
            if len(passages) == counts[key]:
                texts |= zip(passage_keys(key, counts[key]), passages, strict=True)
        kept = vectors.fetch(list(texts))
        found.update({texts[key]: vector for key, vector in kept.items()})
    return found
