"""The numbers that a browser prints before the points of a list."""

import re
from typing import Any

from corpus.formats.page_markup import BLOCKS, tag_of
from corpus.text import list_marks, numerals

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_CJK = ("、", numerals.han)
# By the attribute `type`, or by the name of a list style: the mark behind a number, the numerals.
_COUNTS: dict[str, tuple[str, numerals.Numeral]] = {
    "1": (".", str), "decimal": (".", str), "decimal-leading-zero": (".", numerals.padded),
    "a": (".", numerals.letters), "lower-alpha": (".", numerals.letters),
    "lower-latin": (".", numerals.letters), "i": (".", numerals.roman),
    "A": (".", numerals.upper(numerals.letters)), "I": (".", numerals.upper(numerals.roman)),
    "upper-alpha": (".", numerals.upper(numerals.letters)), "lower-roman": (".", numerals.roman),
    "upper-latin": (".", numerals.upper(numerals.letters)),
    "upper-roman": (".", numerals.upper(numerals.roman)),
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"), _CJK
    ),
    "cjk-heavenly-stem": ("、", numerals.stem), "cjk-earthly-branch": ("、", numerals.branch),
}  # fmt: skip
_UNNUMBERED = frozenset(("none", "disc", "circle", "square"))


def number_lists(root: Any) -> None:
    """Write the numbers of all ordered lists into the tree, before the text of their points."""
    for one in root.iter("ol"):
        points = list(one.iterchildren("li"))
        step = -1 if one.get("reversed") is not None else 1
        number = _integer(one.get("start"), len(points) if step < 0 else 1)
        style = _style(one)
        for point in points:
            number = _integer(point.get("value"), number)
            count = _style(point) or style or "1"
            if count not in _UNNUMBERED:
                _write(point, number, count)
            number += step


def _write(point: Any, number: int, count: str) -> None:
    mark, numeral = _COUNTS.get(count, _COUNTS["1"])
    holder = point
    while not (holder.text or "").strip() and len(holder) and tag_of(holder[0]) in BLOCKS:
        holder = holder[0]
    text = (holder.text or "").lstrip()
    inked = text or "".join(holder.itertext()).strip()
    if inked and not list_marks.POINT.match(inked):  # else it was typed as well
        holder.text = f"{numeral(number)}{mark}{' ' if inked[0].isdecimal() else ''}{text}"


def _style(element: Any) -> str | None:
    """The list style that an element asks for, by attribute or by CSS of its own."""
    if (kind := element.get("type")) in _COUNTS:
        return str(kind)
    found = _STYLE.search(element.get("style", ""))
    words = found[1].lower().split() if found else []
    return next((word for word in words if word in _COUNTS or word in _UNNUMBERED), None)


def _integer(value: str | None, default: int) -> int:
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default
