"""A table to lines of text: every row under the names of its columns, no two figures touching.

A row is printed as its cells (`text`), and read with the names that stand above it (`reading`):
涧西区　46　8.1 under 税收收入（亿元） and 增长（%） reads 涧西区：税收收入46亿元，增长8.1%.
"""

from collections.abc import Iterator

from corpus.bulletin import Kind
from corpus.formats.assembly import CELL_GAP, LONG_CELL, Piece
from corpus.formats.column_heads import halves, head_depth, is_figure, plain, repeats
from corpus.formats.column_units import table_unit
from corpus.formats.grid import Cell, Grid, Row, once
from corpus.formats.row_reading import body_of, row_reading

LONG_REMARK = 400  # characters that a cell of a table of figures may hold all the same


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
    unit = unit or (table_unit(rest[0][0].text) if depth else "")  # in the corner of the head
    yield from map(_caption, rest[:depth])
    parts = list(halves(rest, depth))
    bodies = [body_of(tuple(row[part] for row in rest), depth, unit) for part in parts]
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
                yield Piece(_printed(cells), Kind.TABLE, *row_reading(body, n, band))


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


def _caption(row: Row) -> Piece:
    cells = once(row)
    return Piece(_printed(cells), Kind.CAPTION, "，".join(map(plain, cells)))


def _printed(cells: list[Cell]) -> str:
    return CELL_GAP.join(cell.text for cell in cells)
