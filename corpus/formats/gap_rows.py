"""Tables in text of which every row is a line, its cells parted by tabs, bars or blanks.

A tab or a bar parts cells and nothing else; wide blanks do where they leave as many cells in row
after row, names and figures each in their column; single ones where a name has figures alone behind
it, row after row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.formats.text_rows import (
    LONGEST_CELL,
    LONGEST_NAME,
    MAX_CELLS,
    CellLook,
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
from corpus.layout.lines import TextLine, is_ornament

LEAST_ROWS = 2  # that look alike
LEAST_PAIRS = 3  # the same of two columns
LOOKED_AT = 3  # lines of which one bears the first number, where rows are numbered
NAMES = (CellLook.NAME, CellLook.YEAR)  # what the name of a column looks like
_WIDE = re.compile(r"[ \xa0]*　[ \xa0　]*|[ \xa0]{2,}")
TAB = "\t"
_BAR = re.compile("[|｜│┃║]")
_FRAME = re.compile("^[|｜│┃║]|[|｜│┃║]$")
_DIGIT_ALONE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Parted:
    """A line and the texts of its cells; `marked` where tabs or bars part them, which leave none
    out that is empty.
    """

    number: int
    texts: tuple[str, ...]
    marked: bool
    indent: int = 0

    @property
    def looks(self) -> tuple[CellLook, ...]:
        return tuple(map(look_of, self.texts))


def tables_of_gaps(
    text: str, lines: Sequence[TextLine], *, digits_apart: bool = False
) -> Iterator[list[TextRow]]:
    """The tables in these lines of a text, each as its rows from the top; with `digits_apart` the
    text sets blanks between the digits of a number.
    """
    run: list[_Parted] = []
    for number, line in enumerate(lines):
        if is_ornament(line.text):
            continue  # a rule between two rows
        width = len(run[-1].texts) if run else 0
        one = _parted(text, number, line, width, single=not digits_apart)
        if run and not _goes_on(run, one, line):
            yield from _tables(run)
            run = []
        if run or len(one.texts) > 1:
            run.append(one)
    yield from _tables(run)


def _parted(text: str, number: int, line: TextLine, width: int, *, single: bool) -> _Parted:
    """The cells of a line behind one of `width` cells; with `single` blanks may part them."""
    start, end = line.span.start, line.span.end
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    whole = text[first : last if last >= 0 else len(text)]
    if TAB in line.text:
        return _Parted(number, tuple(one.strip() for one in whole.split(TAB)), True)
    if len(bars := _BAR.split(_FRAME.sub("", line.text))) > 1:
        return _Parted(number, tuple(one.strip() for one in bars), True)
    texts = tuple(_WIDE.split(line.text))
    words = tuple(line.text.split(" ", MAX_CELLS))
    parted = single and len(texts) == 1 and 1 < len(words) <= MAX_CELLS
    if parted and (_is_row(words, width) or _is_head(words)):
        texts = words
    return _Parted(number, texts, False, line.indent)


def _is_row(words: Sequence[str], width: int) -> bool:
    """Whether blanks part a name from figures, of which one at least is more than a digit, or which
    are as many as in the row before.
    """
    looks = list(map(look_of, words))
    told = looks[0] is CellLook.NAME and not {*looks[1:]} - {CellLook.FIGURE, CellLook.NOTHING}
    return told and (len(words) == width or not all(map(_DIGIT_ALONE.fullmatch, words[1:])))


def _is_head(words: Sequence[str]) -> bool:
    """Whether blanks may part the names of columns."""
    return all(look_of(word) in NAMES and 1 < len(word) <= LONGEST_NAME for word in words)


def _goes_on(run: Sequence[_Parted], one: _Parted, line: TextLine) -> bool:
    """Whether a line may be of the table that the lines before it are of: one with as many cells,
    or with one across it.
    """
    if len(one.texts) == 1:
        return may_be_cell(line) and len(run[-1].texts) > 1
    if one.marked != run[0].marked:
        return False
    return one.marked or abs(len(one.texts) - len(run[0].texts)) <= (len(run) == 1)


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
    if len(told) < (1 if head and told[0].marked else least):
        return
    if width == 2 and are_pages(one.texts[1] for one in told):
        return
    first = told[0].looks
    if not told[0].marked and not all(
        len(one.texts) == 1 or alike(one.looks, first, serial=serial) for one in body
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
    """The names of columns, with the corner that they lack where blanks stand for it."""
    lacks = one.indent > 0 and len(one.texts) == width - 1 and {*one.looks} <= {*NAMES}
    return replace(one, texts=("", *one.texts)) if lacks else one


def _row(one: _Parted, width: int, *, known: bool = True) -> TextRow:
    if len(one.texts) == 1:
        return TextRow(one.number, one.number, band_of(one.texts[0], width), placed=known)
    placed = known and len(one.texts) == width
    return TextRow(one.number, one.number, cells_of(one.texts), placed=placed)
