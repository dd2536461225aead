"""The issue that a question names by its number, and the bulletins whose masthead has it."""

import re
from dataclasses import replace

from corpus.bulletin import Bulletin, Kind
from corpus.figures.quantities import whole_number
from index.library import Library
from index.scope import OPEN, Scope

_NUMERAL = r"\d{1,4}|[一二三四五六七八九十百〇零]{1,6}"
_ISSUE = re.compile(rf"第\s*({_NUMERAL})\s*[期号辑]|(?<!\d)(\d{{2,4}})期(?:简报|专辑|专刊)")
_IN_BRACKETS = re.compile(rf"[（(]\s*({_NUMERAL})\s*[)）]")  # 联动监督专辑（五十二）
NAMING = (Kind.MASTHEAD, Kind.TITLE)
READ = 500  # bulletins whose mastheads are read; of more those that the words of the number find


def issue_asked(question: str) -> int | None:
    """The number of the issue that a question names: 第五十二期, 第52期, 52期简报.

    >>> issue_asked("第五十二期讲什么"), issue_asked("第三季度"), issue_asked("52期简报")
    (52, None, 52)
    """
    found = _ISSUE.search(question)
    return whole_number(next(part for part in found.groups() if part)) if found else None


def issues_of(library: Library, number: int, scope: Scope = OPEN) -> set[str]:
    """Ids of the bulletins inside the scope that a masthead or a title names by that number."""
    inside = replace(scope, kinds=NAMING)
    ids = [entry.id for entry in library.entries(inside)]
    if len(ids) > READ:
        ids = [one.bulletin for one in library.search_words(f"第{number}期", READ, inside)]
    return {one for one in ids if number in _numbers(library.bulletin(one))}


def _numbers(bulletin: Bulletin) -> set[int | None]:
    """The numbers that stand in a bulletin's masthead and titles."""
    texts = [unit.text for unit in bulletin.units if unit.kind in NAMING]
    in_brackets = {
        whole_number(numeral) for text in texts for numeral in _IN_BRACKETS.findall(text)
    }
    return {*map(issue_asked, texts), *in_brackets}
