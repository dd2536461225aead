"""Tables in text of which every cell is a line of its own, as a page's table comes when it is
copied or taken out of its frame.

How many columns there are is told by what comes again: a name and so many figures, a name and as
many figures. The names of the columns are the words right before the first row, where these are as
many as there are columns; where they are not, nobody knows which figure is called what.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.formats.column_heads import BARE, plain
from corpus.formats.text_rows import (
    MAX_CELLS,
    CellLook,
    TextRow,
    alike,
    are_pages,
    band_of,
    cells_of,
    look_of,
    may_be_cell,
    names_column,
    tells,
)
from corpus.layout import line_kinds
from corpus.layout.lines import TextLine

LEAST_ROWS = 2  # that look alike, of three columns or more
LEAST_PAIRS = 3  # the same of two columns, which a name with a figure behind it makes by chance
ENOUGH_ROWS = 8  # in step that are no chance
MAX_LINES = 50_000  # that are looked at, of a whole file; more are no table that anybody reads
_NAMES_TABLE = re.compile("(?:表|情况|统计|一览|明细|汇总|数据)$")  # so ends what a table is called


@dataclass(frozen=True, slots=True)
class _CellLine:
    """A line that may be a cell, by its number, or a blank one that stands for an empty cell before
    it; `gap` are the blank lines before it that stand for none.
    """

    number: int
    line: TextLine
    look: CellLook
    gap: int = 0
    text: str = ""


def tables_of_lines(lines: Sequence[TextLine]) -> Iterator[list[TextRow]]:
    """The tables, each as its rows from the top."""
    shorts = groupby(range(min(len(lines), MAX_LINES)), key=lambda n: may_be_cell(lines[n]))
    for is_short, numbers in shorts:
        run = list(numbers)
        if is_short and len(run) >= 2 * LEAST_ROWS:
            yield from _CellRun(list(_cells(lines, run))).tables()


def _cells(lines: Sequence[TextLine], run: Sequence[int]) -> Iterator[_CellLine]:
    """The cells of a run of short lines; a blank line more than usual, before a figure, is one."""
    usual = Counter(lines[n].gap for n in run).most_common(1)[0][0]
    for n in run:
        line = lines[n]
        look, more = look_of(line.text), max(0, line.gap - usual)
        empty = more if look is CellLook.FIGURE and n > run[0] else 0
        yield from (_CellLine(n, line, CellLook.NOTHING) for _ in range(empty))
        yield _CellLine(n, line, look, 0 if empty else more, line.text)


class _CellRun:
    """Cells that follow each other."""

    def __init__(self, cells: Sequence[_CellLine]) -> None:
        self._cells = cells
        self._first = 0  # of those that are in no table yet
        self._end = len(cells)
        self._looks = [cell.look for cell in cells]

    def tables(self) -> Iterator[list[TextRow]]:
        at = 0
        while at < self._end:
            width = self._width_at(at)
            for later in range(at + 1, min(at + width + 1, self._end)):
                less = self._width_at(later)
                if 0 < less < width:  # a line across and two rows were seen as one
                    at, width = later, less
            if not width:
                at += 1
                continue
            rows, end = self._rows(at, width)
            before, first = self._rows_before(at, width)
            yield self._under_head([*before, *rows], first, width)
            at = self._first = end

    def _width_at(self, at: int) -> int:
        """How many columns a table has whose rows in step begin here; 0 where none do."""
        serial = self._is_serial(at)
        for width in range(2, MAX_CELLS + 1):
            looks = self._looks[at : at + width]
            if len(looks) < width or not tells(looks, serial=serial):
                continue
            rows = 1
            while rows < ENOUGH_ROWS and self._fits(at, at + rows * width, width):
                rows += 1
            if rows < (LEAST_ROWS if width > 2 else LEAST_PAIRS):
                continue
            end = at + rows * width
            over = end < self._end and self._looks[end] is not CellLook.NAME
            if over and rows < ENOUGH_ROWS:
                continue  # the last row has more cells than that
            if width > 2 or not are_pages(cell.text for cell in self._cells[at + 1 : end : 2]):
                return width
        return 0

    def _fits(self, first: int, at: int, width: int) -> bool:
        """Whether the cells from here make a row like the one that begins at `first`."""
        looks, serial = self._looks[at : at + width], self._is_serial(first)
        if at < self._first or len(looks) < width or not tells(looks, serial=serial):
            return False
        if serial and looks[0] is not CellLook.FIGURE:
            return False
        return alike(self._looks[first : first + width], looks, serial=serial)

    def _is_serial(self, at: int) -> bool:
        """Whether a row begins with its number, as the first one does."""
        return self._cells[at].text.strip(".．、") == "1"

    def _rows(self, first: int, width: int) -> tuple[list[TextRow], int]:
        """The rows from the first that others follow in step, and where they end."""
        rows: list[TextRow] = []
        at = first
        while at < self._end:
            if at == first or self._fits(first, at, width):
                rows.append(self._row(at, width))
                at += width
            elif self._looks[at] is CellLook.NAME and self._fits(first, at + 1, width):
                rows.append(self._band(at, width))
                at += 1
            elif size := self._short(at, width, lambda end: self._fits(first, end, width)):
                rows.append(self._row(at, size, placed=False))
                at += size
            else:
                break
        return rows, at

    def _rows_before(self, first: int, width: int) -> tuple[list[TextRow], int]:
        """The rows before that one, back to the head, and where they begin."""
        rows: list[TextRow] = []
        at = first
        while at > self._first:
            sizes = (n for n in range(2, width) if self._short(at - n, width, at.__eq__) == n)
            if self._fits(first, at - width, width):
                at -= width
                rows.insert(0, self._row(at, width))
            elif size := next(sizes, 0):
                at -= size
                rows.insert(0, self._row(at, size, placed=False))
            else:
                break
        if self._is_first_band(at):
            rows.insert(0, self._band(at - 1, width))
            at -= 1
        return rows, at

    def _short(self, at: int, width: int, ends: Callable[[int], bool]) -> int:
        """How many cells a row has here that lacks some, where what `ends` says ends it."""
        before = self._looks[at - 1] if at > self._first else None
        if at < self._first or self._looks[at] is not CellLook.NAME or before is CellLook.NAME:
            return 0
        sizes = range(2, min(width, self._end - at + 1))
        return next((n for n in sizes if ends(at + n) and tells(self._looks[at : at + n])), 0)

    def _is_first_band(self, at: int) -> bool:
        """Whether a line across the table stands between its head and its first row: 一、收入."""
        return (
            at - 2 >= self._first
            and self._looks[at - 1] is CellLook.NAME
            and line_kinds.has_heading_mark(self._cells[at - 1].text)
            and names_column(self._cells[at - 2].line)
        )

    def _row(self, at: int, size: int, *, placed: bool = True) -> TextRow:
        cells = self._cells[at : at + size]
        texts = cells_of(cell.text for cell in cells)
        return TextRow(cells[0].number, cells[-1].number, texts, placed)

    def _band(self, at: int, width: int) -> TextRow:
        cell = self._cells[at]
        return TextRow(cell.number, cell.number, band_of(cell.text, width))

    def _under_head(self, rows: list[TextRow], at: int, width: int) -> list[TextRow]:
        """The rows, which begin `at`, under that of the columns' names; where too many words stand
        there for it, or too few, none and no row is `placed`.
        """
        first = self._first_name(at, width)
        names = [cell.text for cell in self._cells[first:at]]
        if len(names) == width - 1 > 1:
            names = ["", *names]  # the corner of a table is often empty
        if width == 2 and (len(names) != width or not _are_bare(rows)):
            return rows  # figures with the names of what they are
        if names and (len(names) != width or len(set(names)) < width):
            return [replace(row, placed=False) for row in rows]
        if not names:
            return rows
        numbers = self._cells[first].number, self._cells[at - 1].number
        return [TextRow(*numbers, cells_of(names)), *rows]

    def _first_name(self, at: int, width: int) -> int:
        """Where the words begin that stand right before a table's first row and may name columns;
        what heads the whole table is none of them.
        """
        first = at
        while first > self._first and names_column(self._cells[first - 1].line):
            apart = first < at and self._cells[first].gap > 0
            enough = at - first >= width - 1
            above = self._cells[first - 1]
            heads = above.number == 0 or bool(_NAMES_TABLE.search(above.text))
            if apart or (enough and heads):
                break
            first -= 1
        return first


def _are_bare(rows: Sequence[TextRow]) -> bool:
    """Whether figures stand without what they count, which a head may tell."""
    return all(BARE.fullmatch(plain(row.cells[-1])) for row in rows if len(set(row.cells)) > 1)
