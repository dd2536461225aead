"""The terms of a sum or a difference that a question names, each where the reader points at it.

Of 县道和乡道合计多少公里 each is asked about by itself in the texts that answer the whole. What the
reader points at weighs most, beside the name of the thing at a figure; no figure is taken twice.
"""

import re
from collections.abc import Sequence
from itertools import permutations

from corpus.bulletin import Figure
from corpus.figures.quantities import same_family
from rag.answering.reckoning import Addend, addable
from rag.answering.within_sentence import (
    LEAST_SAID,
    MOST_FIGURES,
    Beside,
    figures_beside,
    named_beside,
)
from rag.query.question import Query
from rag.reading.evidence import Evidence, Part

SENTENCES = 2  # of a thing, best first, of which each
LEAST_SHARE = 0.2  # has so much of the answer
# What it is worth that the reader points at a figure, and that the whole name stands at it, beside
# the share of the name's characters that do.
POINTED, WHOLLY_NAMED = 2.0, 2.5
_LAST_WORDS = re.compile(r"[，,：:的]")


def pointed_terms(things: Sequence[Part]) -> list[Addend]:
    """A figure for each thing; empty where one has none, or they cannot be reckoned with."""
    figures = _figures(things)
    if not 2 <= len(things) <= len(figures) <= MOST_FIGURES:
        return []
    pointed = [
        [_is_pointed_at(thing, one.figure, item) for item, one in figures] for thing in things
    ]
    named = [[_named(thing.label, one) for _, one in figures] for thing in things]

    def worth(order: tuple[int, ...]) -> tuple[float, list[int]]:
        told = sum(POINTED * pointed[n][at] + named[n][at] for n, at in enumerate(order))
        return told, [-at for at in order]

    best = max(permutations(range(len(figures)), len(things)), key=worth)
    for n, at in enumerate(best):
        # of 分别 both are said of the same words: the second is what is left
        elsewhere = any(
            pointed[n][other] and figures[other][1].before == figures[at][1].before
            for other in best
            if other != at
        )
        if not (pointed[n][at] or named[n][at] >= LEAST_SAID or elsewhere):
            return []
    chosen = [figures[at] for at in best]
    if len({item.hit.bulletin for item, _ in chosen}) > 1:
        return []
    if not all(addable(chosen[0][1].figure, one.figure) for _, one in chosen[1:]):
        return []
    return [
        Addend(thing.label, one.figure, item)
        for thing, (item, one) in zip(things, chosen, strict=True)
    ]


def _figures(things: Sequence[Part]) -> list[tuple[Evidence, Beside]]:
    """The figures of what answers for each thing, each once."""
    found: dict[tuple[str, int, int], tuple[Evidence, Beside]] = {}
    for thing in things:
        for item in _likely(thing):
            for one in figures_beside(thing.query, item):
                if _may_answer(thing.query, one.figure):
                    found.setdefault(_where(item, one.figure), (item, one))
    return [found[place] for place in sorted(found)]


def _may_answer(query: Query, figure: Figure) -> bool:
    return not query.unit or same_family(figure.unit, query.unit)


def _likely(thing: Part) -> list[Evidence]:
    return [item for item in thing.evidence[:SENTENCES] if item.share >= LEAST_SHARE]


def _is_pointed_at(thing: Part, figure: Figure, item: Evidence) -> bool:
    """Whether the reader, asked about the thing, points at a figure."""
    return any(
        one.pointed_at(figure) and _where(one, figure) == _where(item, figure)
        for one in _likely(thing)
    )


def _where(item: Evidence, figure: Figure) -> tuple[str, int, int]:
    return item.hit.bulletin, item.hit.position, figure.start


def _named(label: str, one: Beside) -> float:
    """How far a thing is named at a figure."""
    name = _LAST_WORDS.split(label.rstrip("的"))[-1] or label
    wholly = name in one.before or name in one.behind
    return WHOLLY_NAMED * wholly + named_beside(name, one)
