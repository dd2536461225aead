"""Tables in text of which every row is a line, its cells parted by tabs or by wide blanks.

A tab parts cells and nothing else; wide blanks do where they leave as many cells in row after row,
names and figures each in their column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.formats.text_rows import (
    LONGEST_CELL,
    Look,
    TextRow,
    alike,
    are_pages,
    band_of,
    cells_of,
    look_of,
    may_be_cell,
    tells,
)
from corpus.layout import line_kinds
from corpus.layout.lines import TextLine

LEAST_ROWS = 2  # that look alike
LEAST_PAIRS = 3  # the same of two columns
LOOKED_AT = 3  # lines of which one bears the first number, where rows are numbered
NAMES = (Look.NAME, Look.YEAR)  # what the name of a column looks like
_WIDE = re.compile(r"[ \xa0]*　[ \xa0　]*|[ \xa0]{2,}")
TAB = "\t"


@dataclass(frozen=True, slots=True)
class _Parted:
    """A line and the texts of its cells; `tabbed` where tabs part them."""

    number: int
    texts: tuple[str, ...]
    tabbed: bool

    @property
    def looks(self) -> tuple[Look, ...]:
        return tuple(map(look_of, self.texts))


def tables_of_gaps(text: str, lines: Sequence[TextLine]) -> Iterator[list[TextRow]]:
    """The tables in these lines of a text, each as its rows from the top."""
    run: list[_Parted] = []
    for number, line in enumerate(lines):
        one = _parted(text, number, line)
        if run and not _goes_on(run, one, line):
            yield from _tables(run)
            run = []
        if run or len(one.texts) > 1:
            run.append(one)
    yield from _tables(run)


def _parted(text: str, number: int, line: TextLine) -> _Parted:
    start, end = line.span.start, line.span.end
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    whole = text[first : last if last >= 0 else len(text)]
    if TAB not in line.text:
        return _Parted(number, tuple(_WIDE.split(line.text)), False)
    return _Parted(number, tuple(one.strip() for one in whole.split(TAB)), True)


def _goes_on(run: Sequence[_Parted], one: _Parted, line: TextLine) -> bool:
    """Whether a line may be of the table that the lines before it are of: one with as many cells,
    or with one across it.
    """
    if len(one.texts) == 1:
        return may_be_cell(line) and len(run[-1].texts) > 1
    if one.tabbed != run[0].tabbed:
        return False
    return one.tabbed or abs(len(one.texts) - len(run[0].texts)) <= (len(run) == 1)


def _tables(run: Sequence[_Parted]) -> Iterator[list[TextRow]]:
    """The table that such lines are, if they are one."""
    lines = list(run)
    while lines and len(lines[-1].texts) == 1:
        lines.pop()  # what stands behind a table, and not across it
    serial = any(one.texts[0].strip(".．、") == "1" for one in lines[:LOOKED_AT])
    told = [one for one in lines if tells(one.looks, serial=serial)]
    width = max((len(one.texts) for one in told), default=0)
    told = [one for one in told if len(one.texts) == width]
    if not told or any(map(_is_running, told)):
        return
    head = [one for one in lines[: lines.index(told[0])] if len(one.texts) > 1]
    body = lines[lines.index(told[0]) :]
    least = LEAST_ROWS if width > 2 else LEAST_PAIRS
    if len(told) < (1 if head and told[0].tabbed else least):
        return
    if width == 2 and are_pages(one.texts[1] for one in told):
        return
    if not told[0].tabbed and not all(
        len(one.texts) == 1 or alike(one.looks, told[0].looks, serial=serial) for one in body
    ):
        return
    names = [_cornered(one, width) for one in head]
    known = all(len(one.texts) == width for one in names)
    rows = [_row(one, width, known=known) for one in body]
    yield [*(_row(one, width) for one in names), *rows] if known else rows


def _is_running(one: _Parted) -> bool:
    """Whether a line is of running text that has wide blanks in it."""
    long = any(len(text) > LONGEST_CELL for text in one.texts)
    return long or line_kinds.ends_sentence(one.texts[-1])


def _cornered(one: _Parted, width: int) -> _Parted:
    """The names of columns, with the corner that they lack where blanks part them."""
    lacks = not one.tabbed and len(one.texts) == width - 1 and set(one.looks) <= {*NAMES}
    return replace(one, texts=("", *one.texts)) if lacks else one


def _row(one: _Parted, width: int, *, known: bool = True) -> TextRow:
    if len(one.texts) == 1:
        return TextRow(one.number, one.number, band_of(one.texts[0], width), placed=known)
    placed = known and len(one.texts) == width
    return TextRow(one.number, one.number, cells_of(one.texts), placed=placed)
