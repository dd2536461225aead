"""Tables in plain text: what is a row becomes one line that reads under the names of its columns.

No character goes: a line break between two cells becomes a blank, so that every offset in the file
stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.bulletin import Kind, Loss, TableValue
from corpus.extracted import Extracted
from corpus.formats.assembly import CELL_GAP, Piece
from corpus.formats.cell_lines import tables_of_lines
from corpus.formats.gap_rows import tables_of_gaps
from corpus.formats.grid import once
from corpus.formats.table_lines import lines_of
from corpus.formats.text_rows import CellLook, TextRow, cells_of, look_of, may_be_cell
from corpus.layout.lines import TextLine, split_lines
from corpus.text.torn_figures import sets_digits_apart

LEAST_CELLS = 4  # lines in a row that may be the cells of a table that nothing else tells
_LABELLED = re.compile(r"[^：:\d]{1,16}[：:]\s*\d[\d,.]*\s*[^\d：:]{1,6}")  # 助餐点：46个
ABOVE = 2  # lines above a table that may give its unit


@dataclass(slots=True)
class _Telling:
    """A text in which rows are told, as its characters and what is known of its lines."""

    chars: list[str]
    kinds: dict[int, Kind] = field(default_factory=dict)
    readings: dict[int, str] = field(default_factory=dict)
    values: dict[int, tuple[TableValue, ...]] = field(default_factory=dict)
    unplaced: int = 0

    def row(self, lines: Sequence[TextLine], row: TextRow, piece: Piece | None = None) -> None:
        """Tell a row of lines: as it reads in its table, or its cells one by one."""
        start, end = lines[row.first].span.start, lines[row.last].span.end
        for at in range(start, end):
            if self.chars[at] == "\n":
                self.chars[at] = CELL_GAP
        told = piece or _alone(row)
        self.kinds[start] = told.kind or Kind.TABLE
        self.readings[start] = told.reading or told.text
        self.values[start] = told.values
        self.unplaced += not row.placed

    def extracted(self, before: Extracted) -> Extracted:
        """What was known of the text, and its rows."""
        return replace(
            before,
            text="".join(self.chars),
            kinds={**before.kinds, **self.kinds},
            readings={**before.readings, **self.readings},
            values={**before.values, **self.values},
            losses=(*before.losses, *_losses(self.unplaced)),
        )


def with_tables(extracted: Extracted) -> Extracted:
    """The text with the rows of its tables told, in lines of which nothing else is known."""
    telling = _Telling(list(extracted.text))
    apart = sets_digits_apart(extracted.text)

    def is_known(line: TextLine) -> bool:
        return line.span.start in extracted.kinds or line.span.start in extracted.joins

    for known, some in groupby(split_lines(extracted.text), key=is_known):
        if known:
            continue
        lines, taken = list(some), set[int]()
        gaps = tables_of_gaps(extracted.text, lines, digits_apart=apart)
        for rows in (*gaps, *tables_of_lines(lines)):
            numbers = {n for row in rows for n in range(row.first, row.last + 1)}
            if not numbers & taken:
                taken |= numbers
                _tell(telling, lines, rows)
    return telling.extracted(extracted) if telling.kinds else extracted


def with_listed(extracted: Extracted) -> Extracted:
    """A text without a paragraph with its short lines told, where figures stand among them: a name
    with the figures behind it is a row, whatever table it is of. As it was where there are none.
    """
    lines = split_lines(extracted.text)
    telling = _Telling(list(extracted.text))
    for short, numbers in groupby(range(len(lines)), key=lambda n: may_be_cell(lines[n])):
        run = list(numbers) if short else []
        for n in run:
            if _LABELLED.fullmatch(lines[n].text):
                telling.row(lines, TextRow(n, n, cells_of([lines[n].text])))
        looks = [look_of(lines[n].text) for n in run]
        if len(run) < LEAST_CELLS or CellLook.FIGURE not in looks:
            continue
        for row in _listed(lines, run, looks):
            telling.row(lines, row)
    return telling.extracted(extracted) if telling.kinds else extracted


def _listed(
    lines: Sequence[TextLine], run: Sequence[int], looks: Sequence[CellLook]
) -> Iterator[TextRow]:
    """Each name with the figures right behind it, and figures that have no name."""
    rows: list[list[int]] = []
    for number, look, following in zip(run, looks, [*looks[1:], CellLook.NAME], strict=True):
        if look is CellLook.NAME:
            rows.append([number] if following is not CellLook.NAME else [])
        elif rows:
            rows[-1].append(number)
        else:
            rows.append([number])
    for row in filter(None, rows):
        texts = [lines[number].text for number in row]
        if CellLook.FIGURE in map(look_of, texts):
            yield TextRow(row[0], row[-1], cells_of(texts), placed=False)


def _tell(telling: _Telling, lines: Sequence[TextLine], rows: Sequence[TextRow]) -> None:
    """Tell the rows of a table."""
    placed = [row for row in rows if row.placed]
    first = rows[0].first
    above = " ".join(line.text for line in lines[max(0, first - ABOVE) : first])
    pieces = list(lines_of(tuple(row.cells for row in placed), above))
    for row, piece in zip(placed, _by_row(placed, pieces), strict=True):
        telling.row(lines, row, piece)
    for row in rows:
        if not row.placed:
            telling.row(lines, row)


def _by_row(rows: Sequence[TextRow], pieces: Iterable[Piece]) -> Iterator[Piece]:
    """What each row reads; one that repeats the head is a caption like it."""
    left = list(pieces)
    for row in rows:
        printed = CELL_GAP.join(cell.text for cell in once(row.cells))
        own: list[Piece] = []
        while left and _opens(printed, [*own, left[0]]):
            own.append(left.pop(0))
        yield _joined(own) if own else Piece(printed, Kind.CAPTION, _alone(row).reading)


def _opens(printed: str, pieces: Sequence[Piece]) -> bool:
    """Whether a row begins with these pieces: it is of several tables that stand side by side."""
    text = CELL_GAP.join(piece.text for piece in pieces)
    return printed == text or printed.startswith(f"{text}{CELL_GAP}")


def _joined(pieces: Sequence[Piece]) -> Piece:
    text = ""
    values: list[TableValue] = []
    for piece in pieces:
        text += "；" if text else ""
        values += [
            replace(one, start=one.start + len(text), end=one.end + len(text))
            for one in piece.values
        ]
        text += piece.reading or piece.text
    return Piece(CELL_GAP.join(one.text for one in pieces), pieces[0].kind, text, tuple(values))


def _alone(row: TextRow) -> Piece:
    """A row by itself: its first cell, then the others, no two figures touching."""
    texts = [cell.text for cell in once(row.cells)]
    looks = list(map(look_of, texts))
    named = CellLook.NAME not in looks[1:2] and looks[0] is CellLook.NAME and len(texts) > 1
    reading = f"{texts[0]}：{'，'.join(texts[1:])}" if named else "，".join(texts)
    return Piece(CELL_GAP.join(texts), Kind.TABLE, reading)


def _losses(rows: int) -> Iterator[Loss]:
    if rows:
        yield Loss(
            f"表格有{rows}行未能认出各数所属的列，仅按原样列出，请对照原件",
            f"{rows} table rows whose columns could not be told stand as printed; see the original",
        )
