"""The characters of a printed page where they stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page; points from the page's upper left corner, `y` is its baseline.

    `size` is the em in points, `strong` says that the type is bold or a black face, `light` that it
    is printed faintly. `char` is U+FFFD where the file shows a character but does not name it.
    """

    char: str
    x0: float
    x1: float
    y: float
    size: float
    strong: bool
    light: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin drawn line, level or upright: x0 <= x1, y0 <= y1, points from the upper left."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """Characters in the order of the file, without blanks, and rules of a page of `width` points.

    `across` counts the characters that lie across the text and are left out, `pictured` says that
    the page shows a picture.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    across: int = 0
    pictured: bool = False
