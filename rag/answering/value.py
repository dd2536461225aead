"""The words that are the answer itself, which an answer opens with: a figure, a date, a name."""

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.bulletin import Figure, Kind, Span
from corpus.figures.quantities import MEASURED, same_family
from corpus.text.dates import find_dates
from rag.answering.cell import cell_span
from rag.answering.durations import duration_in
from rag.answering.qualified import qualified
from rag.answering.reckoning import addable, amount
from rag.answering.rise import where_it_is_now
from rag.answering.told_apart import of_its_clause, of_its_place, of_whole
from rag.answering.within_sentence import (
    LEAST_SAID,
    NAME_CHARS,
    figures_beside,
    named_beside,
)
from rag.query.bounds_asked import AskedBound, Relation
from rag.query.counted_thing import counted_thing
from rag.query.intents import Wants
from rag.query.operations import Operation, operation_of
from rag.query.persons import persons
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.reading.of_place import is_of_place

_OVER = re.compile(r"(?:超过?|逾|突破|高于|多于|大于|不止)了?$")
_AND_MORE = re.compile(r"^[\d.,]+(?:余|多)|以上$")
_ASKS_BEFORE = re.compile(r"原来|原先|以前|之前|此前|当初|起初|从多少|由多少|去年|上年")
_CLAUSE = re.compile(r"[，。；：！？,;]")
_BY_HOW_MUCH = re.compile(
    r"[多少高低大小早晚快慢长短](?:出|了|于|达)?$|(?:[增减升降涨缩差]|提[高升速]|[上下][调浮滑]|延长|加快)[^，。；\d]{0,6}$"
)
_HALF_QUOTED = re.compile(r"^[^“《「]*[”》」]|[“《「][^”》」]*$")
_QUOTED = re.compile(r"[“《「]([^”》」]+)[”》」]")
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
    find, cell = _FOUND.get(query.wants), cell_span(query, item)
    if find is None or item.share < LED or (cell and query.wants is not Wants.NUMBER):
        return ""
    value = find(query, item)
    spared = item.hit.kind is not Kind.TABLE and len(value) + SPARED >= len(item.quote)
    return "" if spared else value


def _verdict(query: Query, asked: AskedBound, item: Evidence) -> str:
    """Whether the figure stands to the bound as it is asked, then the figure as printed; "" where
    it is doubtful, or of another unit.
    """
    figure = figure_in(query, item, asked.bound)
    if figure is None or figure.doubt or not is_of_place(query, item):
        return ""
    value, bound = amount(figure).value, amount(asked.bound).value
    over = value == bound and _is_over(item, figure)
    holds = asked.holds(value, bound) or (over and asked.relation is Relation.ABOVE)
    if query.terms:
        return f"{'Yes' if holds else 'No'}, {figure.text}"
    no = "不是" if asked.relation is Relation.BELOW else "没有"
    exactly = ("超过" if over else "正好") if value == bound else ""
    return f"{'是' if holds else no}，{exactly}{figure.text}"


def _is_over(item: Evidence, figure: Figure) -> bool:
    """Whether the source says that it is more than this figure: 超过了5%, 70余家."""
    text = item.hit.text
    before = text[item.span.start : figure.start]
    return bool(_OVER.search(before) or _AND_MORE.search(text[figure.start : figure.end + 2]))


def figure_in(query: Query, item: Evidence, like: Figure | None = None) -> Figure | None:
    """The figure of an evidence sentence that answers: the only one among the words that the reader
    points at, or else the only one of the unit asked for, or beside which what is counted is named;
    None where none is told apart. With `like` only figures that can be added to that one, where it
    has a unit.
    """
    inside = [
        one for one in item.figures if like is None or not amount(like).unit or addable(one, like)
    ]
    cell = cell_span(query, item)
    focus = cell or item.focus
    of_unit = [one for one in inside if not query.unit or same_family(one.unit, query.unit)]
    if cell is None:
        of_unit = of_its_place(query, item, of_unit)
        inside = of_its_place(query, item, inside)
    pointed = [one for one in of_unit or inside if focus is not None and focus.overlaps(one)]
    if cell is None and (named := of_its_clause(query, item, pointed)):
        # of 由66%提升至84% the last stands
        pointed = [one for one in of_unit if one in named][-1:] or pointed
    pointed = of_whole(query, item, pointed) or pointed
    for found in (pointed, of_unit):
        if len(found) == 1:
            return found[0]
    return _named(query, item, pointed or of_unit or inside) if cell is None else None


