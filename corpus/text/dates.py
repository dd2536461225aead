"""Dates in a text: years, months and days, in digits or Han numerals, with blanks or without."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.figures.quantities import han_number
from corpus.text.reading_text import narrow

# The zero of a Han year is written with whatever round sign a keyboard has.
_ZEROS = "〇零○◯OoОΟ０Ｏｏ"
_HAN_DIGITS = "一二三四五六七八九"
_HAN_YEAR = str.maketrans(_ZEROS + _HAN_DIGITS, "0" * len(_ZEROS) + "123456789")
_TENS = {"廿": "二十", "卅": "三十", "元": "一"}
_ROC = 1911  # years between the calendar of the Republic and the common one
_IN_ROC = rf"(?:元|\d{{1,3}}|[{_HAN_DIGITS}十百{_ZEROS}]{{1,5}})"
_COMMON = rf"(?:[12][\d{_ZEROS}]{{3}}|[{_HAN_DIGITS}〇零○◯][{_HAN_DIGITS}{_ZEROS}0]{{3}})"
_MONTH = rf"(?:\d{{1,2}}|[{_HAN_DIGITS}十元]{{1,2}})"
_DAY = rf"(?:\d{{1,2}}|[{_HAN_DIGITS}十廿卅]{{1,3}})"
# What a line without blanks matches that is a year, a month of one, or a day.
YEAR = rf"(?:{_COMMON}|(?:中[華华])?民[國国]{_IN_ROC})"
MONTH_OF_YEAR = rf"{YEAR}年{_MONTH}月"
DAY_OF_YEAR = (
    rf"(?:{MONTH_OF_YEAR}{_DAY}[日号]"
    r"|(?:19|20)\d\d(?:-\d{1,2}-|\.\d{1,2}\.|/\d{1,2}/)\d{1,2})"
)
_DATE = re.compile(
    rf"(?:(?<!\d)(?P<year>{_COMMON}|今|本|去|上)|民[國国]\s*(?P<roc>{_IN_ROC}))\s*年"
    rf"(?:\s*(?P<month>{_MONTH})\s*月(?:\s*(?P<day>{_DAY})\s*[日号])?)?"
    r"|(?<![\d./-])(?P<year3>\d{4})(?P<mark>[-./])(?P<month3>\d{1,2})(?P=mark)"
    r"(?P<day3>\d{1,2})(?!\d|(?P=mark)\d)"
    rf"|(?<!\d)(?P<month2>\d{{1,2}})\s*月(?:\s*(?P<day2>\d{{1,2}})\s*[日号])?"
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
            year=_roc_year(match["roc"]) or _year(match["year"] or match["year3"], this_year),
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


def _roc_year(word: str | None) -> int | None:
    """The common year of one of the Republic: 112 is 2023."""
    if word is None:
        return None
    digits = word.translate(_HAN_YEAR)
    return _ROC + (int(digits) if digits.isdecimal() else _number(word) or 0)


def _number(word: str | None) -> int | None:
    if word is None:
        return None
    if word.isdecimal():
        return int(word)
    return int(han_number("".join(_TENS.get(char, char) for char in word)))
