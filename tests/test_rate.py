"""How often somebody may ask: a few questions at once, then so many a minute."""

import pytest

from ui.server import rate
from ui.server.rate import RateLimit


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(limit: RateLimit, asker: str, times: int) -> list[float]:
    """What somebody is told who asks that often at once."""
    return [limit.wait(asker) for _ in range(times)]


def test_ten_seconds_questions_may_be_asked_at_once() -> None:
    """Of 60 a minute 10; the next one may be asked when a second has passed."""
    assert asked(RateLimit(60, Clock()), "li", 12) == [0.0] * 10 + [1.0, 1.0]


def test_who_is_told_to_wait_and_waits_may_ask() -> None:
    """What is told is enough, and half of it is not; being refused costs nothing."""
    clock = Clock()
    limit = RateLimit(30, clock)
    *_, wait = asked(limit, "li", 6)
    assert wait == 2.0
    clock.now += wait / 2
    assert limit.wait("li") == 1.0
    clock.now += wait / 2
    assert asked(limit, "li", 2) == [0.0, 2.0]


def test_a_minute_has_its_questions_and_those_at_once() -> None:
    """Who asks twice a second for a minute gets 60 answers and the first 10."""
    clock = Clock()
    limit = RateLimit(60, clock)
    answered = 0
    for _ in range(120):
        answered += limit.wait("li") == 0
        clock.now += 0.5
    assert answered == 69  # the 60th comes at the end of the minute


def test_each_has_their_own() -> None:
    """One who asks a lot does not keep another from asking."""
    limit = RateLimit(60, Clock())
    asked(limit, "li", 50)
    assert limit.wait("han") == 0


def test_a_limit_below_six_allows_one_at_once() -> None:
    """There is always a first question."""
    assert asked(RateLimit(1, Clock()), "li", 2) == [0.0, 60.0]


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has been quiet longest is forgotten, which only ever helps them."""
    monkeypatch.setattr(rate, "MAX_ASKERS", 2)
    limit = RateLimit(1, Clock())
    assert [limit.wait(name) for name in ("a", "b", "c", "b", "a")] == [0, 0, 0, 60, 0]
