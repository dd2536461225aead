"""How often somebody may ask: a token bucket for each."""

import time
from collections.abc import Callable
from threading import Lock

BURST_SECONDS = 10  # what somebody who has been quiet may ask at once: the questions of this time
MAX_ASKERS = 10_000  # whose questions are remembered; the oldest go first


class RateLimit:
    """So many questions a minute for everyone who asks, a few of them at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`per_minute` is at least 1; `clock` tells seconds."""
        self.per_minute = per_minute
        self._size = max(1.0, per_minute * BURST_SECONDS / 60)
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # questions left, and when that was so
        self._lock = Lock()

    def wait(self, asker: str) -> float:
        """Seconds until this one may ask; 0 where that is now, and then the question counts."""
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(asker, (self._size, now))
            left = min(self._size, left + (now - at) * self.per_minute / 60)
            seconds = max(0.0, (1 - left) * 60 / self.per_minute)
            self._left[asker] = (left if seconds else left - 1, now)  # the latest stand last
            while len(self._left) > MAX_ASKERS:
                self._left.pop(next(iter(self._left)))
        return seconds
