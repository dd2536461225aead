"""Which of several sides comes first or last, by the dates of their sentences: a table in the order
of time, under a line that names the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text.dates import DateMention, find_dates
from rag.answering.answer import Caution
from rag.answering.reckoning import Result
from rag.answering.tabling import Row
from rag.reading.evidence import Evidence, Part

LOOKED_AT = 4  # sentences of a side in which a date is looked for, best first
LEAST_SHARE = 0.1  # of the answer that such a sentence needs
NO_ORDER = "写明日期的不足两处，或只有部分写了年份，排不出先后，请据原文判断"


@dataclass(frozen=True, slots=True)
class Dated:
    """A side with the sentence that dates it."""

    label: str
    item: Evidence
    date: DateMention

    @property
    def day(self) -> tuple[int, int, int]:
        """Year, month and day; 0 for what is not written."""
        return self.date.year or 0, self.date.month or 0, self.date.day or 0


def in_time(parts: Sequence[Part], *, latest: bool) -> tuple[list[Row], Result | None, Caution]:
    """The sides as rows in the order of time, the first of them or the last in a line, and what has
    to be known of it; no line where fewer than two have dates that can be compared.
    """
    found = [one for part in parts if (one := _dated(part))]
    years = {one.date.year is not None for one in found}
    if len(found) < 2 or len(years) > 1:
        rows = [Row(part.label, part.evidence[:1]) for part in parts]
        return rows, None, Caution("computed", NO_ORDER)
    found.sort(key=lambda one: one.day, reverse=latest)
    rows = [Row(one.label, [one.item], one.date.text) for one in found]
    labels = {one.label for one in found}
    rows += [Row(part.label, part.evidence[:1]) for part in parts if part.label not in labels]
    names = "、".join(one.label for one in found if one.day == found[0].day)
    line = Result(f"{names}{'最晚' if latest else '最早'}", f"：{found[0].date.text}")
    told = f"仅据资料中写明日期的{len(found)}处"
    return rows, line, Caution("computed", told if True in years else f"{told}，都没有写年份")


def _dated(part: Part) -> Dated | None:
    for item in part.evidence[:LOOKED_AT]:
        dates = [date for date in find_dates(item.quote) if date.month is not None]
        if dates and (item is part.evidence[0] or item.share >= LEAST_SHARE):
            return Dated(part.label, item, _pointed(item, dates))
    return None


def _pointed(item: Evidence, dates: Sequence[DateMention]) -> DateMention:
    """The date that the reader points at, else the first of the sentence."""
    focus = item.focus.moved(-item.span.start) if item.focus else None
    return next((date for date in dates if focus and focus.overlaps(date)), dates[0])
