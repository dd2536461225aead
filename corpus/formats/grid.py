"""The cells of a table by row and column, merged ones in every place that they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.formats.assembly import tidy
from corpus.text.reading_text import is_han

MAX_COLUMNS = 200  # of a row; no printed table has more, a page may claim millions

MAX_PLACES = 200_000  # of a grid; spans let a few cells cover any number of them


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
    """The grid of cells that are each given once, where they begin, as HTML does.

    :raises ValueError: it covers more than MAX_PLACES.
    """
    grid: list[list[Cell]] = []
    places = 0
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
        last = max(open_cells, default=-1)
        while len(line) <= min(last, MAX_COLUMNS - 1):
            put(*open_cells.get(len(line), (EMPTY, 0)))
        open_cells = below
        grid.append(line)
        places += len(line)
        if places > MAX_PLACES:
            raise ValueError(f"a table of more than {MAX_PLACES:,} cells")
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
    return list({id(cell): cell for cell in row if cell.text}.values())


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))
