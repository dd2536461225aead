"""The cells of a table by row and column, merged ones in every place that they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.assembly import LONG_CELL, tidy
from corpus.text.reading_text import is_han

MAX_COLUMNS = 200  # of a row; no printed table has more, a page may claim millions


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell and how far it reaches; `head` where the format says that it names its column.

    Cells are told apart by identity: a merged one stands in a grid several times.
    """

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


Row = tuple[Cell, ...]
Grid = tuple[Row, ...]  # of equal rows, from the top
EMPTY = Cell("")


def spread(rows: Sequence[Sequence[Cell]]) -> Grid:
    """The grid of cells that are each given once, where they begin, as HTML does."""
    grid: list[list[Cell]] = []
    open_cells: dict[int, tuple[Cell, int]] = {}  # by column: a cell from above, rows that it lacks
    for cells in rows:
        line: list[Cell] = []
        below: dict[int, tuple[Cell, int]] = {}

        def put(
            cell: Cell, rest: int, line: list[Cell] = line,
            below: dict[int, tuple[Cell, int]] = below,
        ) -> None:  # fmt: skip
            if rest:
                below[len(line)] = (cell, rest - 1)
            line.append(cell)

        for cell in cells:
            while len(line) in open_cells:
                put(*open_cells[len(line)])
            for _ in range(min(cell.columns, MAX_COLUMNS - len(line))):
                put(cell, cell.rows - 1)
        while len(line) < MAX_COLUMNS and any(column >= len(line) for column in open_cells):
            put(*open_cells.get(len(line), (EMPTY, 0)))
        open_cells = below
        grid.append(line)
    return even(grid)


def even(rows: Iterable[Sequence[Cell]]) -> Grid:
    """Rows with a text made equally long; columns without any are left out."""
    kept = [list(row) for row in rows if any(cell.text for cell in row)]
    width = max(map(len, kept), default=0)
    full = [[*row, *[EMPTY] * (width - len(row))] for row in kept]
    columns = [n for n in range(width) if any(row[n].text for row in full)]
    return tuple(tuple(row[n] for n in columns) for row in full)


def cell_text(lines: Iterable[str]) -> str:
    """The lines of a cell as one: a name goes on without a blank, figures are kept apart."""
    text = ""
    for line in filter(None, map(tidy, lines)):
        if text and _has_digit(text) and _has_digit(line):
            text += "，"
        elif text and not is_han(text[-1]) and not is_han(line[0]):
            text += " "
        text += line
    return text


def once(row: Iterable[Cell]) -> list[Cell]:
    """The cells of a row in order, each once, those without text left out."""
    found: list[Cell] = []
    for cell in row:
        if cell.text and not any(cell is other for other in found):
            found.append(cell)
    return found


def is_frame(grid: Grid) -> bool:
    """Whether a table only frames text: a single column or cell, or running text in it."""
    if not grid or len(grid[0]) < 2 or len(once(cell for row in grid for cell in row)) < 2:
        return True
    cells = [cell for row in grid for cell in row]
    figures = any(cell.text[0].isdecimal() for row in grid for cell in row[1:] if cell.text)
    is_long = any(len(cell.text) > LONG_CELL for cell in cells)
    return is_long and (len(grid) < 2 or not figures)


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))
