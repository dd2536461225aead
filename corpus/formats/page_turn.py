"""From the coordinates of a PDF page to the page as it is read: upright, rows level, from the left.

A table is often set sideways on a page that does not say that it is turned, and old bulletins are
set in columns from the right: both are turned until their text stands in level rows.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.glyphs import Glyph, Page, Rule

MAX_SIDE = 14_400  # points; no page is larger by the standard
MAX_SLOPE = 0.1  # of a row of text; watermarks run across the page
MAX_EMS = 2  # of a character's width; damaged fonts state more
STEP = 2.5  # em; as far as that a character follows the one before it in its column
SAME = 0.3  # em; characters of a column stand under each other as near as that
MIN_VERTICAL = 15  # characters under each other; fewer may be a column of a table
MIN_SIDEWAYS = 8  # characters across the text; fewer are a seal or a mark of a drawing

Box = tuple[float, float, float, float]  # left, upper, right, lower
_FORMS = str.maketrans("︐︑︒︓︔︕︖︗︘︙︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈︰︱",
                       "，、。：；！？〖〗…（）｛｝〔〕【】《》〈〉「」『』［］：—")  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawGlyph:
    """A character as the file places it: PDF points from the lower left.

    `quarters` counts the clockwise quarter turns that make its text level, None where it slants.
    """

    char: str
    x: float
    y: float
    box: Box
    size: float
    strong: bool
    light: bool
    quarters: int | None


def quarters_of(a: float, b: float) -> int | None:
    """Quarter turns of a text whose row runs along (a, b)."""
    for quarters, (along, across) in enumerate(((a, b), (b, -a), (-a, -b), (-b, a))):
        if along > 0 and abs(across) < MAX_SLOPE * along:
            return quarters
    return None


class PageTurn:
    """The turn of a page that makes the text on most of it level."""

    def __init__(self, size: tuple[float, float], bounds: Box, rotation: int) -> None:
        """`size` is that of the page as shown, `bounds` its PDF box, `rotation` what it says."""
        self.width, self.height = (min(side, MAX_SIDE) for side in size)
        self.left, self.bottom, self.right, self.top = bounds
        self.quarters = rotation // 90

    def follow(self, raw: list[RawGlyph]) -> None:
        """PageTurn on to the direction of most characters, where it is not the page's."""
        counts = Counter(glyph.quarters for glyph in raw if glyph.quarters is not None)
        if not counts:
            return
        most = max(counts, key=lambda quarters: (counts[quarters], quarters == self.quarters))
        if (most - self.quarters) % 2:
            self.width, self.height = self.height, self.width
        self.quarters = most

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the PDF page on the turned one."""
        (a, b), (c, d) = self._point(x0, y0), self._point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarters]

    def holds(self, x0: float, baseline: float, size: float) -> bool:
        """Whether a character of this place and size is on the page."""
        return 0 <= x0 < self.width and 0 < baseline <= self.height and 0 < size < self.height


def turned(raw: list[RawGlyph], rules: list[Box], turn: PageTurn) -> Page:
    """The page with level rows; `rules` are the boxes of its drawn lines."""
    turn.follow(raw)
    drawn = tuple(Rule(*turn.box(*rule)) for rule in rules)
    level = [glyph for glyph in raw if glyph.quarters == turn.quarters]
    placed = [(glyph, turn.box(*glyph.box), _origin(glyph, turn)) for glyph in level]
    if _is_vertical([(glyph, *origin) for glyph, _, origin in placed]):
        return _in_columns(raw, drawn, turn)
    glyphs = []
    for glyph, (x0, _, x1, _), (_, baseline) in placed:
        if turn.holds(x0, baseline, glyph.size):
            x1 = max(x0, min(x1, x0 + MAX_EMS * glyph.size))
            glyphs.append(_glyph(glyph, glyph.char, x0, x1, baseline))
    across = sum(glyph.quarters is not None for glyph in raw) - len(level)
    return Page(turn.width, turn.height, tuple(glyphs), drawn,
                across if across >= MIN_SIDEWAYS else 0)  # fmt: skip


def _in_columns(raw: list[RawGlyph], rules: tuple[Rule, ...], turn: PageTurn) -> Page:
    """A page of columns from the right as one of rows from the top; Latin text in it lies."""
    lying = (turn.quarters + 1) % 4
    glyphs = []
    for glyph in raw:
        if glyph.quarters in (turn.quarters, lying):
            x0, y0, _, y1 = turn.box(*glyph.box)
            if turn.holds(x0, y1, glyph.size):
                char = glyph.char.translate(_FORMS)
                glyphs.append(_glyph(glyph, char, y0, y1, turn.width - x0))
    drawn = (Rule(r.y0, turn.width - r.x1, r.y1, turn.width - r.x0) for r in rules)
    return Page(turn.height, turn.width, tuple(glyphs), tuple(drawn), 0)


def _is_vertical(placed: list[tuple[RawGlyph, float, float]]) -> bool:
    """Whether most characters stand under the one before them."""
    under = beside = 0
    for (_, x0, y0), (glyph, x1, y1) in pairwise(placed):
        right, down = (x1 - x0) / (glyph.size or 1), (y1 - y0) / (glyph.size or 1)
        under += abs(right) <= SAME and SAME < down <= STEP
        beside += abs(down) <= SAME and SAME < right <= STEP
    return under >= MIN_VERTICAL and under > 2 * beside


def _origin(glyph: RawGlyph, turn: PageTurn) -> tuple[float, float]:
    x, y, _, _ = turn.box(glyph.x, glyph.y, glyph.x, glyph.y)
    return x, y


def _glyph(raw: RawGlyph, char: str, x0: float, x1: float, y: float) -> Glyph:
    return Glyph(char, x0, x1, y, raw.size, raw.strong, raw.light)
