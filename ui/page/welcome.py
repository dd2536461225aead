"""What stands on the page before anything is asked: what this is, what there is, where to begin."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import islice
from threading import Lock, Thread

from index.library import Library
from index.sight import Sight
from rag.answering.answer import Answer
from rag.answering.courtesy import openers
from rag.answering.first_questions import Beginning, english_beginnings, first_questions
from rag.chain import Request, answer_chain
from rag.reading.reader import Reader
from ui.views.welcome_view import Beginnings, welcome_html

MAX_QUESTIONS = 6
MAX_SIGHTS = 50  # starts that are remembered, one for each part of the library that somebody sees
_KINDS = {
    Beginning.FIGURE: "数字",
    Beginning.MEASURES: "做法",
    Beginning.COMPARISON: "比较",
    Beginning.SUMMARY: "概述",
    Beginning.LIBRARY: "资料",
}


@dataclass(frozen=True, slots=True)
class _Made:
    state: Hashable
    questions: Beginnings


class Welcome:
    """The start of the page over a library, for each as far as it is seen. Questions are looked for
    anew, in the background, when the library has changed: to find six costs a few dozen answers.
    """

    def __init__(self, library: Library, reader: Reader | None) -> None:
        """`reader` is what the library is read with.

        Nobody has asked what is tried: no metric counts it and no chat model writes for it.
        """
        self._chain = answer_chain(library, reader=reader)
        self._made: dict[Sight, _Made] = {}
        self._lock = Lock()

    def html(self, seen: Library) -> str:
        """The start as it is now, of the library as somebody sees it."""
        return welcome_html(seen.entries(), self._questions(seen))

    def _questions(self, seen: Library) -> Beginnings:
        state = seen.state()
        with self._lock:
            made = self._made.pop(seen.sight, None)
            if made is None or made.state != state:
                made = _Made(state, Beginnings(_told(openers(seen)), ()))
                Thread(target=self._look, args=(seen, state), name="welcome", daemon=True).start()
            self._made[seen.sight] = made  # the latest stand last
            while len(self._made) > MAX_SIGHTS:
                self._made.pop(next(iter(self._made)))
            return made.questions

    def _look(self, seen: Library, state: Hashable) -> None:
        def answer(question: str) -> Answer:
            return self._chain.invoke(Request(question, sight=seen.sight))

        chinese = _told(first_questions(seen, answer))
        english = _told(english_beginnings(seen, answer))
        with self._lock:
            made = self._made.get(seen.sight)
            if made is not None and made.state == state:
                self._made[seen.sight] = _Made(state, Beginnings(chinese, english))


def _told(found: Iterable[tuple[Beginning, str]]) -> list[tuple[str, str]]:
    return [(_KINDS[kind], question) for kind, question in islice(found, MAX_QUESTIONS)]
