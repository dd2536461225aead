"""The tables of a Word file as grids of cells."""

from collections.abc import Iterator
from typing import Any

from corpus.formats.assembly import tidy
from corpus.formats.grid import EMPTY, MAX_COLUMNS, Cell, Grid, cell_text, even
from corpus.formats.table_lines import lines_of
from corpus.formats.word_text import W, inside, text_of


def grid_of(table: Any) -> Grid:
    """The cells of a table, those of controls and merged ones in their places."""
    rows: list[list[Cell]] = []
    for line in inside(table, "tr"):
        head = line.find(f"{W}trPr/{W}tblHeader") is not None
        row = [EMPTY] * _number(line, "trPr", "gridBefore")
        for cell in inside(line, "tc"):
            width = max(_number(cell, "tcPr", "gridSpan"), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            above = rows[-1][len(row)] if rows and len(row) < len(rows[-1]) else None
            own = above if goes_on and above is not None else Cell(_text(cell), head=head)
            row += [own] * min(width, MAX_COLUMNS - len(row))
        rows.append(row)
    return even(rows)


def _text(cell: Any) -> str:
    """What a cell says; the rows of a table in it with the names of its columns."""
    return cell_text(_lines(cell))


def _lines(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{W}p":
            yield text_of(child).replace("\n", "")
            for box in child.iter(f"{W}txbxContent"):
                yield from _lines(box)
        elif child.tag == f"{W}tbl":
            rows = [piece.reading or piece.text for piece in lines_of(grid_of(child))]
            yield "，".join(map(tidy, rows))
        else:
            yield from _lines(child)


def _number(element: Any, properties: str, name: str) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    value = "" if found is None else found.get(f"{W}val", "")
    return min(int(value), MAX_COLUMNS) if value.isdecimal() else 0
