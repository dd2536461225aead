"""What frames the pages of a document: running headers and page numbers."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from corpus.bulletin import Kind
from corpus.formats.glyphs import Glyph, Page
from corpus.formats.print_rows import PrintRow, row_from, rows_of
from corpus.text.reading_text import narrow

EDGE_ROWS = 2  # rows at the top and at the bottom of a page that can frame it
SAME_PLACE = 4.0  # points; a running header stands at one height on all pages
APART = 1.5  # em between a bare number and the text, where it is a page number

_DASHES = r"[-—–―－·•~\s]*"
_NUMBER = re.compile(
    rf"{_DASHES}第?\s*\d{{1,4}}\s*页?(?:\s*[/,，、／]?\s*(?:共\s*)?\d{{1,4}}\s*页?)?{_DASHES}"
    rf"|{_DASHES}[ivxIVX]{{1,5}}{_DASHES}"
)
_DIGITS = re.compile(r"\d+")


def part_furniture(pages: list[Page]) -> list[tuple[list[PrintRow], list[Glyph], list[PrintRow]]]:
    """For each page the rows of its head, the characters of its body, the rows of its foot."""
    lines = [rows_of(page.glyphs) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for rows in lines:
        seen.update({place for i in _edges(rows) if (place := _place(rows[i]))})
    return [_part(rows, seen) for rows in lines]


def _edges(rows: list[list[Glyph]]) -> list[int]:
    """Indexes of the rows at the top, then of those at the bottom."""
    count = len(rows)
    return sorted({*range(min(EDGE_ROWS, count)), *range(max(count - EDGE_ROWS, 0), count)})


def _place(line: list[Glyph]) -> tuple[str, int] | None:
    """What a row says, numbers aside, and at what height."""
    row = row_from(line)
    return (_DIGITS.sub("#", narrow(row.text)), round(row.y / SAME_PLACE)) if row else None


def _part(
    rows: list[list[Glyph]], seen: Counter[tuple[str, int]]
) -> tuple[list[PrintRow], list[Glyph], list[PrintRow]]:
    head: list[PrintRow] = []
    foot: list[PrintRow] = []
    taken: set[int] = set()
    for i in _edges(rows):
        row = row_from(rows[i])
        kind = _kind(rows, i, row, seen) if row else None
        if row and kind:
            taken.add(i)
            is_head = i < len(rows) / 2 and len(rows) > 1
            (head if is_head else foot).append(replace(row, kind=kind))
    return head, [g for i, line in enumerate(rows) if i not in taken for g in line], foot


def _kind(
    rows: list[list[Glyph]], i: int, row: PrintRow, seen: Counter[tuple[str, int]]
) -> Kind | None:
    if _NUMBER.fullmatch(narrow(row.text)):
        bare = row.text.strip().isalnum()
        return Kind.PAGE_NUMBER if not bare or _stands_apart(rows, i) else None
    place = _place(rows[i])
    if place is None:
        return None
    near = sum(seen[place[0], place[1] + shift] for shift in (-1, 0, 1))
    if near < 2:
        return None
    return Kind.MASTHEAD if i < len(rows) / 2 else Kind.PAGE_CREDIT


def _stands_apart(rows: list[list[Glyph]], i: int) -> bool:
    """Whether the rows next to row i keep a distance that rows of text do not."""
    near = [(a, b) for a, b in pairwise(rows) if a is rows[i] or b is rows[i]]
    return all(b[0].y - a[0].y > APART * max(a[0].size, b[0].size) for a, b in near)
