"""The years that a text tells things of: not those that it compares with."""

import re
from collections.abc import Iterable

from corpus.text.dates import DateMention, find_dates

# What stands around a year that something is compared with: 比2021年增加, 是2021年的两倍.
_THAN = re.compile(r"(?:[比较]|相比于?|对比|超过|不及|[高低多少]于)\s*$")
_WITH = re.compile(r"[同与和跟]\s*$")
_COMPARED = re.compile(r"\s*(?:年?[底末初]|同期|全年)?\s*(?:相比|比较|比|持平)")
_TIMES = re.compile(r"\s*(?:年?[底末]|同期)?的\s*[\d一二两三四五六七八九十.]+\s*倍")
# What begins in a year and ends later: 从2021年的185个增加到236个 tells both.
_FROM = re.compile(r"[从由自]\s*$")
_TO = re.compile(r"^[^。；]{0,24}?(?:[至到为])")
_EDITION = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[版款])")
# What holds for those until or from some day: 2023年12月31日前退休的 leaves open of which year.
_BOUND = re.compile(r"\s*(?:及?以?之?前|以后|之后|起|止)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?\s*[-—–－~～至到]+\s*((?:19|20)\d\d)\s*年")


def own_years(text: str, this_year: int | None = None) -> frozenset[int]:
    """Years that a text tells of, all those of a span; 今年 and 去年 where `this_year` is known.

    >>> sorted(own_years("2022年末人口707.9万人，比2021年增加0.8万人"))
    [2022]
    """
    told = {date.year for date in find_dates(text, this_year) if not _is_compared(text, date)}
    spans = {y for m in _SPAN.finditer(text) for y in range(int(m[1]), int(m[2]) + 1)}
    editions = {int(m[1]) for m in _EDITION.finditer(text)}
    return frozenset(year for year in told | spans | editions if year is not None)


def told_years(texts: Iterable[str], this_year: int | None = None) -> frozenset[int]:
    """Years that a sentence tells of, by itself or by what stands around it: `texts` are the
    sentence, its paragraph, the headings above it, its title. The first that names a year decides;
    one from which something grew (从2021年的185个增加到236个) or a day that is a bound
    (2023年12月31日前退休的) leaves open of when it is told.
    """
    years: frozenset[int] = frozenset()
    for text in texts:
        own = own_years(text, this_year)
        years |= own
        if own - _starts(text, this_year):
            break
    return years


def _is_compared(text: str, date: DateMention) -> bool:
    before, behind = text[: date.start][-4:], text[date.end :][:12]
    if _THAN.search(before) or _TIMES.match(behind):
        return True
    return bool(_WITH.search(before) and _COMPARED.match(behind))


def _starts(text: str, this_year: int | None) -> set[int | None]:
    """Years that something began in whose end has no year of its own, and those of days that bound
    what something holds for.
    """
    return {
        date.year
        for date in find_dates(text, this_year)
        if (_FROM.search(text[: date.start][-2:]) and _TO.match(text[date.end :]))
        or (date.day and _BOUND.match(text, date.end))
    }