def _named(query: Query, item: Evidence, figures: Sequence[Figure]) -> Figure | None:
    """The only one of several figures beside which what the question counts is named: 省级资金多少
    of 中央资金110万元、省级资金46万元.
    """
    thing = counted_thing(query)
    if len(thing) < NAME_CHARS or item.hit.kind is Kind.TABLE:
        return None
    said = [
        (named_beside(thing, one), one.figure)
        for one in figures_beside(query, item)
        if one.figure in figures
    ]
    best = max((share for share, _ in said), default=0.0)
    named = [figure for share, figure in said if share == best]
    return named[0] if best >= LEAST_SAID and len(named) == 1 else None


def _figure(query: Query, item: Evidence) -> str:
    """The figure that answers, where it is not doubtful."""
    figure = figure_in(query, item) if query.unit or item.focus or item.hit.unit.values else None
    if figure is None:
        pointed = any(map(item.pointed_at, item.figures))
        return "" if pointed else duration_in(_words(item), query.unit)
    if not _is_asked(query, item, figure):
        return ""
    if not _ASKS_BEFORE.search(query.understood):
        figure = where_it_is_now(item, figure)
    return "" if figure.doubt else qualified(item.hit.text, figure)


def _is_asked(query: Query, item: Evidence, figure: Figure) -> bool:
    """Whether a figure is of the kind asked for: a measure is no number of things, and what one
    side has is not by how much it has more.
    """
    measured = amount(figure).unit in MEASURED
    if query.unit and measured and not same_family(figure.unit, query.unit):
        return False
    if operation_of(query.understood) is not Operation.DIFFERENCE:
        return True
    return bool(_BY_HOW_MUCH.search(item.hit.text[item.span.start : figure.start]))


def _fact(query: Query, item: Evidence) -> str:
    """The words that the reader points at, where they are no clause and nothing is claimed."""
    words = _words(item)
    if not words or _CLAUSE.search(words) or query.claim is not None:
        return ""
    if item.hit.kind is Kind.TABLE:
        return ""
    pointed = [one for one in item.figures if item.pointed_at(one)]
    if any(one.doubt for one in pointed) or _is_one_of_several(item):
        return ""
    if len(pointed) == 1:
        figure = qualified(item.hit.text, pointed[0])
        return figure if len(figure) >= len(words) else words  # 12个社区食堂 is more than 12个
    return _quoted(item) or ("" if _HALF_QUOTED.search(words) else words)


def _is_one_of_several(item: Evidence) -> bool:
    """Whether what the reader points at stands in a list: 副书记 of 市委副书记、市长."""
    text, focus = item.hit.text, item.focus
    return focus is not None and "、" in (
        text[focus.start - 1 : focus.start],
        text[focus.end : focus.end + 1],
    )


def _date(query: Query, item: Evidence) -> str:
    """The words that the reader points at, or the only date of the sentence."""
    del query
    pointed = _words(item)
    if pointed and find_dates(pointed):
        return pointed
    dates = find_dates(item.quote)
    return dates[0].text if len(dates) == 1 else pointed


def _name(query: Query, item: Evidence) -> str:
    """The words, or the whole name where they are a part of it."""
    del query
    words = _words(item)
    if not words or find_dates(words) or any(map(item.pointed_at, item.figures)):
        return ""  # who was there is no day and no number
    whole = next((name for name in persons(item.quote) if words in name), "")
    return whole or _quoted(item) or words


def _quoted(item: Evidence) -> str:
    """The whole of a name in quotes of which the words are a part."""
    inside = [
        name[1]
        for name in _QUOTED.finditer(item.quote)
        if item.focus and _holds(Span(name.start(), name.end()).moved(item.span.start), item.focus)
    ]
    return inside[0] if inside and len(inside[0]) <= LONGEST else ""


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _words(item: Evidence) -> str:
    focus = item.focus
    words = item.hit.text[focus.start : focus.end] if focus else ""
    return words if len(words) <= LONGEST else ""


_FOUND: Mapping[Wants, Callable[[Query, Evidence], str]] = {
    Wants.NUMBER: _figure,
    Wants.DATE: _date,
    Wants.PERSON: _name,
    Wants.FACT: _fact,
}
