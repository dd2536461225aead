"""The notes at the foot of printed pages: 1户籍人口… under a text with ¹ is note 1, not one 户."""

import re
from dataclasses import replace

from corpus.formats.print_rows import PrintRow
from corpus.text.note_marks import marks_of, raised

_NUMBER = re.compile(r"\d{1,2}(?=[一-鿿])")
SMALLER = 0.95  # times the text's size; notes are set in smaller type


def with_notes(pages: list[list[PrintRow]], size: float) -> list[list[PrintRow]]:
    """The rows of small type whose number some mark in the text points to, that number raised.
    `size` is that of the text, in points.
    """
    known = {mark for rows in pages for row in rows for mark in marks_of(row.text)}
    return [[_numbered(row, known, size) for row in rows] for rows in pages] if known else pages


def _numbered(row: PrintRow, known: set[str], size: float) -> PrintRow:
    number = _NUMBER.match(row.text) if row.size <= SMALLER * size else None
    if number is None or raised(number[0]) not in known:
        return row
    return replace(row, text=raised(number[0]) + row.text[number.end() :])
