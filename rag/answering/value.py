"""The words that are the answer itself, which an answer opens with: a figure, a date, a name."""

from collections.abc import Callable, Mapping

from corpus.bulletin import Figure, Kind, Span
from corpus.figures.quantities import same_family
from rag.answering.cell import cell_span
from rag.answering.reckoning import addable, amount
from rag.query.bounds_asked import AskedBound, Relation
from rag.query.intents import Wants
from rag.query.persons import persons
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
    if query.bound is not None:
        return _verdict(query, query.bound, item)
    find, focus = _FOUND.get(query.wants), _pointed_at(query, item)
    if find is None or focus is None or item.share < LED:
        return ""
    value = find(item, focus)
    spared = item.hit.kind is not Kind.TABLE and len(value) + SPARED >= len(item.quote)
    return "" if spared else value


def _pointed_at(query: Query, item: Evidence) -> Span | None:
    """Where the answer itself stands: of a table in the cell asked for."""
    if cell := cell_span(query, item):
        return cell if query.wants is Wants.NUMBER else None
    return item.focus


def _verdict(query: Query, asked: AskedBound, item: Evidence) -> str:
    """Whether the figure stands to the bound as it is asked, then the figure as printed; "" where
    it is doubtful, or of another unit.
    """
    figure = figure_in(query, item, asked.bound)
    if figure is None or figure.doubt:
        return ""
    value, bound = amount(figure).value, amount(asked.bound).value
    holds = {
        Relation.ABOVE: value > bound,
        Relation.AT_LEAST: value >= bound,
        Relation.BELOW: value < bound,
    }[asked.relation]
    return f"{'是' if holds else '不是'}，{figure.text}"


def figure_in(query: Query, item: Evidence, like: Figure | None = None) -> Figure | None:
    """The figure of an evidence sentence that answers: the only one among the words that the reader
    points at, or else the only one of the unit asked for; None where neither is told apart. With
    `like` only figures that can be added to that one.
    """
    inside = [
        one
        for one in item.hit.unit.figures
        if _meets(one, item.span) and (like is None or addable(one, like))
    ]
    focus = _pointed_at(query, item)
    pointed = [one for one in inside if focus is not None and _meets(one, focus)]
    of_unit = [one for one in inside if not query.unit or same_family(one.unit, query.unit)]
    for found in (pointed, of_unit):
        if len(found) == 1:
            return found[0]
    return None


def _figure(item: Evidence, focus: Span) -> str:
    """The only figure among the words."""
    inside = [one for one in item.hit.unit.figures if _meets(one, focus)]
    return inside[0].text if len(inside) == 1 and not inside[0].doubt else ""


def _name(item: Evidence, focus: Span) -> str:
    """The words, or the whole name where they are a part of it."""
    words = _words(item, focus)
    return next((name for name in persons(item.quote) if words and words in name), words)


def _words(item: Evidence, focus: Span) -> str:
    words = item.hit.text[focus.start : focus.end]
    return words if len(words) <= LONGEST else ""


def _meets(figure: Figure, span: Span) -> bool:
    return figure.start < span.end and span.start < figure.end


_FOUND: Mapping[Wants, Callable[[Evidence, Span], str]] = {
    Wants.NUMBER: _figure,
    Wants.DATE: _words,
    Wants.PERSON: _name,
}
