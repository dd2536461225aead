"""What is asked of a library without changing it, as far as whoever asks may see it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.bulletin import Bulletin, Unit
from index.current import Current
from index.generation import Generation
from index.kept_bulletins import KeptBulletins
from index.records import Entry, Found, Holdings
from index.scope import OPEN, Scope
from index.shelf.shelf_files import Shelf
from index.sight import Sight
from index.vectors.encoder import Vectors
from index.words.terms import Term
from index.words.tokenizer import pieces

T = TypeVar("T")


class LibraryReading:
    """The reading half of a library: every search, list and look is bounded by `sight`."""

    sight: Sight
    kept: KeptBulletins
    _shelf: Shelf
    _current: Current

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
        """What changes whenever anyone writes to the library; another one for another sight."""
        return self._current.state(), self.sight

    def entries(self, scope: Scope = OPEN) -> list[Entry]:
        """The bulletins that have a unit inside the scope, in order of id."""
        catalogue, places = self._index.catalogue, self._shelf.places.read()
        entries = catalogue.entries().values()
        seen = [entry for entry in entries if self.sight.sees(entry.id, places)]
        if scope.is_open:
            return seen
        inside = catalogue.bulletins(scope)
        return [entry for entry in seen if entry.id in inside]

    def holdings(self) -> Holdings:
        """How much there is, without reading it all.

        :raises LibraryError: the index is damaged.
        """
        if self.sight.is_whole:
            return self._index.catalogue.holdings()
        entries = self.entries()
        return Holdings(len(entries), sum(entry.paragraphs for entry in entries))

    def bulletin(self, bulletin_id: str) -> Bulletin:
        """A bulletin with all its units.

        :raises CallError: the library has none of that id.
        """
        return self.kept.bulletin(bulletin_id)

    def unit(self, found: Found) -> tuple[Bulletin, Unit]:
        """The bulletin and unit that a search found."""
        bulletin = self.bulletin(found.bulletin)
        return bulletin, bulletin.units[found.position]

    def search_words(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that share words with the query, by BM25, best first."""
        return self._index.catalogue.search(query, limit, self._seen(scope))

    def search_terms(self, terms: Sequence[Term], limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that have the terms, best first: BM25 in which the best
        alternative of a term counts. Terms in pinyin are found after `resolve`.
        """
        return self._index.catalogue.search_terms(terms, limit, self._seen(scope))

    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms, those in pinyin with the words of this library that are spelt so."""
        resolved = self._index.catalogue.resolve(terms)
        if self.sight.is_whole:
            return resolved
        spelt = {word for t in resolved for word, _ in t.alternatives}
        spelt -= {word for t in terms for word, _ in t.alternatives}
        parts = {word: pieces(word) for word in spelt}
        held = self._held([token for own in parts.values() for token in own])
        unseen = {word for word, own in parts.items() if not held.issuperset(own)}
        return tuple(
            replace(t, alternatives=tuple(a for a in t.alternatives if a[0] not in unseen))
            for t in resolved
        )

    def search_meaning(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope near to the query in meaning, by cosine, best first.

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.search_meaning(query, limit, self._seen(scope))

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
        """How many units of the whole library hold each word, in their text or their titles; none
        of a word that no unit holds that is seen.
        """
        counts = self._index.catalogue.frequencies(words)
        if self.sight.is_whole:
            return counts
        held = self._held([word for word, count in counts.items() if count])
        return {word: count if word in held else 0 for word, count in counts.items()}

    def closeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """Cosine of each text with the query, in [-1, 1].

        :raises LibraryError: the index was made with another embedding model.
        """
        return self._index.closeness(query, texts)

    def _seen(self, scope: Scope) -> Scope:
        """The part of a scope that is seen."""
        return self.sight.within(scope, self._shelf.places.read())

    def _held(self, tokens: Sequence[str]) -> set[str]:
        """Which of these tokens a unit holds that is seen."""
        return self._index.catalogue.held(tokens, self._seen(OPEN))
