"""Whether the bulletins of a data directory are what they were, and the index what they say.

Each check returns what it found in order, or raises what is not, with the mend.
"""

import hashlib
import shutil
import sys
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import LibraryError
from index.generation import Generation
from index.generations import Generations
from index.prepare import prepare
from index.rebuild import REBUILD
from index.records import Entry
from index.shelf.shelf_errors import damage_told
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Stored
from index.shelf.writing import WriterLock
from index.store.databases import Engine
from index.store.integrity import check_file
from index.vectors.encoder import Encoder
from index.vectors.graph_files import check_graphs

NAMED = 3  # ids that a message names; the others are counted


def has_index(home: Path) -> bool:
    """Whether an index was ever made in a data directory."""
    return (home / "index" / "current").exists()


def check_bulletins(home: Path) -> str:
    """Every bulletin that was added by hand is there with the bytes that were added.

    :raises LibraryError: one is not.
    """
    if not (home / "bulletins").is_dir():
        return "还没有 none yet"
    shelf = Shelf(home)
    files = shelf.files()
    wrong = {**shelf.damaged(files.values()), **shelf.lost()}
    if wrong:
        told = [damage_told(bulletin, path) for bulletin, path in list(wrong.items())[:NAMED]]
        more = f" (+{len(wrong) - NAMED})" if len(wrong) > NAMED else ""
        raise LibraryError("; ".join(told) + more)
    size = sum(stored.size for stored in files.values())
    return f"{len(files)} 份 bulletins，{size:,} 字节 bytes"


def check_index(home: Path, encoder: Encoder, engine: Engine) -> str:
    """Words and vectors can be read, hold what the kept bulletins say, and were made by this
    program and model. A copy is looked at: Chroma writes to what it opens. Whoever writes is
    waited for.

    :raises LibraryError: they do not.
    :raises ModelError: the embedding model cannot be loaded.
    """
    if not has_index(home):
        return "还没有，首次使用时建立 none yet, the first use makes it"
    with TemporaryDirectory(prefix="jianbao-", ignore_cleanup_errors=True) as room:
        try:
            with WriterLock(home).held():
                folder = Generations(home, encoder, engine).current_folder()
                copy = Path(shutil.copytree(folder, Path(room) / folder.name))
        except OSError as error:
            raise LibraryError(
                f"index {home / 'index'} cannot be copied to {room} ({error}); make room there, "
                f"or {REBUILD}"
            ) from error
        parts = ["words.sqlite3"] if engine.apart else []
        if engine.reopens:
            parts.append("vectors/chroma.sqlite3")
        for part in parts:
            if not (copy / part).exists():
                raise LibraryError(f"{folder / part} is gone; {REBUILD}")
        try:
            generation = Generation(copy, encoder, engine)
            try:
                return _check(generation, Shelf(home), remote=not engine.reopens)
            finally:
                generation.close()
        except LibraryError as error:
            raise LibraryError(str(error).replace(str(copy), str(folder))) from error


def _check(generation: Generation, shelf: Shelf, *, remote: bool) -> str:
    catalogue = generation.catalogue
    catalogue.check()
    if not remote:
        _check_files(generation.folder / "vectors")
    generation.check_model()
    files, entries = shelf.files(), catalogue.entries()
    sound = files.keys() - shelf.damaged(files.values()).keys()  # of the others no index can tell
    contents = {entry.sha256 for entry in entries.values()}  # each once, whatever its places
    missing = [i for i in sound if i not in entries and not _is_held(files[i], contents)]
    _none("not indexed", missing)
    _none("indexed without a kept file", entries.keys() - files.keys())
    both = sound & entries.keys()
    sums = {i: hashlib.sha256(files[i].read()).hexdigest() for i in both}
    _none("not what was indexed", [i for i in both if sums[i] != entries[i].sha256])
    wanted, stored = catalogue.vector_ids(), generation.vectors.ids()
    _none("passages without a vector", wanted - stored)
    _none("vectors of no passage", stored - wanted)
    generation.vectors.check()
    held = catalogue.holdings()
    return (
        f"{held.bulletins} 份 bulletins，{held.paragraphs:,} 段 paragraphs，"
        f"{len(stored):,} 个向量 vectors" + _losses(entries.values())
    )


def _is_held(stored: Stored, held: Collection[str]) -> bool:
    """Whether a file needs no entry: one of its content is there, or it is no bulletin."""
    same = hashlib.sha256(stored.read()).hexdigest() in held
    return same or prepare(stored).entry is None


def _losses(entries: Collection[Entry]) -> str:
    """Which bulletins hold what could not be read, and the first thing of each."""
    short = [entry for entry in entries if entry.losses]
    if not short:
        return ""
    told = "；".join(
        f"{entry.id}：{entry.losses[0].chinese} ({entry.losses[0].english})"
        for entry in short[:NAMED]
    )
    more = f" (+{len(short) - NAMED})" if len(short) > NAMED else ""
    return f"；{len(short)} 份有未能读出的内容 hold what could not be read：{told}{more}"


def _check_files(vectors: Path) -> None:
    """Before Chroma opens them, and whatever their size.

    :raises LibraryError: one is damaged.
    """
    try:
        check_file(vectors / "chroma.sqlite3")
        check_graphs(vectors, up_to=sys.maxsize)
    except (ValueError, OSError) as error:
        raise LibraryError(f"vector index {vectors} is damaged ({error}); {REBUILD}") from error


def _none(what: str, names: Collection[str]) -> None:
    """:raises LibraryError: there are any."""
    if names:
        some = ", ".join(sorted(names)[:NAMED])
        raise LibraryError(f"index: {len(names)} {what} ({some}); {REBUILD}")
