"""Library: bulletins on the shelf, and the two indexes kept in step with them."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from corpus.bulletin import Bulletin, Unit
from corpus.errors import BulletinError, CallError
from corpus.extract import read_bytes
from corpus.formats.trial import try_pdf
from corpus.parse import parse
from index.current import Current
from index.generation import Generation
from index.generations import Generations
from index.pool import Pool
from index.prepare import Prepared, prepared
from index.records import Entry, Found, Holdings
from index.scope import OPEN, Scope
from index.shelf.folder import bulletin_files
from index.shelf.parsed import Parsed
from index.shelf.shelf_errors import cannot_write, damage_told
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Origin, Stored, check_name
from index.shelf.writing import WriterLock
from index.store.databases import Engine
from index.vectors.encoder import Encoder, Vectors
from index.words.terms import Term

CHUNK = 128  # bulletins embedded and committed together; bounds memory, keeps the encoder busy

T = TypeVar("T")
LOG = logging.getLogger("jianbao.library")
Progress = Callable[[int, int], None]  # bulletins done, bulletins to do


@dataclass(slots=True)
class Changes:
    """What a sync did, by bulletin id; `failed` tells why a file was left out, `damaged` what
    became of one that was added by hand.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)


class Library:
    """All bulletins of a data directory. Safe to read from several threads.

    The files on the shelf are the truth. Whatever the indexes hold beyond or short of them, after
    a crash for instance, is mended by the next sync.
    """

    def __init__(
        self,
        home: Path,
        encoder: Encoder,
        chroma_url: str | None = None,
        milvus_uri: str | None = None,
        *,
        fresh: bool = False,
    ) -> None:
        """Open the library in `home`, making an empty one where there is none.

        The indexes are in `home`, the vectors at `chroma_url` if given; or all at `milvus_uri`.
        `fresh` starts a new index beside the current one, whatever state that is in; the first
        sync fills it and then lets it replace the old one.

        :raises LibraryError: `home` cannot be written, or its index is damaged or was made by
            another version.
        """
        self._home = home
        self._shelf = Shelf(home)
        self._lock = WriterLock(home)
        generations = Generations(home, encoder, Engine(chroma_url, milvus_uri))
        self._current = Current(generations, self._lock, fresh=fresh)
        self._unfinished = home / "unfinished"  # there while something is written
        self._parsed = Parsed(self._shelf)
        if not fresh:
            self._index.catalogue.holdings()

    @property
    def _index(self) -> Generation:
        return self._current.index

    def steady(self, work: Callable[[], T]) -> T:
        """What `work` reads of the library, all of it of one state: it is done again where another
        one wrote meanwhile.

        Whatever `work` raises is raised where nobody wrote.
        """
        return self._current.steady(work)

    def entries(self, scope: Scope = OPEN) -> list[Entry]:
        """The bulletins that have a unit inside the scope, in order of id."""
        catalogue = self._index.catalogue
        entries = catalogue.entries()
        if scope.is_open:
            return list(entries.values())
        inside = catalogue.bulletins(scope)
        return [entry for entry in entries.values() if entry.id in inside]

    def holdings(self) -> Holdings:
        """How much there is, without reading it all.

        :raises LibraryError: the index is damaged.
        """
        return self._index.catalogue.holdings()

    def bulletin(self, bulletin_id: str) -> Bulletin:
        """A bulletin with all its units.

        :raises CallError: the library has none of that id.
        """
        entry = self._index.catalogue.entry(bulletin_id)
        if entry is None:
            raise CallError(f"no bulletin {bulletin_id!r} in the library; jianbao list shows them")
        return self._parsed.bulletin(entry)

    def unit(self, found: Found) -> tuple[Bulletin, Unit]:
        """The bulletin and unit that a search found."""
        bulletin = self.bulletin(found.bulletin)
        return bulletin, bulletin.units[found.position]

    def search_words(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that share words with the query, by BM25, best first."""
        return self._index.catalogue.search(query, limit, scope)

    def search_terms(self, terms: Sequence[Term], limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that have the terms, best first: BM25 in which the best
        alternative of a term counts. Terms in pinyin are found after `resolve`.
        """
        return self._index.catalogue.search_terms(terms, limit, scope)

    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms, those in pinyin with the words of this library that are spelt so."""
        return self._index.catalogue.resolve(terms)

    def search_meaning(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope near to the query in meaning, by cosine, best first.

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.search_meaning(query, limit, scope)

    def background(self, query: str) -> Vectors:
        """Cosines of the query with texts from all over the library, float32 of shape (n,)."""
        return self._index.background(query)

    def read(self, query: str, found: Sequence[Found]) -> Pool:
        """Units that were found for a query, as a ranker reads them, without their files.

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.read(query, found)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """How many units hold each word, in their text or their titles."""
        return dict(self._index.catalogue.statistics(words).frequency)

    def closeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine of each text with the query, in [-1, 1].

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.closeness(query, texts)

    def add(self, path: Path) -> Bulletin:
        """Take in a file; one of the same name is replaced.

        :raises CallError: there is no such file, or its kind is not read.
        :raises BulletinError: it is no bulletin.
        """
        check_name(path)
        data = read_bytes(path)
        if path.suffix.lower() == ".pdf":
            try_pdf(data, str(path))
        bulletin = parse(data, path.name, str(path))
        self._index.check_model()  # before the file is kept: a failed add leaves nothing behind
        with self._writing():
            self._shelf.put(Origin.ADDED, path.name, data)
            for removed in self._shelf.removed(bulletin.id):
                self._shelf.forget(removed)
            self._reconcile(Changes(), None)
        LOG.info("added", extra={"bulletin": bulletin.id, "paragraphs": len(bulletin.paragraphs)})
        return bulletin

    def remove(self, bulletin_id: str) -> None:
        """Take a bulletin out; its file is kept aside, and no sync brings it back.

        :raises CallError: the library has none of that id.
        """
        if bulletin_id not in self._shelf.files() and bulletin_id not in self._shelf.lost():
            self.bulletin(bulletin_id)
        with self._writing():
            self._shelf.remove(bulletin_id)
            self._reconcile(Changes(), None)
        LOG.info("removed", extra={"bulletin": bulletin_id})

    def sync(self, folder: Path, progress: Progress | None = None) -> Changes:
        """Make the library hold what `folder` holds, beside what was added by hand.

        A file whose size and time are unchanged is not read. A file that is no bulletin is left
        out and named in `failed`; the others are taken in.

        :raises CallError: there is no such folder, or it holds no bulletin file.
        """
        files = bulletin_files(folder)
        changes = Changes()
        with self._writing():
            kept = self._shelf.synced()
            for path in files:
                self._take(path, kept.get(path.stem), changes)
            self._shelf.settle()
            names = {path.stem for path in files}
            for stored in kept.values():
                if stored.id not in names:
                    self._shelf.forget(stored)
            self._reconcile(changes, progress)
        return changes

    def mend(self) -> None:
        """Delete vectors that no unit has and make missing ones, as a crash may leave them."""
        with self._writing():
            self._index.mend_vectors(self.bulletin)

    def close(self) -> None:
        """Release the databases."""
        self._current.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, and mend what a crash has left; a mark tells the next one of a crash.

        :raises LibraryError: see WriterLock.held.
        """
        with self._lock.held():
            after_crash = self._unfinished.exists()
            try:
                self._unfinished.touch()
            except OSError as error:
                raise cannot_write(self._home, error) from error
            self._shelf.sweep()
            self._current.sweep()
            if after_crash and not self._current.fresh and self._index.torn():
                self._rebuild()
            yield
            if after_crash:
                self._index.mend_vectors(self.bulletin, after_crash=True)
            self._unfinished.unlink()

    def _rebuild(self) -> None:
        """Make a new index of what is on the shelf beside the torn one, which it then replaces."""
        LOG.warning("the vector index was torn by a crash; it is made anew")
        beside = copy(self)
        beside._current = self._current.beside()
        beside._reconcile(Changes(), None)
        beside.close()

    def _take(self, path: Path, kept: Stored | None, changes: Changes) -> None:
        """Copy a folder's file to the shelf unless it is there already or was removed by hand."""
        try:
            check_name(path)
            stat = path.stat()
        except (CallError, OSError) as error:
            changes.failed[ascii(path.name)] = f"{str(path)!a}: left out ({error})"
            return
        same = kept and (kept.size, kept.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        if same and not self._current.fresh:  # a rebuild trusts no copy
            return
        try:
            data = read_bytes(path)
        except (BulletinError, CallError) as error:
            changes.failed[path.stem] = str(error)
            return
        if any(removed.path.read_bytes() == data for removed in self._shelf.removed(path.stem)):
            return
        self._shelf.put(Origin.SYNCED, path.name, data, stat.st_mtime_ns, durable=False)

    def _reconcile(self, changes: Changes, progress: Progress | None) -> None:
        """Bring both indexes in step with the shelf."""
        files, entries = self._shelf.files(), self._index.catalogue.entries()
        stale = [stored for stored in files.values() if not _is_indexed(stored, entries)]
        damaged = self._shelf.damaged(stale)
        for bulletin_id, path in {**damaged, **self._shelf.lost()}.items():
            changes.damaged[bulletin_id] = message = damage_told(bulletin_id, path)
            LOG.warning(message)
        sound = files.keys() - damaged.keys()
        for bulletin_id in entries.keys() - sound:
            self._index.remove(bulletin_id)
            changes.removed.append(bulletin_id)
        stale = [stored for stored in stale if stored.id in sound]
        changes.unchanged += [i for i in files if i in entries and _is_indexed(files[i], entries)]
        stale = [stored for stored in stale if not self._only_touched(stored, entries, changes)]
        chunks = [stale[start : start + CHUNK] for start in range(0, len(stale), CHUNK)]
        if progress and stale:
            progress(0, len(stale))
        for n, chunk in enumerate(prepared(chunks), start=1):
            self._take_in(chunk, entries, changes)
            if progress and n < len(chunks):
                progress(n * CHUNK, len(stale))
        if progress and stale:
            progress(len(stale), len(stale))
        self._current.switch()
        self._shelf.followed()

    def _only_touched(self, stored: Stored, entries: dict[str, Entry], changes: Changes) -> bool:
        """Whether a file that looks changed has the bytes that are indexed; notes its new time."""
        known = entries.get(stored.id)
        if known is None:
            return False
        if known.sha256 != hashlib.sha256(stored.path.read_bytes()).hexdigest():
            return False
        self._index.catalogue.touch(stored.id, stored.mtime_ns, stored.origin)
        changes.unchanged.append(stored.id)
        return True

    def _take_in(
        self, chunk: Sequence[Prepared], entries: dict[str, Entry], changes: Changes
    ) -> None:
        fresh = []
        for one in chunk:
            if one.entry is None:
                changes.failed[one.id] = one.failure
                continue
            fresh.append((one.entry, one.units))
            (changes.updated if one.id in entries else changes.added).append(one.id)
        self._index.put(fresh)


def _is_indexed(stored: Stored, entries: Mapping[str, Entry]) -> bool:
    """Whether the index holds this file, by what tells cheaply."""
    entry = entries.get(stored.id)
    return bool(entry and (entry.size, entry.mtime_ns) == (stored.size, stored.mtime_ns))
