"""Library: bulletins on the shelf, and the two indexes kept in step with them."""

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TypeVar

from corpus.bulletin import Bulletin, Unit
from corpus.errors import CallError, LibraryError
from corpus.extract import read_bytes
from corpus.formats.trial_reading import try_reading
from corpus.parse import parse
from index.current import Current
from index.generation import Generation
from index.generations import Generations
from index.pool import Pool
from index.reconcile import LOG, Changes, Progress
from index.records import Entry, Found, Holdings
from index.scope import OPEN, Scope
from index.shelf.parsed import Parsed
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import check_name
from index.shelf.writing import WriterLock
from index.store.databases import Engine
from index.vectors.encoder import Encoder, Vectors
from index.vectors.offered import likeness_of, words_weight_of
from index.words.terms import Term
from index.writer import Writer

T = TypeVar("T")


class Library:
    """All bulletins of a data directory. Safe to read from several threads.

    `likeness` tells how near words are in meaning, by the model that the library is asked with.

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
        self._shelf = Shelf(home)
        self.likeness = likeness_of(encoder)
        self.words_weight = words_weight_of(encoder)
        lock = WriterLock(home)
        generations = Generations(home, encoder, Engine(chroma_url, milvus_uri))
        self._current = Current(generations, lock, fresh=fresh)
        self._parsed = Parsed(self._shelf)
        self._writer = Writer(home, self._shelf, self._current, lock, self.bulletin)
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

    def state(self) -> Hashable:
        """What changes whenever anyone writes to the library."""
        return self._current.state()

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

    def file_name(self, bulletin_id: str) -> str:
        """Name of a bulletin's file, "" where it is not there any more."""
        stored = self._shelf.files().get(bulletin_id)
        return stored.path.name if stored else ""

    def file(self, bulletin_id: str) -> tuple[str, bytes]:
        """Name and bytes of a bulletin's file, as it came in.

        :raises CallError: the library has none of that id.
        :raises LibraryError: the file cannot be read, or is not there any more.
        """
        bulletin = self.bulletin(bulletin_id)
        kept = self._shelf.read(bulletin.id, bulletin.sha256)
        if kept is None:
            raise LibraryError(f"the file of {bulletin_id!r} is lost; run: jianbao doctor")
        return kept

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
        try_reading(data, path.suffix.lower(), str(path))
        bulletin = parse(data, path.name, str(path))
        self._writer.add(bulletin, path.name, data)
        LOG.info("added", extra={"bulletin": bulletin.id, "paragraphs": len(bulletin.paragraphs)})
        return bulletin

    def remove(self, bulletin_id: str) -> None:
        """Take a bulletin out; its file is kept aside, and no sync brings it back.

        :raises CallError: the library has none of that id.
        """
        if bulletin_id not in self._shelf.files() and bulletin_id not in self._shelf.lost():
            self.bulletin(bulletin_id)
        self._writer.remove(bulletin_id)
        LOG.info("removed", extra={"bulletin": bulletin_id})

    def sync(self, folder: Path, progress: Progress | None = None) -> Changes:
        """Make the library hold what `folder` holds, beside what was added by hand.

        A file whose size and time are unchanged is not read. A file that is no bulletin is left
        out and named in `failed`; the others are taken in.

        :raises CallError: there is no such folder, or it holds no bulletin file.
        """
        return self._writer.sync(folder, progress)

    def mend(self) -> None:
        """Delete vectors that no unit has and make missing ones, as a crash may leave them."""
        self._writer.mend()

    def close(self) -> None:
        """Release the databases."""
        self._current.close()
