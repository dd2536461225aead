"""The head of a table: how deep it is, what its columns are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.figures.quantities import find_figures
from corpus.formats.column_units import is_unit, own_unit, split_unit, unit_above
from corpus.formats.grid import Cell, Grid, Row, once
from corpus.text.reading_text import read

SHORT_NAME = 12  # characters of a column's name where nothing but its place tells that it is one
_SIGNS = "+±−–-约近"
_BETWEEN = re.compile(r"[，\s]+")  # two figures in a cell
BARE = re.compile(r"[+±−–-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")  # a figure without a unit
YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_COLUMN = frozenset(("单位", "计量单位", "单 位"))
_SERIAL = frozenset(("序号", "编号", "序", "号", "No", "NO", "No."))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name without its unit, "" where the table has no head; the unit of its bare
    figures that it gives itself, and the one that the table gives for all, "" where neither does.
    """

    name: str
    unit: str = ""
    table_unit: str = ""
    holds_units: bool = False


def head_depth(grid: Grid) -> int:
    """Rows from the top that name the columns; 0 where the table begins with what it tells."""
    marked = 0
    while marked < len(grid) and all(cell.head for cell in once(grid[marked])):
        marked += 1
    if 0 < marked < len(grid):
        return marked
    depth = 1
    while depth < len(grid) - 1 and _goes_deeper(grid, depth):
        depth += 1
    return depth if len(grid) > 1 and _names_columns(grid, depth) else 0


def columns_of(head: Grid, width: int, table_unit: str) -> tuple[Column, ...]:
    """The columns under the rows that name them; `table_unit` is what counts in the whole table
    where a column says nothing of its own (万元, or 万元、%).
    """
    return tuple(_column([row[n] for row in head], table_unit) for n in range(width))


