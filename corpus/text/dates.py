"""Dates in a text: years, months and days, in digits or Han numerals, with blanks or without."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.figures.quantities import han_number
from corpus.text.reading_text import narrow

_HAN_YEAR = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_DATE = re.compile(
    r"(?P<year>(?<!\d)\d{4}|[〇零○Ｏ一二三四五六七八九]{4}|今|本|去|上)\s*年"
    r"(?:\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"(?:\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?)?"
    r"|(?<![\d-])(?P<year3>\d{4})-(?P<month3>\d{1,2})-(?P<day3>\d{1,2})(?![\d-])"
    r"|(?<!\d)(?P<month2>\d{1,2})\s*月(?:\s*(?P<day2>\d{1,2})\s*[日号])?"
)
_RELATIVE = {"今": 0, "本": 0, "去": -1, "上": -1}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date named at text[start:end]; what it leaves open is None."""

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    def as_date(self) -> date | None:
        """The day, if the mention names one that a calendar has."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str, this_year: int | None = None) -> list[DateMention]:
    """Dates named in a text, in order. 今年 and 去年 have a year only where `this_year` is known,
    that is, where the bulletin dates itself.

    >>> [(d.year, d.month) for d in find_dates("2024 年 4 月，今年6月", this_year=2025)]
    [(2024, 4), (2025, 6)]
    """
    plain = narrow(text)
    return [
        DateMention(
            text=text[match.start() : match.end()],
            start=match.start(),
            end=match.end(),
            year=_year(match["year"] or match["year3"], this_year),
            month=_number(match["month"] or match["month2"] or match["month3"]),
            day=_number(match["day"] or match["day2"] or match["day3"]),
        )
        for match in _DATE.finditer(plain)
    ]


def _year(word: str | None, this_year: int | None) -> int | None:
    if word is None:
        return None
    if word in _RELATIVE:
        return None if this_year is None else this_year + _RELATIVE[word]
    return int(word.translate(_HAN_YEAR))


def _number(word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdecimal() else int(han_number(word))
