"""Library: bulletins on the shelf, and the two indexes kept in step with them."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from corpus.bulletin import Bulletin, Unit
from corpus.errors import ReplacesError
from corpus.extract import read_bytes
from corpus.formats.trial_reading import try_reading
from corpus.hand_facts import HandFacts
from corpus.parse import parse
from index.current import Current
from index.generation import Generation
from index.generations import Generations
from index.incoming import Incoming, Standing, incoming
from index.kept_bulletins import KeptBulletins
from index.reconcile import LOG, Changes, Progress
from index.records import Entry, Found, Holdings
from index.scope import OPEN, Scope
from index.shelf.extracts import Extracts
from index.shelf.shelf_files import Shelf
from index.shelf.stored_name import check_name
from index.shelf.writing import WriterLock
from index.store.databases import Engine
from index.vectors.encoder import Encoder, Vectors
from index.vectors.offered import likeness_of, words_weight_of
from index.words.terms import Term
from index.writer import Writer

T = TypeVar("T")


class Library:
    """All bulletins of a data directory. Safe to read from several threads.

    `likeness` tells how near words are in meaning, by the model that the library is asked with;
    `kept` gives bulletins as they were when cited, where else they lie; `synced` is the last sync.

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
        self.synced: Changes | None = None
        lock = WriterLock(home)
        generations = Generations(home, encoder, Engine(chroma_url, milvus_uri))
        self._current = Current(generations, lock, fresh=fresh)
        self._extracts = Extracts(home)
        self.kept = KeptBulletins(self._shelf, self._extracts, lambda: self._index.catalogue)
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
        return self.kept.bulletin(bulletin_id)

    def set_by_hand(self, bulletin_id: str, facts: HandFacts) -> Bulletin:
        """Know this of a bulletin, in place of what was set before; its text stays as it is.

        :raises CallError: the library has none of that id.
        """
        entry = self.kept.entry(bulletin_id)
        self._writer.set_by_hand(entry.id, facts)
        LOG.info("set by hand", extra={"bulletin": entry.id, **asdict(facts)})
        return self.bulletin(entry.id)

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

    def vector(self, query: str) -> Vectors:
        """Vector of a query by the library's encoder, float32 of shape (dimension,), unit norm.

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.vector(query)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts as the index has them, float32 of shape (n, dimension), unit norm.

        :raises LibraryError: see vector.
        """
        return self._index.encoded(texts)

    def background(self, query: str) -> Vectors:
        """Cosines of the query with texts from all over the library, float32 of shape (n,)."""
        return self._index.background(query)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """How many units hold each word, in their text or their titles."""
        return self._index.catalogue.frequencies(words)

    def closeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine of each text with the query, in [-1, 1].

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.closeness(query, texts)

    def foresee(self, path: Path, folder: str = "") -> Incoming:
        """What `add` would do with a file, before anything is done.

        :raises CallError: see add.
        :raises BulletinError: it cannot be read, or is empty or too large.
        """
        name = _name_in(folder, path)
        digest = sha256(read_bytes(path)).hexdigest()
        entries, places = self._index.catalogue.entries(), self._shelf.places.read()
        return incoming(name, digest, entries, places, self._shelf.fold)

    def add(self, path: Path, *, replace: bool = False, folder: str = "") -> Bulletin:
        """Take in a file, into a folder of the library's tree if one is named (2024/一季度). One of
        its id that holds other content is replaced if `replace` says so, and its version kept; one
        of the same content is held once, with both places: it is returned.

        :raises CallError: there is no such file, or its kind is not read.
        :raises BulletinError: it is no bulletin.
        :raises ReplacesError: another content has its id, and it is not said to replace it.
        """
        foreseen = self.foresee(path, folder)
        if foreseen.standing is Standing.REPLACES and not replace:
            raise ReplacesError(
                f"{path}: the library holds {foreseen.id} with other content; add it with "
                "--replace to replace that, whose version is kept, or rename the file "
                "(库中已有同名简报且内容不同：要替换请确认替换，旧版保留；要并存请改名)"
            )
        data = read_bytes(path)
        try_reading(data, path.suffix.lower(), str(path))
        name = f"{foreseen.id}{path.suffix.lower()}"
        bulletin = parse(data, name, str(path), self._extracts.read)
        self._writer.add(name, data)
        LOG.info("added", extra={"bulletin": bulletin.id, "paragraphs": len(bulletin.paragraphs)})
        return self.bulletin(bulletin.id)

    def remove(self, bulletin_id: str) -> None:
        """Take a bulletin out, from all places that hold its content; its files are kept aside, and
        no sync brings them back.

        :raises CallError: the library has none of that id.
        """
        places, files = self._shelf.places.read(), self._shelf.files()
        held = places.held_as(bulletin_id)
        if bulletin_id not in files and bulletin_id not in self._shelf.lost():
            held = self.kept.entry(bulletin_id).id
        self._writer.remove([*places.others(held), held])
        LOG.info("removed", extra={"bulletin": held})

    def sync(
        self, folder: Path, progress: Progress | None = None, waiting: Collection[Path] = ()
    ) -> Changes:
        """Make the library hold what `folder` and the folders in it hold, beside what was added by
        hand; `synced` tells of the last one.

        A file whose size and time are unchanged is not read; one that is `waiting`, as it is still
        being written, stays as it was. A file that is no bulletin is left out and named in
        `failed`, or in `skipped` where its kind says so; the others are taken in.

        :raises CallError: there is no such folder, or it holds no bulletin file.
        """
        self.synced = self._writer.sync(folder, progress, waiting)
        return self.synced

    def mend(self) -> None:
        """Delete vectors that no unit has and make missing ones, as a crash may leave them."""
        self._writer.mend()

    def close(self) -> None:
        """Release the databases."""
        self._current.close()


def _name_in(folder: str, path: Path) -> str:
    """A file's name in a folder of the library's tree.

    :raises CallError: it cannot be an id.
    """
    name = "/".join([*(part for part in folder.split("/") if part), path.name])
    check_name(name)
    return name
