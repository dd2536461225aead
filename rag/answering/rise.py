"""What something grew or fell from, and to, as one sentence has it: 由2张提升到39张."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.bulletin import Figure
from rag.answering.reckoning import Addend
from rag.query.question import Query, subject_words
from rag.reading.evidence import Evidence

BEFORE_CHARS = 20  # before the first figure, in which it is called what there was
_FROM = re.compile(r"(?:由|从|原来的?|原有的?|去年的?|上年的?)[^，。；]{0,14}$")
_TO = re.compile(r"^[^，。；]{0,16}?(?:至|到|为|达)[^，。；\d]{0,10}$")

_Pair = tuple[Figure, Figure]


def from_to(query: Query, item: Evidence) -> list[Addend]:
    """The two figures; of several rises the one that the reader points at, or before which most of
    the question is said. Empty where there is none, or it cannot be told.
    """
    pairs = _rises(item)
    if item.focus is not None or len(pairs) > 1:
        pointed = [pair for pair in pairs if any(map(item.pointed_at, pair))]
        pairs = pointed if len(pairs) < 2 or len(pointed) == 1 else _named(query, item, pairs)
    if len(pairs) != 1:
        return []
    one, other = pairs[0]
    return [Addend("之前", one, item), Addend("之后", other, item)]


def where_it_is_now(item: Evidence, figure: Figure) -> Figure:
    """The figure that one has become, of 由66%提升至84%; itself where it has become none."""
    return next((other for one, other in _rises(item) if one == figure), figure)


def _rises(item: Evidence) -> list[_Pair]:
    text = item.hit.text
    return [
        (one, other)
        for one, other in pairwise(item.figures)
        if one.unit == other.unit
        and _FROM.search(text[max(item.span.start, one.start - BEFORE_CHARS) : one.start])
        and _TO.match(text[one.end : other.start])
    ]


def _named(query: Query, item: Evidence, pairs: Sequence[_Pair]) -> list[_Pair]:
    """The rise before which, behind the one before it, more of the question is said than before any
    other.
    """
    words = [word for word in dict.fromkeys(subject_words(query)) if len(word) > 1]
    starts = [item.span.start, *(other.end for _, other in pairs)]
    said = [
        sum(word in item.hit.text[start : one.start] for word in words)
        for start, (one, _) in zip(starts, pairs, strict=False)
    ]
    best = max(said, default=0)
    return [pairs[said.index(best)]] if best and said.count(best) == 1 else []
