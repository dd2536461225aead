"""The issue that a question names by its number, and the bulletins whose masthead has it."""

import re
from dataclasses import replace

from corpus.bulletin import Kind
from corpus.figures.quantities import han_number
from index.library import Library
from index.scope import OPEN, Scope

_NUMERAL = r"\d{1,4}|[一二三四五六七八九十百〇零]{1,6}"
_ISSUE = re.compile(
    rf"第\s*({_NUMERAL})\s*[期号辑]|(?<![\d一二三四五六七八九十])({_NUMERAL})期(?:简报|专辑|专刊)"
)
_IN_BRACKETS = re.compile(rf"[（(]\s*({_NUMERAL})\s*[)）]")  # 联动监督专辑（五十二）
NAMING = (Kind.MASTHEAD, Kind.TITLE)


def issue_asked(question: str) -> int | None:
    """The number of the issue that a question names: 第五十二期, 第52期, 52期简报.

    >>> issue_asked("第五十二期讲什么"), issue_asked("第三季度"), issue_asked("52期简报")
    (52, None, 52)
    """
    found = _ISSUE.search(question)
    return _number(next(part for part in found.groups() if part)) if found else None


def issues_of(library: Library, number: int, scope: Scope = OPEN) -> set[str]:
    """Ids of the bulletins inside the scope that a masthead or a title names by that number."""
    mastheads = replace(scope, kinds=NAMING)
    found = set()
    for entry in library.entries(mastheads):
        for unit in library.bulletin(entry.id).units:
            numerals = _IN_BRACKETS.findall(unit.text) if unit.kind in NAMING else ()
            if number in {issue_asked(unit.text), *map(_number, numerals)} and unit.kind in NAMING:
                found.add(entry.id)
    return found


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else int(han_number(numeral))
