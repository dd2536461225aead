"""Terms that no words of the question name: the only two figures, or as many as it counts.

比计划多装了几台 names neither what was planned nor what was built in the source's words; where the
text that answers has but two figures of the kind, they are what is set against each other.
"""

import re
from collections.abc import Sequence

from corpus.bulletin import Figure
from corpus.figures.quantities import same_family, whole_number
from rag.answering.reckoning import Addend, addable, amount
from rag.query.asking import COUNTERS
from rag.query.operations import Operation
from rag.query.question import Query
from rag.reading.evidence import Evidence

# 那五笔, 这七类, 上述三项: so many figures of one row.
_COUNTED = re.compile(
    rf"(?:[这那]|上述|以上|下列|另外?的?)(?P<said>(?P<n>[两二三四五六七八九十])(?:{COUNTERS}|[样类者处]))"
)
# Two are set against each other; 多了几张 alone asks how much one thing grew.
_AGAINST = re.compile(r"比|差|[距离]|剩|余|除去?|刨|扣|超")
MOST_APART = 2  # sentences of one text over which the two may stand


def unnamed_terms(query: Query, operation: Operation, evidence: Sequence[Evidence]) -> list[Addend]:
    """The terms among the figures of some sentences, best first; empty where that stays open."""
    if operation is Operation.SUM:
        return next((found for item in evidence if (found := _counted(query, item))), [])
    if operation is not Operation.DIFFERENCE or not _AGAINST.search(query.understood):
        return []
    for item in evidence:
        figures = _of_unit(query, item.figures)
        if len(figures) > 1:
            return _two([(one, item) for one in figures])
    beside = [one for one in evidence if one.hit.bulletin == evidence[0].hit.bulletin]
    return _two(
        [(one, item) for item in beside[:MOST_APART] for one in _of_unit(query, item.figures)]
    )


def _two(figures: Sequence[tuple[Figure, Evidence]]) -> list[Addend]:
    """Of some figures the two that differ, where there are no others of their kind."""
    if len(figures) != 2 or not addable(figures[0][0], figures[1][0]):
        return []
    values = {amount(one).value for one, _ in figures}
    return [Addend("", one, item) for one, item in figures] if len(values) == 2 else []


def _counted(query: Query, item: Evidence) -> list[Addend]:
    """As many figures as the question counts, where a sentence has just so many of one unit."""
    counted = _COUNTED.search(query.understood)
    if counted is None:
        return []
    number, figures = whole_number(counted["n"]) or 0, _of_unit(query, item.figures)
    announced = item.quote.find(counted["said"])  # 再加五笔：…: those behind it
    if announced >= 0:
        behind = [one for one in figures if one.start >= item.span.start + announced]
        figures = [one for one in behind if one.text != counted["said"]][:number]
    if len(figures) != number:
        return []
    alike = all(addable(figures[0], one) for one in figures[1:])
    return [Addend("", one, item) for one in figures] if alike else []


def _of_unit(query: Query, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that the question may mean: of its unit, or of the only unit that two have."""
    if query.unit:
        return [one for one in figures if same_family(one.unit, query.unit)]
    units = [amount(one).unit for one in figures]
    often = [unit for unit in dict.fromkeys(units) if units.count(unit) > 1]
    if len(often) != 1:
        return list(figures) if len(figures) == 1 else []
    return [one for one in figures if amount(one).unit == often[0]]
