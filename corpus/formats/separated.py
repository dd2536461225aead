"""CSV bytes to text: a table, each row under the names of its columns."""

import csv
from itertools import islice

from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import assemble, tidy
from corpus.formats.grid import MAX_COLUMNS, MAX_PLACES, Cell
from corpus.formats.plain_text import decode
from corpus.formats.sheet_tables import sheet_pieces

MAX_ROWS = 20_000  # as of a workbook
SEPARATORS = ",\t;|，"
LOOKED_AT = 20  # lines that tell the separator


def read_csv(data: bytes, name: str) -> Extracted:
    """Text of a table that parts its cells by commas, tabs or semicolons.

    :raises BulletinError: no text (decode), of more than MAX_ROWS, or without a cell.
    """
    lines = decode(data, name).split("\n")
    csv.field_size_limit(len(data) + 1)
    try:
        rows = list(islice(csv.reader(lines, delimiter=_separator(lines)), MAX_ROWS + 1))
    except csv.Error as error:
        raise BulletinError(
            f"{name}: damaged table ({error}); save it again (表格损坏，请重新保存)"
        ) from None
    places = sum(min(len(row), MAX_COLUMNS) for row in rows)
    if len(rows) > MAX_ROWS or places > MAX_PLACES:
        raise BulletinError(
            f"{name}: more than {MAX_ROWS:,} rows or {MAX_PLACES:,} cells; split the table "
            "(表格过大，请拆分)"
        )
    width = min(max(map(len, rows), default=0), MAX_COLUMNS)
    grid = [
        tuple(Cell(tidy(text.replace("\n", ""))) for text in [*row, *[""] * width][:width])
        for row in rows
    ]
    extracted = assemble(sheet_pieces(grid, ""))
    if not extracted.text:
        raise BulletinError(f"{name}: no text in the table; save it again (表格没有文字)")
    return extracted


def _separator(lines: list[str]) -> str:
    """The mark that parts most of the first lines into equally many cells."""
    some = [line for line in lines[:LOOKED_AT] if line.strip()]

    def fits(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(some, delimiter=mark)]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(SEPARATORS, key=fits)
