"""Rows of tables in plain text, whatever parts their cells: what a cell looks like, which fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.formats.assembly import tidy
from corpus.formats.column_heads import YEAR, is_figure, plain
from corpus.formats.grid import EMPTY, Cell, Row
from corpus.formats.row_reading import NOTHING
from corpus.layout import line_kinds
from corpus.layout.lines import TextLine

LONGEST_CELL = 30  # characters; a longer line says something, a cell names or counts
LONGEST_NAME = 16  # of a column's name in a head of which only the words tell that it is one
MAX_CELLS = 12  # columns of a table that is told from its lines alone


class CellLook(StrEnum):
    """What a cell looks like: a figure, a year, which may name or count, a name, or nothing."""

    FIGURE = "figure"
    YEAR = "year"
    NAME = "name"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row: the first and the last of its lines, and its cells; `placed` where it is known under
    which columns they stand.
    """

    first: int
    last: int
    cells: Row
    placed: bool = True


def look_of(text: str) -> CellLook:
    """What a cell of this text looks like."""
    if not set(text) - NOTHING:
        return CellLook.NOTHING
    if not any(map(str.isdecimal, text)):
        return CellLook.NAME
    read = plain(Cell(text))
    if YEAR.fullmatch(read.removesuffix("年")):
        return CellLook.YEAR
    return CellLook.FIGURE if is_figure(read) else CellLook.NAME


def may_be_cell(line: TextLine) -> bool:
    """Whether a line is so short, and ends so, that it may be a cell."""
    return (
        len(line.text) <= LONGEST_CELL
        and not line_kinds.ends_sentence(line.text)
        and line.text[-1] not in "，,、：:"
    )


def names_column(line: TextLine) -> bool:
    """Whether a line may name a column, and does not rather head or name the whole table."""
    text = line.text
    return (
        len(text) <= LONGEST_NAME
        and look_of(text) in (CellLook.NAME, CellLook.YEAR)
        and not line_kinds.is_table_title(text)
        and not line_kinds.is_table_unit(text)
        and not line_kinds.has_heading_mark(text)
    )


def tells(looks: Sequence[CellLook], *, serial: bool = False) -> bool:
    """Whether cells look like a row that tells something: a name, behind its number where there is
    a `serial` one, and a figure somewhere behind it.
    """
    name = 1 if serial else 0
    return (
        len(looks) > name + 1
        and looks[name] in (CellLook.NAME, CellLook.YEAR)
        and CellLook.FIGURE in looks[name + 1 :]
    )


def alike(looks: Sequence[CellLook], others: Sequence[CellLook], *, serial: bool = False) -> bool:
    """Whether two rows have names and figures in the same columns; a year names a row, elsewhere it
    counts, and what holds nothing may stand anywhere.
    """
    name = 1 if serial else 0

    def plainly(look: CellLook, at: int) -> CellLook:
        if look is not CellLook.YEAR:
            return look
        return CellLook.NAME if at == name else CellLook.FIGURE

    pairs = enumerate(zip(looks, others, strict=True))
    return all(
        CellLook.NOTHING in (one, other) or plainly(one, at) is plainly(other, at)
        for at, (one, other) in pairs
    )


def are_pages(texts: Iterable[str]) -> bool:
    """Whether figures are those of a table of contents: bare, small, none less than the last."""
    numbers = [plain(Cell(text)) for text in texts if text]
    if not all(number.isdecimal() and len(number) <= 3 for number in numbers):
        return False
    pages = [int(number) for number in numbers]
    return pages == sorted(pages)


def cells_of(texts: Iterable[str]) -> Row:
    """Cells of these texts."""
    return tuple(Cell(text) if (text := tidy(one)) else EMPTY for one in texts)


def band_of(text: str, columns: int) -> Row:
    """A row that is one cell across the whole table."""
    return (Cell(tidy(text), columns=columns),) * columns
