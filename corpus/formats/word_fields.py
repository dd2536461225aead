"""The fields of a Word file as they are printed: their results stay, their codes go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.formats.word_text import W
from corpus.text import numerals

# What a code may hold that would be read as print: the results of fields inside it.
_PRINTED = frozenset(f"{W}{name}" for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen"))
# EQ draws and has no result: a character in a ring, a fraction, a root. Marks may be full-width.
_EQ = re.compile(r"\s*EQ\b", re.IGNORECASE)
_RING = re.compile(
    r"\\o\s*(?:\\a[clr])?\s*\(\s*[○◯〇□△◇]\s*[,，;]\s*([^\\()]+?)\s*\)", re.IGNORECASE
)
_FRACTION = re.compile(r"\\f\s*\(\s*([^\\(),;]+?)\s*[,;]\s*([^\\(),;]+?)\s*\)", re.IGNORECASE)
_ROOT = re.compile(r"\\r\s*\(\s*(?:([^\\(),;]*)[,;])?\s*([^\\(),;]+?)\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """A field while its end is looked for; `code` holds what stands before its result."""

    begin: Any
    code: list[Any] = field(default_factory=list)
    has_result: bool = False


def show_results(root: Any) -> int:
    """Take the codes out of a part's tree, and what a control shows while nothing is entered; write
    what EQ draws as text; how many of these were too much for a line and are left out. A field that
    never ends is left as it is.
    """
    for control in root.iter(f"{W}sdt"):
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            for text in list(control.iter(f"{W}t")):
                text.getparent().remove(text)
    lost = 0
    for one in list(_fields(root)):
        said = "".join(part.text or "" for part in one.code if part.tag == f"{W}instrText")
        for part in one.code:
            if part.tag in _PRINTED and part.getparent() is not None:
                part.getparent().remove(part)
        if not one.has_result and _EQ.match(said):
            drawn = _drawn(said)
            lost += drawn is None
            written = one.begin.makeelement(f"{W}t")
            written.text = drawn or ""
            one.begin.addprevious(written)
    return lost


def _fields(root: Any) -> Iterator[_Field]:
    """The fields that have an end, inner ones first."""
    open_fields: list[_Field] = []
    for one in root.iter():
        if one.tag == f"{W}fldChar":
            kind = one.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(_Field(one))
            elif kind == "separate" and open_fields:
                open_fields[-1].has_result = True
            elif kind == "end" and open_fields:
                yield open_fields.pop()
        elif one.tag == f"{W}instrText" and open_fields:
            open_fields[-1].code.append(one)
        elif one.tag in _PRINTED:
            for outer in open_fields:
                if not outer.has_result:
                    outer.code.append(one)


def _drawn(code: str) -> str | None:
    """What an EQ field draws on one line, None where it is more than these know."""
    if ring := _RING.search(code):
        inside = ring[1]
        return numerals.circled(int(inside)) if inside.isdecimal() else inside
    if fraction := _FRACTION.search(code):
        return f"{fraction[1]}/{fraction[2]}"
    if root := _ROOT.search(code):
        return f"{root[1] or ''}√{root[2]}"
    return None
