"""A question as it is asked of a library, whose places are known, and whose encoder tells what the
words of a question leave open. Whatever searches or answers understands questions by this.
"""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from corpus.text.places import Place, place_named
from index.library import Library
from rag.query.aspect_told import AspectTold
from rag.query.leaning_told import LeaningTold
from rag.query.misspelt import mended
from rag.query.question import Query, Turn, understand
from rag.query.sides_told import SidesTold
from rag.query.small_talk import small_talk


class Understanding:
    """Understands questions to a library, and to any sight of it. To be kept: what it knows by is
    loaded at the first question. Safe to use from several threads.
    """

    def __init__(self, library: Library) -> None:
        self._aspects = AspectTold(library.vector)
        self._sides = SidesTold(library.vector)
        self._leaning = LeaningTold(library.vector)
        self._places: tuple[Hashable, tuple[Place, ...]] | None = None

    def asked(self, seen: Library, question: str, history: Sequence[Turn] = ()) -> Query:
        """What is asked of the library as somebody sees it, after this conversation; a place of it
        that was typed wrongly is put right.

        :raises CallError: see understand.
        :raises LibraryError: see Library.vector.
        """
        lean = self._leaning.told(question) if history else None
        query = understand(question, history, lean)
        if not query.places and not small_talk(query.question):
            meant = mended(question, [place.short for place in self._known(seen)])
            if meant != question:
                query = replace(understand(meant, history, lean), question=query.question)
        return self._completed(query)

    def alone(self, question: str) -> Query:
        """What is asked in these words, whatever the library holds and was said before.

        :raises CallError: see understand.
        :raises LibraryError: see Library.vector.
        """
        return self._completed(understand(question))

    def _completed(self, query: Query) -> Query:
        return self._sides.completed(self._aspects.completed(query))

    def _known(self, seen: Library) -> tuple[Place, ...]:
        """The places that the library is about, for as long as nobody writes to it."""
        state, known = seen.state(), self._places  # read once: another thread may see otherwise
        if known is None or known[0] != state:
            names = dict.fromkeys(name for entry in seen.entries() for name in entry.places)
            known = state, tuple(place for name in names if (place := place_named(name)))
            self._places = known
        return known[1]
