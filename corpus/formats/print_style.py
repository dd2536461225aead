"""What the body text of a printed document looks like: its type, margins, indents, row distance."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.formats.print_rows import PrintRow

SAME_SIZE = 0.06  # of the size; type of one paragraph differs by less
LARGER = 1.08  # times the body's size, of type for titles and headings
INDENTS = (1.5, 2.6)  # em; the first row of a Chinese paragraph begins two characters further in
SHIFTED = 4  # pages; from so many on, left and right pages may have margins of their own
DEFAULT_SIZE = 12.0  # points, of a document without running text


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """Size (points) and weight of the body's type, usual distance of its rows (points), and
    whether paragraphs open with an indent.
    """

    size: float
    strong: bool
    pitch: float
    indents: bool

    def is_large(self, row: PrintRow) -> bool:
        """Whether the row is of larger type than the body."""
        return row.size >= LARGER * self.size


def are_same_size(a: float, b: float) -> bool:
    """Whether two sizes (points) can belong to one paragraph."""
    return abs(a - b) <= SAME_SIZE * max(a, b)


def measure(pages: list[list[PrintRow]]) -> tuple[PrintStyle, list[list[PrintRow]]]:
    """The look of a document's body, and its rows with the margins of their columns."""
    styles: Counter[tuple[float, bool]] = Counter()
    for rows in pages:
        for row in rows:
            if row.kind is None:
                styles[row.size, row.strong] += len(row.text)
    size, strong = styles.most_common(1)[0][0] if styles else (DEFAULT_SIZE, False)
    pages = _with_margins(pages, size)
    text = [[row for row in rows if row.kind is None] for rows in pages]
    indents = any(
        INDENTS[0] <= (row.x0 - row.left) / row.size <= INDENTS[1] for rows in text for row in rows
    )
    gaps = [
        b.y - a.y
        for rows in text
        for a, b in pairwise(rows)
        if a.column == b.column and a.size == b.size and b.y > a.y
    ]
    return PrintStyle(size, strong, median(gaps) if gaps else 2 * size, indents), pages


def _with_margins(pages: list[list[PrintRow]], size: float) -> list[list[PrintRow]]:
    """Rows with the left and right end of their columns, taken from all pages that have them."""

    def key(row: PrintRow, page: int) -> tuple[int, int, int]:
        return row.columns, row.column, page % 2 if len(pages) >= SHIFTED else 0

    edges: defaultdict[tuple[int, int, int], list[PrintRow]] = defaultdict(list)
    for page, rows in enumerate(pages):
        for row in rows:
            if row.kind is None and are_same_size(row.size, size):
                edges[key(row, page)].append(row)
    margins = {
        place: (min(row.x0 for row in rows), max(row.x1 for row in rows))
        for place, rows in edges.items()
    }
    result = []
    for page, rows in enumerate(pages):
        placed = []
        for row in rows:
            left, right = margins.get(key(row, page), (row.x0, row.x1))
            placed.append(replace(row, left=left, right=right))
        result.append(placed)
    return result
