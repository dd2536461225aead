"""Characters to rows of print: what stands on one baseline, read from the left."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from corpus.bulletin import Kind, TableValue
from corpus.formats.glyphs import Glyph
from corpus.formats.grid import Row
from corpus.text.note_marks import raised

BASELINE = 0.3  # em; characters of a row differ by less, rows by more
RAISED = 0.6  # em; so far from a row's baseline its raised or lowered small print stands
SMALL = 0.75  # of the row's size; what is larger is a row of its own
LIFT = 0.15  # em; a small digit that stands so far above the row's baseline is the mark of a note
WORD_GAP = 0.15  # em between Latin words; Chinese characters are set apart without meaning more
# Marks that typesetting keeps from the end, and from the beginning, of a row.
NOT_AT_END = "（(《〈【〔「『“‘\"'"
NOT_AT_START = "）)》〉】〕」』”’\"'，。、；：？！,.;:?!%％°℃"


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A row of print in one column; points as in Glyph.

    `first` is the width of what could not be parted at its head. `column` is the index of its
    column among `columns` on the page, -1 for a row across them, and `left` and `right` are the
    margins of that column. Rows of running text have no `kind` yet; rows of a table have `cells`,
    one a column, and, once that has a name, the `reading` that the name makes with the `values` in
    it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    strong: bool
    first: float = 0.0
    column: int = 0
    columns: int = 1
    left: float = 0.0
    right: float = 0.0
    kind: Kind | None = None
    cells: Row | None = None
    reading: str | None = None
    values: tuple[TableValue, ...] = ()


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters gathered by baseline, from the top down, each row from the left."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if rows and glyph.y - rows[-1][0].y <= BASELINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in _with_raised(rows)]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows with the small raised print, such as marks of notes, put back where it stands."""
    kept: list[list[Glyph]] = []
    for row in rows:
        if kept and _is_raised(kept[-1], row):
            kept[-1] = row + kept[-1]
        elif kept and _is_raised(row, kept[-1]):
            kept[-1] = kept[-1] + row
        else:
            kept.append(row)
    return kept


def _is_raised(small: list[Glyph], row: list[Glyph]) -> bool:
    size = max(g.size for g in row)
    left, right = min(g.x0 for g in row), max(g.x1 for g in row)
    return (
        max(g.size for g in small) <= SMALL * size
        and abs(small[0].y - row[0].y) <= RAISED * size
        and all(left - size < g.x0 and g.x1 < right + size for g in small)
    )


def row_from(glyphs: list[Glyph]) -> PrintRow | None:
    """One row of characters as text; None if it is all blank."""
    inked = [i for i, glyph in enumerate(glyphs) if glyph.char != "　"]
    if not inked:
        return None
    glyphs = glyphs[inked[0] : inked[-1] + 1]
    size = Counter(round(g.size, 1) for g in glyphs).most_common(1)[0][0]
    small = SMALL * max(g.size for g in glyphs)
    base = median(g.y for g in glyphs if g.size > small)
    parts: list[str] = []
    for last, glyph in zip([None, *glyphs], glyphs, strict=False):
        lifted = glyph.size <= small and base - glyph.y >= LIFT * glyph.size
        if last and _are_apart(last, glyph):
            parts.append(" ")
        parts.append(raised(glyph.char) if lifted else glyph.char)
    strong = sum(g.strong for g in glyphs) * 2 > len(glyphs)
    x1 = max(g.x1 for g in glyphs)
    return PrintRow("".join(parts), glyphs[0].x0, x1, base, size, strong, _first(glyphs))


def join(last: str, text: str) -> str:
    """`text` as it goes on behind `last`: a blank parts words of Latin letters only."""
    words = last[-1].isascii() and last[-1].isalpha() and text[0].isascii() and text[0].isalpha()
    return " " + text if words else text


def _are_apart(last: Glyph, glyph: Glyph) -> bool:
    """Whether a blank stands between two characters that one can part: Latin ones and digits."""
    parted = all(g.char.isascii() or g.char.isdecimal() for g in (last, glyph))
    return parted and glyph.x0 - last.x1 > WORD_GAP * glyph.size


def _first(glyphs: list[Glyph]) -> float:
    """Width of the row's head that typesetting does not part: a character with its marks, a word
    or a number.
    """
    end = 1
    while end < len(glyphs) and _keeps(glyphs[end - 1].char, glyphs[end].char):
        end += 1
    return glyphs[end - 1].x1 - glyphs[0].x0


def _keeps(last: str, char: str) -> bool:
    if last in NOT_AT_END or char in NOT_AT_START or (last in "”’" and char != "　"):
        return True
    return last.isascii() and char.isascii()
