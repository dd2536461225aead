"""What open pages show: what a page has turned from no longer reaches it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

# The outputs of an event of the page after one of its steps.
Outputs = tuple[Any, ...]

MAX_PAGES = 10_000  # the oldest go first; one that is forgotten gets what it has left, too
# How long a page waits for a step of what it turns from. To hand one over takes milliseconds; one
# that nobody takes any more, for the browser was cut off in its midst, must not keep the page.
HAND_OVER_SECONDS = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class ViewTurn:
    """What a page has turned to; `blank` where that is no conversation. `handing` is held while a
    step of it is on its way to the page.
    """

    page: str
    blank: bool
    handing: Lock = field(default_factory=Lock)


class Viewers:
    """Open pages of a server, by the numbers that they give themselves."""

    def __init__(self) -> None:
        self._turns: dict[str, ViewTurn] = {}
        self._lock = Lock()

    def turn(self, session: str | None, *, blank: bool = False) -> ViewTurn:
        """A page turns to something else. What is still on its way to it is waited for, so that
        whatever the page turns to comes behind that.
        """
        turn = ViewTurn(session or "", blank)
        with self._lock:
            left = self._turns.pop(turn.page, None)
            self._take(turn)
        if left is not None and left.handing.acquire(timeout=HAND_OVER_SECONDS):
            left.handing.release()
        return turn

    def blank(self, session: str | None) -> ViewTurn | None:
        """The turn of a page that shows no conversation, or is only being loaded."""
        with self._lock:
            turn = self._turns.get(session or "")
            if turn is None:
                turn = self._take(ViewTurn(session or "", blank=True))
        return turn if turn.blank else None

    def followed(
        self, turn: ViewTurn, steps: Iterable[Outputs], nothing: Outputs
    ) -> Iterator[Outputs]:
        """The steps of a turn, as long as its page is there; at last `nothing`, for Gradio sends
        the last of an event once more when it ends, and by then the page may be elsewhere.

        Gradio asks for the next step once it has put the one before on its way to the page.
        """
        for step in steps:
            with turn.handing:
                if self._turns.get(turn.page, turn) is not turn:
                    break
                yield step
        yield nothing

    def _take(self, turn: ViewTurn) -> ViewTurn:
        self._turns[turn.page] = turn
        while len(self._turns) > MAX_PAGES:
            self._turns.pop(next(iter(self._turns)))
        return turn
