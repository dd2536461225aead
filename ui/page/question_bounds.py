"""What a question is limited to, as it is chosen on the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.errors import CallError
from index.library import Library
from index.scope import Scope, scope_of
from ui.store.answer_record import Searched

# Years that people name by the one they are in.
_YEARS_AGO = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2}
_WRITTEN = re.compile(
    r"(?P<year>\d{4}|今年|本年|去年|上年|前年)\s*(?:年|[-./])?\s*"
    r"(?:(?P<month>\d{1,2})\s*(?:月|[-./])?\s*(?:(?P<day>\d{1,2})\s*[日号]?)?)?"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a question is limited to; what is empty limits nothing."""

    bulletins: Sequence[str] = ()
    places: Sequence[str] = ()
    since: str = ""
    until: str = ""

    def scope(self) -> Scope:
        """:raises CallError: a date is none."""
        return scope_of(
            self.bulletins or None, self.places or None, day(self.since), day(self.until)
        )

    def searched(self, library: Library) -> Searched:
        """What a question with these bounds is asked of.

        :raises CallError: a date is none.
        """
        scope = self.scope()
        inside = library.entries(scope)
        titles = [entry.title for entry in inside if entry.id in self.bulletins]
        since, until = day(self.since), day(self.until)
        if not since and not until:
            return Searched(len(inside), (*titles, *self.places))
        anytime = library.entries(Bounds(self.bulletins, self.places).scope())
        undated = sum(entry.date is None for entry in anytime)
        return Searched(
            len(inside), (*titles, *self.places, f"{since or ''}–{until or ''}"), undated
        )


EVERYTHING = Bounds()


def day(text: str, today: date | None = None) -> str | None:
    """A year, month or day as people write it, in the form of the index (2024, 2024-06,
    2024-06-01); None where nothing is written.

    >>> day("去年", date(2026, 3, 1)), day("2024年6月"), day("2024/6/1"), day("")
    ('2025', '2024-06', '2024-06-01', None)

    :raises CallError: it is none.
    """
    text = text.strip()
    if not text:
        return None
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise CallError(
            f"看不懂日期“{text}”，请写年、年月或年月日，如 2024、2024-06、去年 "
            f"({text!r} is no date; write a year, 2024-06 or 2024-06-01)"
        )
    year, month, of_month = match.group("year", "month", "day")
    if year in _YEARS_AGO:
        year = str((today or date.today()).year - _YEARS_AGO[year])
    parts = [year, *(part.zfill(2) for part in (month, of_month) if part)]
    try:
        date(int(year), int(month or 1), int(of_month or 1))
    except ValueError as error:
        raise CallError(f"没有“{text}”这个日期 ({text!r} is no date: {error})") from error
    return "-".join(parts)
