"""Which conversation an open page shows: what it has left is no longer sent to it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MAX_PAGES = 10_000  # the oldest go first; one that is forgotten gets what it has left, too


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """What a page has turned to; `blank` where that is no conversation."""

    blank: bool


class Viewers:
    """Open pages of a server, by the numbers that they give themselves."""

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}
        self._lock = Lock()

    def turn(self, session: str | None, *, blank: bool = False) -> Callable[[], bool]:
        """A page turns to something else; the call tells whether it is still there."""
        page, turn = session or "", _Turn(blank)
        with self._lock:
            self._turns.pop(page, None)
            self._turns[page] = turn
            while len(self._turns) > MAX_PAGES:
                self._turns.pop(next(iter(self._turns)))
        return lambda: self._turns.get(page, turn) is turn

    def is_blank(self, session: str | None) -> bool:
        """Whether a page shows no conversation, or is only being loaded."""
        turn = self._turns.get(session or "")
        return turn is None or turn.blank
