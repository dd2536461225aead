"""What fits: of lines in several lengths those that carry most within so many characters."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 400  # of length that are told apart: a longer text is measured more coarsely
LEAST_SHARE = 0.9  # of the room that is filled, where anything fills it


@dataclass(frozen=True, slots=True)
class SizedWay:
    """One way to tell a line: its length in characters and what it is worth."""

    length: int
    worth: float


def fitted(lines: Sequence[Sequence[SizedWay]], wanted: int, most: int) -> list[int | None]:
    """For each line the index of the way that it is told, None where it is left out: together worth
    most in at most `most` characters, filled to nine tenths of `wanted` where that can be (a
    knapsack with a choice in each class).

    >>> fitted([[SizedWay(50, 1.0), SizedWay(20, .8)], [SizedWay(60, .9)]], 80, 80)
    [1, 0]
    """
    unit = max(1, most // STEPS)
    room = most // unit
    # best[c]: worth and choices of what fills c units exactly
    best: dict[int, tuple[float, tuple[int | None, ...]]] = {0: (0.0, ())}
    for ways in lines:
        grown: dict[int, tuple[float, tuple[int | None, ...]]] = {}
        for filled, (worth, chosen) in best.items():
            options: list[tuple[int, float, int | None]] = [(0, 0.0, None)]
            options += [(-(-way.length // unit), way.worth, n) for n, way in enumerate(ways)]
            for length, gain, n in options:
                total = filled + length
                if total <= room and (total not in grown or worth + gain > grown[total][0]):
                    grown[total] = worth + gain, (*chosen, n)
        best = grown
    enough = [c for c in best if c * unit >= LEAST_SHARE * wanted]
    return list(max((best[c] for c in enough or best), key=lambda one: one[0])[1])
