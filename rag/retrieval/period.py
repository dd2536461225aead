"""Whether a unit tells of the period that a question asks about: its year, and the month of one."""

from collections.abc import Sequence

from corpus.bulletin import Bulletin, Unit
from corpus.text.dates import find_dates
from corpus.text.years import own_years
from rag.query.question import Query
from rag.reading.unit_passages import passage_of

# Factors on a unit's score. Years are named in passing, so another one in a text rules out less
# than one over it: 截至某年10月底进展情况 tells of that month whatever stands below.
OTHER_YEAR, OTHER_ISSUE = 0.85, 0.6

Period = tuple[int, int | None]  # a year, and its month where one is named


def period_factor(query: Query, bulletin: Bulletin, unit: Unit) -> float:
    """What a unit's score is worth for a question about these years; 1 where there are none."""
    asked = _periods(query.understood) if query.years else ()
    years = {int(year) for year in query.years}
    if not years or years & own_years(unit.text):
        return 1.0
    for above in (*reversed(unit.section), passage_of(bulletin, unit).context):
        if told := _periods(above):
            return 1.0 if _agree(asked, told, years) else OTHER_ISSUE
    return 1.0 if any(year in (bulletin.date or "") for year in query.years) else OTHER_YEAR


def _periods(text: str) -> Sequence[Period]:
    """The years that a text names, with their months."""
    return [(date.year, date.month) for date in find_dates(text) if date.year is not None]


def _agree(asked: Sequence[Period], told: Sequence[Period], years: set[int]) -> bool:
    """Whether one of the periods told of is asked about; a year has all its months."""
    for year, month in told:
        months = {other for own, other in asked if own == year} - {None}
        if year in years and (month is None or not months or month in months):
            return True
    return False
