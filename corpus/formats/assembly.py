"""Lines with a kind each, put together as the text of a file whose format knows its paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.bulletin import Kind, TableValue
from corpus.extracted import Extracted
from corpus.text.reading_text import is_han

CELL_GAP = "　"  # between the cells of a table's row as it is printed
LONG_CELL = 100  # characters; a table with a longer cell is a frame around text, not figures
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_EDGES = " \t\r\n\f\v\xa0　\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading or a row, as one line; `kind` where style or tag tells it, `reading`
    how a row reads where the table around it says more than its own cells, `values` where these
    stand in it.
    """

    text: str
    kind: Kind | None = None
    reading: str | None = None
    values: tuple[TableValue, ...] = ()


def assemble(pieces: Iterable[Piece]) -> Extracted:
    """The pieces a line each; those without ink are left out."""
    lines: list[str] = []
    kinds: dict[int, Kind] = {}
    readings: dict[int, str] = {}
    values: dict[int, tuple[TableValue, ...]] = {}
    position = 0
    for piece in pieces:
        text = tidy(piece.text)
        if not text:
            continue
        if piece.kind is not None:
            kinds[position] = piece.kind
        if piece.reading is not None:
            readings[position] = piece.reading
            values[position] = piece.values
        lines.append(text)
        position += len(text) + 1
    return Extracted("\n".join(lines), kinds=kinds, readings=readings, values=values, whole=True)


def tidy(text: str) -> str:
    """The text as one line: no blanks around it, one for several, none for a source's line break
    between Chinese characters.
    """
    text = text.strip(_EDGES)

    def blank(match: re.Match[str]) -> str:
        sides = text[match.start() - 1] + text[match.end()]
        return "" if "\n" in match[0] and any(map(is_han, sides)) else " "

    return _BLANKS.sub(blank, text)
