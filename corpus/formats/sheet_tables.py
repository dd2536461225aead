"""The cells of a sheet to lines of text: its title, its tables, each row under its columns."""

import re
from collections.abc import Iterator

from corpus.bulletin import Kind
from corpus.formats.assembly import Piece
from corpus.formats.column_heads import head_depth, is_figure, plain
from corpus.formats.column_units import table_unit
from corpus.formats.grid import Cell, Grid, Row, even, once
from corpus.formats.table_lines import is_frame, lines_of

UNNAMED = re.compile(r"(?:sheet|工作表|table)?\s*\d*", re.IGNORECASE)  # what programs call a sheet
TITLE = 60  # characters; a longer single cell is a remark


def sheet_pieces(rows: list[Row], sheet: str) -> Iterator[Piece]:
    """The pieces of a sheet. Its title is the single cell above its table, else the sheet's name;
    blank rows part tables where the next one has a head of its own.
    """
    blocks = _blocks(rows)
    title = _title(blocks[0]) if blocks else None
    if title:
        yield Piece(title, Kind.TITLE)
        blocks[0] = blocks[0][1:]
    elif blocks and not UNNAMED.fullmatch(sheet.strip()):
        yield Piece(sheet, Kind.TITLE)
    above = ""
    for block in blocks:
        grid = even(block)
        if is_frame(grid):
            yield from (Piece(cell.text) for row in grid for cell in once(row))
        else:
            yield from lines_of(grid, above)
        above = once(block[-1])[-1].text if block else above


def _blocks(rows: list[Row]) -> list[list[Row]]:
    """The rows between blank ones; those that go on in a table stay with it."""
    parts: list[list[Row]] = [[]]
    for row in rows:
        if once(row):
            parts[-1].append(row)
        elif parts[-1]:
            parts.append([])
    blocks: list[list[Row]] = []
    for part in filter(None, parts):
        if blocks and _goes_on(part):
            blocks[-1] += part
        else:
            blocks.append(part)
    return blocks


def _goes_on(part: list[Row]) -> bool:
    """Whether rows behind a blank one have no head of their own: the first one tells figures."""
    cells = once(part[0])
    told = any(is_figure(plain(cell)) for cell in cells[1:])
    return len(cells) > 1 and told and not head_depth(even(part))


def _title(block: list[Row]) -> str | None:
    """The single cell above a table that is no unit and no sentence."""
    cells = once(block[0])
    if len(cells) != 1 or len(block) < 2 or len(once(block[1])) == 0:
        return None
    text = cells[0].text
    plain_title = len(text) <= TITLE and not table_unit(text) and text[-1:] not in "。；;"
    return text if plain_title and not is_figure(text) else None


def merged_grid(texts: dict[tuple[int, int], str], merged: list[tuple[int, int, int, int]],
                height: int, width: int) -> Grid:  # fmt: skip
    """Cells by row and column from 0, those of a merged range (first row, first column, last row,
    last column) one cell in every place.
    """
    empty = Cell("")
    grid = [[empty] * width for _ in range(height)]
    for (row, column), text in texts.items():
        grid[row][column] = Cell(text)
    for top, left, bottom, right in merged:
        if top < height and left < width and grid[top][left].text:
            for row in range(top, min(bottom + 1, height)):
                for column in range(left, min(right + 1, width)):
                    grid[row][column] = grid[top][left]
    return tuple(map(tuple, grid))
