"""Tables of a web page that no table element makes: rows of blocks, and lists of terms.

A page sets <div><span>床位</span><span>35</span><span>46</span></div> in columns by its style, and
without it the figures would touch.
"""

import re
from collections.abc import Iterator
from typing import Any

from corpus.formats.assembly import tidy
from corpus.formats.column_heads import is_figure, plain
from corpus.formats.grid import Cell, Grid, Row, even
from corpus.formats.page_markup import tag_of, text_of
from corpus.formats.text_rows import LONGEST_CELL

ROW_TAGS = frozenset(("div", "li", "section", "ul", "ol"))
CELL_TAGS = frozenset(("span", "div", "p", "b", "strong", "em", "i", "label", "li"))
LEAST_ROWS, LEAST_CELLS = 2, 2
_WIDE = re.compile(r"\t|[ \xa0]{2,}|　")  # between the cells of a typed row


def grid_of_blocks(element: Any) -> Grid | None:
    """The cells of an element whose children are rows of as many cells each, or terms with what is
    said of them; None of any other, or where no figure stands in them.
    """
    if (element.text or "").strip():
        return None
    rows = list(_terms(element) if tag_of(element) == "dl" else _rows(element))
    if len(rows) < LEAST_ROWS or len({len(row) for row in rows}) != 1 or len(rows[0]) < LEAST_CELLS:
        return None
    if any(len(cell.text) > LONGEST_CELL for row in rows for cell in row):
        return None
    told = [any(is_figure(plain(cell)) for cell in row[1:]) for row in rows]
    named = all(row[0].text and not is_figure(plain(row[0])) for row in rows)
    return even(rows) if named and all(told[1:]) else None


def typed_rows(element: Any) -> list[str]:
    """The lines of an element that is shown as typed, where they are the rows of a table; none
    where they are running text.
    """
    lines = [line for line in text_of(element).split("\n") if line.strip()]
    parted = sum(len(_WIDE.split(line.strip())) > 1 for line in lines)
    return lines if parted * 2 > len(lines) else []


def _rows(element: Any) -> Iterator[Row]:
    """The children, as far as all of them are rows."""
    for child in element:
        if not tag_of(child):  # a comment
            continue
        cells = [cell for cell in child if tag_of(cell)]
        texts = (child.text, child.tail, *(cell.tail for cell in child))
        inside = any((text or "").strip() for text in texts)
        whole = all(tag_of(cell) in CELL_TAGS and not _holds_rows(cell) for cell in cells)
        if tag_of(child) not in ROW_TAGS or inside or not whole:
            yield ()
        yield tuple(Cell(tidy(text_of(cell))) for cell in cells)


def _holds_rows(cell: Any) -> bool:
    return any(tag_of(inner) in ROW_TAGS for inner in cell.iterdescendants())


def _terms(element: Any) -> Iterator[Row]:
    """Each term of a list with what follows it."""
    children = [child for child in element if tag_of(child)]
    for term, told in zip(children[::2], children[1::2], strict=False):
        if (tag_of(term), tag_of(told)) != ("dt", "dd"):
            yield ()
        yield Cell(tidy(text_of(term))), Cell(tidy(text_of(told)))
    if len(children) % 2:
        yield ()
