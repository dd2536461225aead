"""A growing answer as pieces of text: nothing that was sent can be taken back."""

from collections.abc import Iterator

from rag.answering.answer import Answer
from ui.views.program_text import below

_VOID = "\n\n（以上未能写完，以下为准。What stands above was not finished; read on.）\n\n"


class Deltas:
    """What each answer of a stream adds to the one before it; warnings and sources at the end.

    A table grows inside its last row, so that it is sent when it is whole. Where a chat model fails
    in the middle, the answer that stands in for its own follows under a line that says so.
    """

    def __init__(self, answers: Iterator[Answer]) -> None:
        self._answers = answers
        self._sent = ""
        self._whole = False
        self.last: Answer | None = None

    def next(self) -> str | None:
        """The next piece of text, None where there is no more."""
        if self._whole:
            return None
        for answer in self._answers:
            self.last = answer
            if not answer.rows and answer.text.startswith(self._sent) and answer.text != self._sent:
                piece, self._sent = answer.text[len(self._sent) :], answer.text
                return piece
        self._whole = True
        return self._rest(self.last) if self.last else ""

    def close(self) -> None:
        """Let the chain stop."""
        if close := getattr(self._answers, "close", None):
            close()

    def _rest(self, last: Answer) -> str:
        """What is still to be said of the whole answer."""
        text = last.text
        grown = text[len(self._sent) :] if text.startswith(self._sent) else f"{_VOID}{text}"
        return f"{grown}{below(last)}"
