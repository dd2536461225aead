"""Units to passages: what is embedded, and what words count for a unit."""

import re
from dataclasses import dataclass

from corpus.bulletin import Bulletin, Kind, Unit

PASSAGE_CHARS = 120  # a sentence or two: longer texts blur in one vector (measured on CMRC 2018)
UNINDEXED = frozenset({Kind.PAGE_NUMBER})
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）》]*|[^。！？；\n]+")


@dataclass(frozen=True, slots=True)
class Indexed:
    """A unit as the indexes take it: its place in the bulletin, its words' two fields, and the
    passages whose vectors stand for it.
    """

    position: int
    body: str
    context: str
    passages: tuple[str, ...]


def indexed_units(bulletin: Bulletin) -> list[Indexed]:
    """All units of a bulletin that can be found, with their passages."""
    return [
        Indexed(position, unit.text, context_of(bulletin, unit), passages_of(unit.text))
        for position, unit in enumerate(bulletin.units)
        if unit.kind not in UNINDEXED
    ]


def context_of(bulletin: Bulletin, unit: Unit) -> str:
    """What a unit is about beyond its own words: titles, place, headings above it."""
    parts = (bulletin.title_of(unit), unit.place or "", *unit.section)
    return " ".join(part for part in parts if part)


def passages_of(text: str) -> tuple[str, ...]:
    """Consecutive sentences gathered up to PASSAGE_CHARS characters; a long one stands alone."""
    passages: list[str] = []
    for match in _SENTENCE.finditer(text):
        if passages and len(passages[-1]) + len(match[0]) <= PASSAGE_CHARS:
            passages[-1] += match[0]
        else:
            passages.append(match[0])
    return tuple(passages) or (text,)
