"""A growing answer as pieces of text: nothing that was sent can be taken back."""

from rag.answering.answer import Answer
from ui.views.program_text import below

_VOID = "\n\n（以上未能写完，以下为准。What stands above was not finished; read on.）\n\n"


class Deltas:
    """What each state of an answer adds to the one before it; warnings and sources at the end.

    A table grows inside its last row, so that it is sent when it is whole. Where a chat model fails
    in the middle, the answer that stands in for its own follows under a line that says so.
    """

    def __init__(self) -> None:
        self._sent = ""
        self.last: Answer | None = None

    def added(self, answer: Answer) -> str:
        """What the answer has grown by, "" where that cannot be sent yet."""
        self.last = answer
        if answer.rows or not answer.text.startswith(self._sent):
            return ""
        piece, self._sent = answer.text[len(self._sent) :], answer.text
        return piece

    def rest(self) -> str:
        """What is still to be said of the whole answer."""
        if self.last is None:
            return ""
        text = self.last.text
        grown = text[len(self._sent) :] if text.startswith(self._sent) else f"{_VOID}{text}"
        return f"{grown}{below(self.last)}"
