"""Marks of notes among figures: 180³个, 20.3%². Read as digits they would make another figure.

Readers of formats write raised print as superscripts, which Unicode has for digits and brackets.
"""

import re

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"
_RAISED = str.maketrans("0123456789()[]（）［］〔〕", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾")
_CIRCLED = str.maketrans({chr(0x2460 + n): f"({n + 1})" for n in range(20)})
# An exponent stands behind a unit (km², 米²) or behind the ten of ×10⁴.
_MARK = re.compile(
    rf"(?<![A-Za-z米里尺{_SUPERSCRIPTS}])(?<![×·xX*]10)[{_SUPERSCRIPTS}]+"
    r"|(?<=\d)(?:[\[［]\d{1,2}[\]］]|[①-⑳])(?=[一-鿿%％])"
)

# A ten by itself with a number of more than a square is a power, or a note of which nobody knows.
_POWER_OF_TEN = re.compile(r"(?<![\d.．])10(?:[³⁴⁵⁶⁷⁸⁹]|[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹])$")


def raised(text: str) -> str:
    """Raised print as superscripts, where these are digits and brackets: 3 is ³, ① is ⁽¹⁾."""
    return text.translate(_CIRCLED).translate(_RAISED)


def marks_of(text: str) -> list[str]:
    """The raised marks in a text, without brackets."""
    return re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text)


def note_marks(source: str) -> frozenset[int]:
    """Indexes of the marks of notes inside a unit's source. One that opens the unit is none: at the
    foot of a page it tells which note it is.

    >>> sorted(note_marks("助餐场所180³个"))
    [7]
    """
    opening = len(source) - len(source.lstrip())
    marks = (
        mark.span()
        for mark in _MARK.finditer(source)
        if mark.start() > opening and not _POWER_OF_TEN.search(source, 0, mark.end())
    )
    return frozenset(i for span in marks for i in range(*span))
