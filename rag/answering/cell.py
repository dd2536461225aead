"""The cell of a table that answers: a question for one value is not answered by its neighbours."""

from collections.abc import Sequence

from corpus.bulletin import Span, TableValue
from corpus.figures.quantities import find_figures, same_family
from corpus.text.places import covers
from rag.query.intents import Wants
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.reading.table_rows import places_called_by

MIN_NAME = 2  # characters of a column's name; a shorter one stands in a question by chance
# Kinds of answer that are one value; lists, ways and reasons need the row whole.
ONE_VALUE = frozenset({Wants.NUMBER, Wants.DATE, Wants.PERSON})


def cell_asked(query: Query, item: Evidence) -> TableValue | None:
    """The one value of a table's row that a question asks for: under the column that calls a place
    asked about, or that the question names, the last where it names several; else the one
    that the reader points at; else the only one in the unit asked for. None where the evidence is
    no row, or none of these tells.
    """
    values = item.hit.unit.values
    if query.wants not in ONE_VALUE or len(values) < 2:
        return values[0] if query.wants in ONE_VALUE and values else None
    unit = item.hit.unit
    if placed := [
        one
        for one in values
        if any(covers(p, own) for p in query.places for own in places_called_by(unit, one.column))
    ]:
        return _only(placed)
    if named := _named(query.chinese, values):
        return named
    return _only(_pointed(item, values)) or _only(_of_unit(query, item, values))


def cell_span(query: Query, item: Evidence) -> Span | None:
    """Where the value asked for stands in a table's row; None where that cannot be told."""
    cell = cell_asked(query, item)
    return Span(cell.start, cell.end) if cell else None


def cell_names(item: Evidence) -> tuple[str, str]:
    """The names of the row quoted and of the column, "" where the quote holds several values."""
    inside = list(filter(item.span.overlaps, item.hit.unit.values))
    row = inside[0].row if inside else ""
    return row, inside[0].column if len(inside) == 1 else ""


def _named(asked: str, values: Sequence[TableValue]) -> TableValue | None:
    """The value under the column that a question names, those aside whose names are part of
    another's; the last named.
    """
    said = [one for one in values if len(one.column) >= MIN_NAME and one.column in asked]
    whole = [
        one
        for one in said
        if not any(one.column != other.column and one.column in other.column for other in said)
    ]
    last = max((asked.rindex(one.column) for one in whole), default=-1)
    return _only([one for one in whole if asked.rindex(one.column) == last])


def _pointed(item: Evidence, values: Sequence[TableValue]) -> list[TableValue]:
    return list(filter(item.focus.overlaps, values)) if item.focus else []


def _of_unit(query: Query, item: Evidence, values: Sequence[TableValue]) -> list[TableValue]:
    if not query.unit:
        return []
    text = item.hit.text
    return [
        one
        for one in values
        if any(same_family(f.unit, query.unit) for f in find_figures(text[one.start : one.end]))
    ]


def _only(values: Sequence[TableValue]) -> TableValue | None:
    return values[0] if len(values) == 1 else None
