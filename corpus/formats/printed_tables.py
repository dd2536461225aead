"""The tables of a printed document over its pages, their rows under the names of the columns."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.bulletin import Kind
from corpus.formats.column_heads import head_depth
from corpus.formats.grid import Grid, Row, even
from corpus.formats.print_rows import PrintRow
from corpus.formats.table_lines import lines_of

FURNITURE = frozenset({Kind.PAGE_NUMBER, Kind.MASTHEAD, Kind.PAGE_CREDIT})


def name_columns(pages: list[list[PrintRow]]) -> list[list[PrintRow]]:
    """The rows of all pages, those of tables read under the names of their columns.

    A table that goes on at the top of the next page keeps the names that it has on the first.
    """
    result = []
    head: Grid = ()
    for rows in pages:
        placed: list[PrintRow] = []
        for run, above in _runs(rows):
            if run[0].cells is None:
                placed += run
                head = () if any(row.kind not in FURNITURE for row in run) else head
                continue
            grid = even(row.cells for row in run if row.cells is not None)
            if not head or len(head[0]) != len(grid[0]):
                head = ()
            if head and [_texts(row) for row in grid[: len(head)]] == [_texts(row) for row in head]:
                grid = grid[len(head) :]  # printed again
            pieces = list(lines_of((*head, *grid), above))[len(head) :]
            placed += [
                replace(
                    run[0],
                    text=piece.text,
                    kind=piece.kind,
                    reading=piece.reading,
                    values=piece.values,
                )
                for piece in pieces
            ]
            head = head or grid[: head_depth(grid)]
        result.append(placed)
    return result


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row]


def _runs(rows: list[PrintRow]) -> Iterator[tuple[list[PrintRow], str]]:
    """Rows of one table, or of none, with what stands above them."""
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or (rows[i].cells is None) != (rows[start].cells is None):
            yield rows[start:i], rows[start - 1].text if start else ""
            start = i
