"""The index of a data directory as some version left it, and what it takes to make it anew."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LibraryError
from index.generations import Generations
from index.index_encoder import IndexEncoder
from index.prepare import prepare
from index.rebuild import REBUILD
from index.shelf.shelf_files import Shelf
from index.store.databases import Engine
from index.vectors.encoder import Encoder

TRIED = 8  # bulletins at least, where there are so many, by which all of them are reckoned


@dataclass(frozen=True, slots=True)
class FoundIndex:
    """The versions that an index was made with, by name; the bulletins in it, its bytes on this
    machine's disk; whether another embedding model made it.
    """

    versions: Mapping[str, int]
    bulletins: int
    size: int
    other_model: bool


def found_index(home: Path, encoder: Encoder, engine: Engine) -> FoundIndex | None:
    """The index that is current in a data directory, None where there is none. It is only read.

    :raises LibraryError: it cannot be.
    """
    try:
        folder = Generations(home, encoder, engine).current_folder()
    except FileNotFoundError:
        return None
    if engine.apart and not (folder / "words.sqlite3").exists():
        raise LibraryError(f"{folder / 'words.sqlite3'} is gone; {REBUILD}")
    catalogue = engine.catalogue(folder)
    try:
        manifest = catalogue.manifest()
        other = "probe" in manifest and not _is_same(IndexEncoder(encoder, catalogue, folder))
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        versions = {k: v for k, v in manifest.items() if isinstance(v, int)}
        return FoundIndex(versions, catalogue.holdings().bulletins, size, other)
    finally:
        catalogue.close()


@dataclass(frozen=True, slots=True)
class ReadingTime:
    """How long some bulletins took to be read and embedded, and what that makes for all of them."""

    tried: int
    seconds: float


def reading_time(home: Path, encoder: Encoder) -> ReadingTime:
    """What reading and embedding all kept bulletins takes here and now: some, from the small to the
    large, are, and the others counted like them. Nothing is written: that comes on top.

    :raises LibraryError: a bulletin cannot be read.
    """
    if not (home / "bulletins").is_dir():
        return ReadingTime(0, 0.0)
    files = sorted(Shelf(home).files().values(), key=lambda stored: stored.size)
    step = max(1, len(files) // TRIED)
    tried = files[step // 2 :: step]
    encoder.encode(["简报"], "document")  # the model is loaded once, whatever there is to do
    began = time.perf_counter()
    for stored in tried:
        passages = [text for unit in prepare(stored).units for text in unit.passages]
        if passages:
            encoder.encode(passages, "document")
    took = time.perf_counter() - began
    return ReadingTime(len(tried), took * len(files) / max(1, len(tried)))


def _is_same(known: IndexEncoder) -> bool:
    """Whether an index was made with this model."""
    try:
        known.check()
    except LibraryError:
        return False
    return True
