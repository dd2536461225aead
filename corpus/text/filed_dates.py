"""Dates in the names of files and folders: what an office files by.

A year in a name is often what a paper is about (2023年预算执行情况), so it counts only where it
numbers an issue or a document (2024年第3期, 〔2024〕3号). That of a folder is what is filed under.
"""

import re
from datetime import date

from corpus.text.dates import find_dates

_YEAR = r"(?:19[5-9]\d|20\d\d)"
_COMPACT = re.compile(rf"(?<!\d)({_YEAR})[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMBERED = re.compile(
    rf"[〔\[（(【]\s*({_YEAR})\s*年?\s*[〕\]）)】]"
    rf"|(?<!\d)({_YEAR})\s*年?度?[-_ ]*(?:总?第\s*)?\d{{1,4}}\s*[期号]"
    rf"|(?<!\d)({_YEAR})\s*年?度?[-_ ]*第\s*[一二三四五六七八九十百零〇]{{1,5}}\s*期"
)
_FOLDER_MONTH = re.compile(rf"(?<!\d)({_YEAR})[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])\s*月(?:份)?$|^(0[1-9]|1[0-2])$")
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")


def date_in_name(stem: str) -> tuple[str, str] | None:
    """Date in a file's name without its suffix, ISO 8601 as far as it is told (2024-03-12, 2024-03,
    2024), and the words that tell it; None where it has none, or several.

    >>> date_in_name("老年助餐简报20240312")
    ('2024-03-12', '20240312')
    >>> date_in_name("关于2023年预算执行情况的报告") is None
    True
    """
    if days := _days(stem):
        return days[0] if len(days) == 1 else None
    found = {match[1] or match[2] or match[3]: match[0] for match in _NUMBERED.finditer(stem)}
    return next(iter(found.items())) if len(found) == 1 else None


def date_in_folders(folders: tuple[str, ...]) -> tuple[str, str] | None:
    """As date_in_name, of the folders that a file lies in, the outermost first: 2024/03, 2024年3月.
    The innermost that tells a year decides.
    """
    for depth in range(len(folders) - 1, -1, -1):
        folder = folders[depth]
        found = date_in_name(folder)
        if found and len(found[0]) > len("2024"):
            return found
        if months := _months(folder):
            return next(iter(months.items())) if len(months) == 1 else None
        years = set(_ANY_YEAR.findall(folder))
        if len(years) == 1:
            year = years.pop()
            below = folders[depth + 1 : depth + 2]
            month = _MONTH.search(below[0]) if below else None
            if month is None:
                return year, folder
            return f"{year}-{int(month[1] or month[2]):02d}", f"{folder}/{below[0]}"
        if years:
            return None  # 2021-2023: one of them
    return None


def _days(text: str) -> list[tuple[str, str]]:
    """Days that are named, each once, with the words of the first that names it."""
    found: dict[str, str] = {}
    for mention in find_dates(text):
        if (day := mention.as_date()) is not None:
            found.setdefault(day.isoformat(), mention.text)
    for match in _COMPACT.finditer(text):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:  # the 31st of a month of thirty days is no date
            continue
        found.setdefault(day.isoformat(), match[0])
    return list(found.items())


def _months(text: str) -> dict[str, str]:
    """Months of a year that are named, each with its words."""
    named = {
        f"{mention.year}-{mention.month:02d}": mention.text
        for mention in find_dates(text)
        if mention.year and mention.month and mention.month <= 12 and mention.day is None
    }
    return named or {f"{m[1]}-{m[2]}": m[0] for m in _FOLDER_MONTH.finditer(text)}
