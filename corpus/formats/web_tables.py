"""The tables of a web page as grids of cells."""

from collections.abc import Iterator
from typing import Any

from corpus.formats.grid import Cell, Grid, cell_text, spread
from corpus.formats.page_markup import BLOCKS, tag_of
from corpus.formats.table_lines import is_frame, lines_of


def grid_of(table: Any) -> Grid:
    """The cells of a table, merged ones in every place; the rows of a table in a cell are its."""
    rows = list(_rows(table))
    spans = [[_cell(cell, len(rows) - n) for cell in _cells(row)] for n, row in enumerate(rows)]
    return spread(spans)


def frames_text(table: Any) -> bool:
    """Whether the table is a frame around running text or other tables, not one of figures."""
    inner = table.find(".//table")
    if inner is not None and inner.find(".//table") is not None:
        return True  # frames in frames; a table of figures has one table in a cell at most
    grid = grid_of(table)
    return is_frame(grid) or (inner is not None and len(grid) < 2)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table itself, those of tables in its cells left out."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield row


def _cells(row: Any) -> Iterator[Any]:
    yield from row.iterchildren("td", "th")


def _cell(cell: Any, rows_left: int) -> Cell:
    rows = _number(cell, "rowspan")
    head = tag_of(cell) == "th" or next(cell.iterancestors("thead", "table")).tag == "thead"
    return Cell(
        text=cell_text(_lines(cell)),
        rows=min(rows, rows_left) if rows else rows_left,  # 0 goes down to the last row
        columns=max(_number(cell, "colspan"), 1),
        head=head,
    )


def _number(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return int(value) if value.isascii() and value.isdecimal() else 1


def _lines(element: Any) -> list[str]:
    """The text of a cell, a line for each block in it."""
    lines = [element.text or ""]
    for child in element:
        tag = tag_of(child)
        if tag == "table" and child.find(".//table") is None:
            rows = lines_of(grid_of(child))
            lines += ["，".join(piece.reading or piece.text for piece in rows), ""]
        elif tag == "br":
            lines.append("")
        elif tag:
            first, *more = _lines(child)
            apart = tag in BLOCKS
            if apart:
                lines.append(first)
            else:
                lines[-1] += first
            lines += more
            if apart:
                lines.append("")
        lines[-1] += child.tail or ""
    return lines
