"""A table to lines of text: every row under the names of its columns, no two figures touching.

A row is printed as its cells (`text`), and read with the names that stand above it (`reading`):
涧西区　46　8.1 under 税收收入（亿元） and 增长（%） reads 涧西区：税收收入46亿元，增长8.1%.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from corpus.bulletin import Kind
from corpus.formats.assembly import CELL_GAP, LONG_CELL, Piece
from corpus.formats.column_heads import (
    BARE,
    Column,
    columns_of,
    halves,
    head_depth,
    is_figure,
    is_rate,
    is_unit,
    names_rows,
    plain,
    repeats,
    serial_columns,
    split_unit,
    table_unit,
)
from corpus.formats.grid import Cell, Grid, Row, once

NOTHING = frozenset("—-–－/／…\\")  # what a cell without a value holds

LONG_REMARK = 400  # characters that a cell of a table of figures may hold all the same


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows under a head, and what its columns are: indexes of those that name a row (`named`),
    that number it (`serials`), that hold its unit (`counted`).
    """

    rows: Grid
    columns: tuple[Column, ...]
    serials: frozenset[int]
    named: tuple[int, ...]
    counted: int | None


def lines_of(grid: Grid, above: str = "") -> Iterator[Piece]:
    """The pieces of a table: what it is called and its head as captions, then a piece for each row.
    `above` is the line before the table, which may give the unit of all figures.
    """
    unit = table_unit(above)
    top = 0
    while top < len(grid) and len(cells := once(grid[top])) == 1:
        unit = table_unit(cells[0].text) or unit
        yield _caption(grid[top])
        top += 1
    rest = grid[top:]
    if not rest:
        return
    depth = head_depth(rest)
    yield from map(_caption, rest[:depth])
    parts = list(halves(rest, depth))
    bodies = [_body(tuple(row[part] for row in rest), depth, unit) for part in parts]
    band = ""
    for n, row in enumerate(rest[depth:]):
        if repeats(row, rest[:depth]):
            continue
        if len(once(row)) == 1:
            band = plain(row[0]) if row[0] is row[-1] else band  # across the whole table
            yield _caption(row)
            continue
        for part, body in zip(parts, bodies, strict=True):
            if cells := once(row[part]):
                yield Piece(_printed(cells), Kind.TABLE, _reading(body, n, band))


def is_frame(grid: Grid) -> bool:
    """Whether a table only frames text: a single column or cell, or running text in a cell where
    no figures stand beside it.
    """
    cells = once(cell for row in grid for cell in row)
    if not grid or len(grid[0]) < 2 or len(cells) < 2:
        return True
    longest = max(len(cell.text) for cell in cells)
    if longest <= LONG_CELL:
        return False
    told = sum(is_figure(plain(cell)) for row in grid for cell in once(row[1:]))
    return longest > LONG_REMARK or len(grid) < 2 or told < len(grid) - 1


def _body(grid: Grid, depth: int, unit: str) -> _Body:
    rows = grid[depth:]
    columns = columns_of(grid[:depth], len(grid[0]), unit)
    telling = tuple(row for row in rows if len(once(row)) > 1)
    serials = serial_columns(telling, columns)
    units = (n for n, column in enumerate(columns) if column.holds_units)
    counted = next((n for n in units if all(is_unit(row[n].text) for row in telling)), None)
    if counted is None:
        columns = tuple(replace(column, holds_units=False) for column in columns)
    return _Body(rows, columns, serials, names_rows(telling, columns, serials), counted)


def _caption(row: Row) -> Piece:
    cells = once(row)
    return Piece(_printed(cells), Kind.CAPTION, "，".join(map(plain, cells)))


def _printed(cells: list[Cell]) -> str:
    return CELL_GAP.join(cell.text for cell in cells)


def _reading(body: _Body, n: int, band: str) -> str:
    """Row n: its number and its name, then each value under the name of its column."""
    row = body.rows[n]
    own = "·".join(plain(cell) for cell in once(row[i] for i in body.named))
    name, unit = split_unit(own)
    if body.counted is not None:
        unit = plain(row[body.counted])
    told: list[str] = []
    for i, cell in enumerate(row):
        apart = i in body.named or i in body.serials or i == body.counted
        if apart or _is_empty(cell) or _stands_before(body, n, i):
            continue
        column = _column(body, row, i)
        value = _with_unit(plain(cell), column, unit, name) + _shared(body, n, i)
        if told and not column.name and is_figure(value) and not is_figure(told[-1]):
            told[-1] += value  # without a head, a word names the figure behind it
        else:
            told.append(_under(column.name, value))
    numbers = [_under(body.columns[i].name, plain(row[i])) for i in sorted(body.serials)]
    name = "·".join(filter(None, (band, name)))
    values = "，".join(told)
    line = f"{name}{'' if name.endswith('：') else '：'}{values}" if name and values else name
    return "，".join(filter(None, (*numbers, line or values)))


def _is_empty(cell: Cell) -> bool:
    return all(char in NOTHING for char in cell.text)


def _stands_before(body: _Body, n: int, i: int) -> bool:
    """Whether a cell was told already: in the column before, or, if a figure, in the row before."""
    cell = body.rows[n][i]
    above = n > 0 and body.rows[n - 1][i] is cell
    return (i > 0 and body.rows[n][i - 1] is cell) or (above and is_figure(plain(cell)))


def _column(body: _Body, row: Row, i: int) -> Column:
    """The column of a cell; of one merged over several, all their names."""
    first = body.columns[i]
    names = [c.name for c, cell in zip(body.columns, row, strict=True) if cell is row[i]]
    return Column("、".join(filter(None, dict.fromkeys(names))), first.unit, first.table_unit)


def _with_unit(text: str, column: Column, row_unit: str, row_name: str) -> str:
    """A value, if bare with the unit of its column, of its row, or of the table."""
    if not BARE.fullmatch(text):
        return text
    rate_row, rate_column = is_rate(row_name), is_rate(column.name)
    if column.unit and (column.unit in "%‰" or not rate_row):
        return text + column.unit
    if row_unit and (row_unit in "%‰" or not rate_column):
        return text + row_unit
    return text + ("" if rate_row else column.table_unit)


def _shared(body: _Body, n: int, i: int) -> str:
    """The other rows that a merged figure stands for."""
    cell = body.rows[n][i]
    if not body.named or not is_figure(plain(cell)):
        return ""
    merged = takewhile(lambda row: row[i] is cell, islice(body.rows, n + 1, None))
    below = [row[body.named[-1]] for row in merged]
    others = "、".join(dict.fromkeys(map(plain, below)))
    return f"（与{others}同一格）" if others else ""


def _under(name: str, value: str) -> str:
    """A value behind the name of its column, by a colon where they could be read as one."""
    touches = not is_figure(value) or name[-1:].isascii() or name.endswith(("年", "月", "第"))
    return f"{name}：{value}" if name and touches else name + value
