"""Figures and dates of a text in English, as far as they can be held against Chinese ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from rag.query.english_terms import DATES, MONTHS
from rag.writing.bound_figures import About

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SMALL = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(), range(2, 21), strict=False,
    )
) | dict(zip("thirty forty fifty sixty seventy eighty ninety".split(), range(30, 100, 10),
             strict=True))  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th)?"
    rf"|\b(?P<word>{'|'.join(_SMALL)})\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"[\s-]*(?P<scale>{'|'.join(_SCALES)})?\b[\s-]*(?:of\s+)?(?:chinese\s+)?"
    r"(?P<unit>%|per ?cent\b|percentage points?\b|(?:yuan|rmb|cny)\b)?",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:rmb|cny|¥|yuan)\s*$", re.IGNORECASE)
_TOLD = (
    (About.BELOW, re.compile(
        r"\b(?:(?:less|fewer|lower) than|under|below|almost|nearly|close to|not (?:more than|over"
        r"|exceeding)|at most|up to|no more than)\s*$", re.IGNORECASE)),
    (About.ABOVE, re.compile(
        r"\b(?:(?:more|greater|higher) than|over|above|exceed(?:s|ed|ing)?|at least|surpass(?:es|ed"
        r"|ing)?|no (?:less|fewer) than|not less than)\s*$", re.IGNORECASE)),
)  # fmt: skip
_BEFORE = 24  # characters before a figure in which it is told as more or less
_MONTH = re.compile(rf"\b(?P<month>{'|'.join(month.capitalize() for month in MONTHS)})\b")
PERCENT, YUAN = frozenset("% 个百分点 百分点".split()), frozenset("元 块 钱 人民币".split())


@dataclass(frozen=True, slots=True)
class EnglishFigure:
    """A figure of an English sentence: as written, its amount, whether it is a percentage or an
    amount of money, and whether it is told as more or less.
    """

    text: str
    value: Decimal
    units: frozenset[str]
    about: About


def english_figures(sentence: str) -> Iterator[EnglishFigure]:
    """The figures of a sentence without its dates."""
    sentence = undated(sentence)
    for match in _NUMBER.finditer(sentence):
        behind = _BEHIND.match(sentence, match.end())
        digits, word = match.group("digits", "word")
        value = Decimal(digits.replace(",", "")) if digits else Decimal(_SMALL[word.lower()])
        scale, unit = behind.group("scale", "unit") if behind else (None, None)
        if scale:
            value *= _SCALES[scale.lower()]
        before = sentence[max(0, match.start() - _BEFORE) : match.start()]
        about = next((told for told, words in _TOLD if words.search(before)), About.EXACT)
        units: frozenset[str] = frozenset()
        if unit:
            units = YUAN if unit.lower() in ("yuan", "rmb", "cny") else PERCENT
        elif _MONEY_BEFORE.search(before):
            units = YUAN
        yield EnglishFigure(match[0], value, units, about)


def undated(sentence: str) -> str:
    """A sentence without its dates, which are looked at by themselves; their years stay."""
    for date in reversed(english_dates(sentence)):
        sentence = sentence[: date.start()] + " " + sentence[date.end() :]
    return sentence


def english_dates(sentence: str) -> list[re.Match[str]]:
    """Months, some with a day, in order; none inside another."""
    found: list[re.Match[str]] = []
    for match in chain.from_iterable(one.finditer(sentence) for one in (*DATES, _MONTH)):
        if all(match.end() <= one.start() or one.end() <= match.start() for one in found):
            found.append(match)
    return sorted(found, key=lambda match: match.start())
