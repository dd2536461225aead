"""How the row of a table reads: its name, then each value under the name of its column."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from corpus.bulletin import TableValue
from corpus.formats.column_heads import (
    BARE,
    YEAR,
    Column,
    columns_of,
    is_figure,
    names_rows,
    plain,
    serial_columns,
)
from corpus.formats.column_units import is_rate, is_unit, split_unit
from corpus.formats.grid import Cell, Grid, Row, once

NOTHING = frozenset("—-–－/／…\\")  # what a cell without a value holds


@dataclass(frozen=True, slots=True)
class TableBody:
    """The rows under a head, and what its columns are: indexes of those that name a row (`named`),
    that number it (`serials`), that hold its unit (`counted`).
    """

    rows: Grid
    columns: tuple[Column, ...]
    serials: frozenset[int]
    named: tuple[int, ...]
    counted: int | None


def body_of(grid: Grid, depth: int, unit: str) -> TableBody:
    """The body of a grid whose first `depth` rows name the columns; `unit` is that of the table."""
    rows = grid[depth:]
    columns = columns_of(grid[:depth], len(grid[0]), unit)
    telling = tuple(row for row in rows if len(once(row)) > 1)
    serials = serial_columns(telling, columns)
    units = (n for n, column in enumerate(columns) if column.holds_units)
    counted = next((n for n in units if all(is_unit(row[n].text) for row in telling)), None)
    if counted is None:
        columns = tuple(replace(column, holds_units=False) for column in columns)
    return TableBody(rows, columns, serials, names_rows(telling, columns, serials), counted)


def row_reading(body: TableBody, n: int, band: str) -> tuple[str, tuple[TableValue, ...]]:
    """Row n of a body as it reads, and where its values stand in that; `band` names the part of the
    table that it stands in.
    """
    row = body.rows[n]
    name = _name(body, row)
    numbers = [_Told(body.columns[i].name, plain(row[i])) for i in sorted(body.serials)]
    told = list(_values(body, n, name[1]))
    named = "·".join(filter(None, (band, name[0])))
    text = ""
    values: list[TableValue] = []
    for one in numbers:
        text = _joined(text, one, named, values)
    if named:
        text += f"{'，' if text else ''}{named}"
        text += "" if named.endswith("：") or not told else "："
    for one in told:
        text = _joined(text, one, named, values)
    return text, tuple(values)


def _joined(text: str, one: "_Told", row: str, values: list[TableValue]) -> str:
    """The text with another value behind it, which is added to those told."""
    text += "，" if text and not text.endswith("：") else ""
    values.append(TableValue(len(text), len(text) + len(one.text), row, one.column))
    return text + one.text


@dataclass(frozen=True, slots=True)
class _Told:
    """A value and the name of its column."""

    column: str
    value: str

    @property
    def text(self) -> str:
        """The value behind the name, by a colon where they could be read as one."""
        name, value = self.column, self.value
        touches = not is_figure(value) or name[-1:].isascii() or name.endswith(("年", "月", "第"))
        return f"{name}：{value}" if name and touches else name + value


def _name(body: TableBody, row: Row) -> tuple[str, str]:
    """What a row is called, and the unit that it counts in."""
    name, unit = split_unit("·".join(plain(cell) for cell in once(row[i] for i in body.named)))
    name += "年" if YEAR.fullmatch(name) else ""
    return name, unit if body.counted is None else plain(row[body.counted])


def _values(body: TableBody, n: int, unit: str) -> Iterator[_Told]:
    """The values of row n, each cell once; without a head, a word names the figure behind it."""
    row = body.rows[n]
    name = _name(body, row)[0]
    last: _Told | None = None
    for i, cell in enumerate(row):
        apart = i in body.named or i in body.serials or i == body.counted
        if apart or _is_empty(cell) or _stands_before(body, n, i):
            continue
        column = _column(body, row, i)
        value = _with_unit(plain(cell), column, unit, name) + _shared(body, n, i)
        if last and not column.name and is_figure(value) and not is_figure(last.value):
            own = _Told(last.column, last.value + value)
            last = own if last.column else _Told(last.value, value)
            continue
        if last:
            yield last
        last = _Told(column.name, value)
    if last:
        yield last


def _is_empty(cell: Cell) -> bool:
    return all(char in NOTHING for char in cell.text)


def _stands_before(body: TableBody, n: int, i: int) -> bool:
    """Whether a cell was told already: in the column before, or, if a figure, in the row before."""
    cell = body.rows[n][i]
    above = n > 0 and body.rows[n - 1][i] is cell
    return (i > 0 and body.rows[n][i - 1] is cell) or (above and is_figure(plain(cell)))


def _column(body: TableBody, row: Row, i: int) -> Column:
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


def _shared(body: TableBody, n: int, i: int) -> str:
    """The other rows that a merged figure stands for."""
    cell = body.rows[n][i]
    if not body.named or not is_figure(plain(cell)):
        return ""
    merged = takewhile(lambda row: row[i] is cell, islice(body.rows, n + 1, None))
    below = [row[body.named[-1]] for row in merged]
    others = "、".join(dict.fromkeys(map(plain, below)))
    return f"（与{others}同一格）" if others else ""
