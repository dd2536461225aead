"""Figures that an extraction tore apart: ５ ６ ７ ５ ．２ 亿元, 41. 6万人次.

Typewriters' tables and layers of OCR set blanks inside a number. Which blanks part two figures and
which stand inside one, a single line does not tell: 4 3 1 is a row of a table or 431. So digits are
put together only where the whole file sets every digit apart, and about a point only where what
follows can be nothing but decimals.
"""

import re

_DIGIT = "[0-9０-９]"
_BLANK = r"[^\S\n]"
_APART = re.compile(rf"(?<={_DIGIT}){_BLANK}(?={_DIGIT})")
_TIGHT = re.compile(rf"(?<={_DIGIT})(?={_DIGIT})")
# Behind a comma between thousands come three digits.
_THREE = rf"(?:{_BLANK}?{_DIGIT}){{3}}(?!{_BLANK}?{_DIGIT})"
_NUMBER_APART = re.compile(
    rf"{_DIGIT}(?:{_BLANK}?[.．]?{_BLANK}?{_DIGIT}|{_BLANK}?,(?={_THREE}){_BLANK}?{_DIGIT})+"
)
# Millions by their blanks, right behind a word and before one: 投入1 860 500元; and digits behind
# their comma that are three only together: 2,3 60万元. A row of a table sets its figures off, and
# of 1 860万元 the 1 may be the mark of a note.
_GROUPS_APART = re.compile(
    rf"(?<=[一-鿿]){_DIGIT}{{1,3}}(?:{_BLANK}{_DIGIT}{{3}}){{2,}}"
    rf"(?={_BLANK}?(?:[.．]{_DIGIT}|[%％‰]|[一-鿿]))"
    rf"|(?<={_DIGIT},){_DIGIT}(?:{_BLANK}{_DIGIT}{{2}}|{_DIGIT}{_BLANK}{_DIGIT})(?!{_DIGIT})"
)
# Decimals have one or two digits and a unit behind them; a year or a point of a list has not.
_POINT_APART = re.compile(
    rf"(?<={_DIGIT})(?:{_BLANK}[.．]{_BLANK}?|[.．]{_BLANK})(?={_DIGIT}{{1,2}}{_BLANK}?"
    r"(?:[%％‰]|(?![年月日号期])[一-鿿]))"
)
_OPENING = re.compile(rf"(?:^|[。；;：:！!？?\n]){_BLANK}*{_DIGIT}{{1,2}}$")
MIN_APART = 3  # pairs of digits with a blank between; fewer may be chance
MAX_TIGHT_SHARE = 0.4  # of all pairs; titles and page numbers of such a file may be set tight


def sets_digits_apart(text: str) -> bool:
    """Whether a file puts a blank between the digits of its numbers, as 2 0 2 3 年."""
    apart, tight = len(_APART.findall(text)), len(_TIGHT.findall(text))
    return apart >= MIN_APART and tight <= MAX_TIGHT_SHARE * (apart + tight)


def inside_figures(source: str, *, digits_apart: bool) -> frozenset[int]:
    """Indexes of the blanks and points in a unit's source that stand inside one torn figure.

    >>> sorted(inside_figures("服务41. 6万人次", digits_apart=False))
    [4, 5]
    """
    found: set[int] = set()
    if digits_apart:
        for match in _NUMBER_APART.finditer(source):
            found.update(i for i in range(*match.span()) if not _stays(source[i]))
    for match in _GROUPS_APART.finditer(source):
        found.update(i for i in range(*match.span()) if not _stays(source[i]))
    for match in _POINT_APART.finditer(source):
        if not _OPENING.search(source, 0, match.start()):
            found.update(range(*match.span()))
    return frozenset(found)


def _stays(char: str) -> bool:
    return char.isdecimal() or char == ","
