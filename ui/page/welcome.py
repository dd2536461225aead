"""What stands on the page before anything is asked: what this is, what there is, where to begin."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import islice
from threading import Lock, Thread

from index.library import Library
from rag.answering.answer import Answer
from rag.answering.courtesy import openers
from rag.answering.first_questions import Beginning, english_beginnings, first_questions
from rag.chain import Request, answer_chain
from rag.reading.reader import Reader
from ui.views.welcome_view import Beginnings, welcome_html

MAX_QUESTIONS = 6
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
    """The start of the page over a library. Questions are looked for anew, in the background, when
    the library has changed: to find six costs a few dozen answers.
    """

    def __init__(self, library: Library, reader: Reader | None) -> None:
        """`reader` is what the library is read with.

        Nobody has asked what is tried: no metric counts it and no chat model writes for it.
        """
        self._library = library
        self._chain = answer_chain(library, reader=reader)
        self._made: _Made | None = None
        self._lock = Lock()

    def html(self) -> str:
        """The start as it is now."""
        return welcome_html(self._library.entries(), self._questions())

    def _questions(self) -> Beginnings:
        state = self._library.state()
        with self._lock:
            if self._made is None or self._made.state != state:
                at_once = [
                    ("做法" if one.endswith("有哪些？") else "概述", one)
                    for one in islice(openers(self._library), MAX_QUESTIONS)
                ]
                self._made = _Made(state, Beginnings(at_once, ()))
                Thread(target=self._look, args=(state,), name="welcome", daemon=True).start()
            return self._made.questions

    def _look(self, state: Hashable) -> None:
        chinese = _told(first_questions(self._library, self._answer))
        english = _told(english_beginnings(self._library, self._answer))
        with self._lock:
            if self._made is not None and self._made.state == state:
                self._made = _Made(state, Beginnings(chinese, english))

    def _answer(self, question: str) -> Answer:
        return self._chain.invoke(Request(question))


def _told(found: Iterable[tuple[Beginning, str]]) -> list[tuple[str, str]]:
    return [(_KINDS[kind], question) for kind, question in islice(found, MAX_QUESTIONS)]