def are_figures(text: str) -> bool:
    """Whether a cell holds a figure, or several and no more: 46，35."""
    return all(map(is_figure, _BETWEEN.split(text)))


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and no more, with its unit or without: -2.1%, 46, 八秒内."""
    if BARE.fullmatch(text):
        return True
    found = find_figures(text.lstrip(_SIGNS))
    return bool(found) and found[0].start == 0 and found[0].end >= len(text.lstrip(_SIGNS)) - 1


def _names_columns(grid: Grid, depth: int) -> bool:
    """Whether the first row names the columns: it holds no figure, where rows below it do; in a
    table of words, it is full of short words.
    """
    first = once(grid[0])
    if len(first) < 2 or any(cell.text.endswith(("：", ":")) for cell in first):
        return False
    if any(_is_told(grid, n) for n in range(1, len(grid[0])) if grid[0][n] is not grid[0][0]):
        return False
    if any(_tells_figures(grid[depth:], n) for n in range(1, len(grid[0]))):
        return True
    if first[0].text in _SERIAL:
        return True
    whole = all(len(once(row)) == len(row) for row in grid)
    # A form sets names and values in turn, in columns of an even number.
    short = all(len(cell.text) <= SHORT_NAME for cell in first)
    return len(grid) > 2 and len(grid[0]) % 2 == 1 and whole and short


def _is_told(grid: Grid, n: int) -> bool:
    """Whether the first cell of a column is a figure, and not the name of those below: a year, or a
    group (0-14岁) over bare figures.
    """
    text = plain(grid[0][n])
    if not are_figures(text) or YEAR.fullmatch(text):
        return False
    below = [plain(row[n]) for row in grid[1:] if row[n].text and row[n] is not grid[0][n]]
    several = not is_figure(text)
    bare = several or bool(BARE.fullmatch(text))
    return bare or not below or not all(map(BARE.fullmatch, below))


def _goes_deeper(grid: Grid, depth: int) -> bool:
    """Whether the row at `depth` names columns too: under merged names, or with their units."""
    row = grid[depth]
    texts = [plain(cell) for cell in row if cell.text]
    if any(are_figures(text) and not YEAR.fullmatch(text) for text in texts[1:]):
        return False
    above = grid[depth - 1]
    reaches = any(cell is other for cell, other in zip(row, above, strict=True) if cell.text)
    wide = any(a is b for a, b in pairwise(above) if a.text)
    units = [split_unit(f"_{text}")[1] or text for text in texts]
    return reaches or wide or (bool(units) and all(map(is_unit, units)))


def _column(cells: list[Cell], table_unit: str) -> Column:
    names = [plain(cell) for cell in once(cells)]
    unit = ""
    if len(names) > 1 and is_unit(names[-1].strip("（）()")):
        unit = names.pop().strip("（）()")
    if not unit:
        names, unit = unit_above(names)
    name = _joined(names)
    if not unit:
        name, unit = split_unit(name)
    of_table = own_unit(table_unit, name)
    if YEAR.fullmatch(name):
        name += "年"
    return Column(name, unit, of_table, name in _UNIT_COLUMN)


def _joined(names: list[str]) -> str:
    """The names above each other as one; two that would make one number are set apart."""
    text = ""
    for name in names:
        text += "·" if text[-1:].isdecimal() and name[:1].isdecimal() else ""
        text += name
    return text


def plain(cell: Cell) -> str:
    """What a cell reads, note marks left out."""
    return read(cell.text).text


def halves(grid: Grid, depth: int) -> Iterator[slice]:
    """The columns of each of the tables that stand side by side under the same names twice."""
    width = len(grid[0])
    heads = [tuple(plain(row[n]) for row in grid[:depth]) for n in range(width)]
    for times in (3, 2):
        part = width // times
        if depth and part > 1 and width == part * times and heads == heads[:part] * times:
            yield from (slice(n * part, (n + 1) * part) for n in range(times))
            return
    yield slice(0, width)


def names_rows(body: Grid, columns: tuple[Column, ...], serials: frozenset[int]) -> tuple[int, ...]:
    """The columns at the left that name a row: the first that is none of figures, and what it
    divides, where its cells are merged over several rows.
    """
    found: list[int] = []
    for n, column in enumerate(columns):
        if n in serials:
            continue
        if column.holds_units or (_holds_figures(body, n) and not _holds_years(body, n)):
            break
        found.append(n)
        if not any(a[n] is b[n] for a, b in pairwise(body) if a[n].text):
            break
    return tuple(found)


def _holds_years(body: Grid, n: int) -> bool:
    """Whether a first column tells a year in every row, each another."""
    texts = [plain(row[n]).removesuffix("年") for row in body if row[n].text]
    return n == 0 and len(set(texts)) == len(texts) > 1 and all(map(YEAR.fullmatch, texts))


def _holds_figures(body: Grid, n: int) -> bool:
    """Whether most cells of a column are figures and no more."""
    texts = [plain(row[n]) for row in body if row[n].text]
    return sum(map(is_figure, texts)) * 2 > len(texts)


def _tells_figures(body: Grid, n: int) -> bool:
    """Whether most cells of a column hold a figure, if among words."""
    texts = [plain(row[n]) for row in body if row[n].text]
    told = sum(
        bool(find_figures(text)) or any(map(is_figure, _BETWEEN.split(text))) for text in texts
    )
    return told * 2 > len(texts)


def serial_columns(body: Grid, columns: tuple[Column, ...]) -> frozenset[int]:
    """The columns that number the rows, by their name, or the first by its numbers."""
    named = {n for n, column in enumerate(columns) if column.name in _SERIAL}
    texts = [row[0].text.strip("、.．") for row in body if row[0].text]
    counts = len(texts) > 1 and texts == [str(n + 1) for n in range(len(texts))]
    return frozenset(named | ({0} if counts else set()))


def repeats(row: Row, head: Grid) -> bool:
    """Whether a row is one of the head once more, as on the next page."""
    texts = [cell.text for cell in row]
    return any(texts == [cell.text for cell in other] for other in head)
