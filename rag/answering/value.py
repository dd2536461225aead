"""The words that are the answer itself, which an answer opens with: a figure, a date, a name."""

from collections.abc import Callable, Mapping

from corpus.bulletin import Figure, Span
from rag.query.intents import Wants
from rag.query.question import Query
from rag.reading.evidence import Evidence

# The share of the answer that a sentence needs for its words to stand before all others.
LED = 0.5
LONGEST = 24  # characters of a date or a name with its office; more is a sentence of its own
SPARED = 8  # characters that a sentence may have beside the value and be read as fast by itself


def value_of(query: Query, item: Evidence) -> str:
    """The words of an evidence sentence that answer, as printed; "" where the question wants no
    such thing, the reader cannot tell, or the figure is doubtful.
    """
    find = _FOUND.get(query.wants)
    if find is None or item.focus is None or item.share < LED:
        return ""
    value = find(item, item.focus)
    return value if value and len(value) + SPARED < len(item.quote) else ""


def _figure(item: Evidence, focus: Span) -> str:
    """The only figure among the words."""
    inside = [one for one in item.hit.unit.figures if _meets(one, focus)]
    return inside[0].text if len(inside) == 1 and not inside[0].doubt else ""


def _words(item: Evidence, focus: Span) -> str:
    words = item.hit.text[focus.start : focus.end]
    return words if len(words) <= LONGEST else ""


def _meets(figure: Figure, focus: Span) -> bool:
    return figure.start < focus.end and focus.start < figure.end


_FOUND: Mapping[Wants, Callable[[Evidence, Span], str]] = {
    Wants.NUMBER: _figure,
    Wants.DATE: _words,
    Wants.PERSON: _words,
}
