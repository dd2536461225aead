"""The objects on an OFD page: its characters where they stand, its drawn lines, its pictures.

Lengths are millimetres from the upper left; a text has coordinates of its own, which its CTM and
its boundary carry to the page.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from corpus.formats.ofd_document import OfdDocument, bounds_of, first, numbers, under
from corpus.formats.page_turn import Box, RawGlyph, quarters_of
from corpus.formats.pdfium import LIGHT, MAX_RULES, OPAQUE
from corpus.formats.strong_type import is_strong

POINT = 72 / 25.4  # points in a millimetre
DEFAULT_SIZE = 3.7  # mm, of text that tells none: that of common print
NARROW = 0.5  # em; the width of a Latin character that nothing follows
LEVEL = 0.05  # of a line's length that it may slant and yet be a rule
MAX_DEPTH = 20  # of blocks in blocks and drawings in drawings
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")

Matrix = tuple[float, float, float, float, float, float]  # x' = ax + cy + e, y' = bx + dy + f
SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class OfdContent:
    """What stands on a page, in PDF points from its lower left; `height` is the page's, in mm."""

    height: float
    glyphs: list[RawGlyph] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    pictured: bool = False

    def corner(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page in points from the lower left."""
        return x * POINT, (self.height - y) * POINT


def gather(root: Any, document: OfdDocument, content: OfdContent, limit: int) -> None:
    """Put the objects of a page's content into `content`, up to `limit` characters."""
    for layer in under(first(root, "Content"), "Layer"):
        _walk(layer, document, content, SAME, limit, 0)


def _walk(
    element: Any, document: OfdDocument, content: OfdContent, outer: Matrix, limit: int, depth: int
) -> None:
    for child in element:
        if not isinstance(child.tag, str) or child.get("Visible", "true").lower() == "false":
            continue
        name = child.tag.rpartition("}")[2]
        if name == "TextObject":
            for glyph in _characters(child, document, content, outer):
                if len(content.glyphs) > limit:
                    return
                content.glyphs.append(glyph)
        elif name == "PathObject" and len(content.rules) < MAX_RULES:
            content.rules += _lines(child, content, outer)
        elif name == "ImageObject":
            content.pictured = True
        elif name == "PageBlock" and depth < MAX_DEPTH:
            _walk(child, document, content, outer, limit, depth + 1)
        elif name == "CompositeObject" and depth < MAX_DEPTH:
            drawing = first(document.units.get(child.get("ResourceID", "")), "Content")
            if drawing is not None:
                inner = _within(outer, _matrix(child))
                _walk(drawing, document, content, inner, limit, depth + 1)


def _characters(
    text: Any, document: OfdDocument, content: OfdContent, outer: Matrix
) -> Iterator[RawGlyph]:
    matrix = _within(outer, _matrix(text))
    a, b, c, d, e, f = matrix
    em = _number(text, "Size", DEFAULT_SIZE)
    size = em * math.hypot(c, d) * POINT
    face, weight = document.faces.get(text.get("Font", ""), ("", 400.0))
    strong = is_strong(face, max(weight, _number(text, "Weight", 400)))
    light = _is_light(text)
    turned = math.radians(_number(text, "CharDirection", 0))
    along = (math.cos(turned), math.sin(turned))
    quarters = quarters_of(
        a * along[0] + c * along[1], -(b * along[0] + d * along[1])
    )  # the page's heights run upward
    scale = _number(text, "HScale", 1)
    for char, x, y, step in _codes(text):
        if char.isspace() and char != "　":
            continue
        wide = unicodedata.east_asian_width(char) in "WFA"
        width = em * scale * (1 if wide else NARROW)
        width = min(width, step) if step > 0 and not wide else width
        ends = [(x, y), (x + width * along[0], y + width * along[1])]
        places = [content.corner(a * px + c * py + e, b * px + d * py + f) for px, py in ends]
        (x0, y0), (x1, y1) = places
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1) + size)
        if quarters in (1, 3):
            box = (min(x0, x1) - size, min(y0, y1), max(x0, x1), max(y0, y1))
        yield RawGlyph(char, x0, y0, box, size, strong, light, quarters)


def _codes(text: Any) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a text, where it begins in the text's own coordinates, and how far to the
    next one, 0 for the last.
    """
    x = y = 0.0
    for code in under(text, "TextCode"):
        x, y = _number(code, "X", x), _number(code, "Y", y)
        chars = [char for char in code.text or "" if unicodedata.category(char) != "Cc"]
        right = _steps(code.get("DeltaX"), len(chars))
        down = _steps(code.get("DeltaY"), len(chars))
        xs, ys = accumulate(right, initial=x), accumulate(down, initial=y)
        yield from zip(chars, xs, ys, [abs(step) for step in right], strict=False)


def _steps(text: str | None, count: int) -> list[float]:
    """The steps between characters; `g 3 2.5` stands for three of 2.5. The last goes nowhere."""
    words = (text or "").split()
    found: list[float] = []
    n = 0
    while n < len(words) and len(found) < count:
        if words[n] == "g" and n + 2 < len(words):
            times, step = numbers(words[n + 1]), numbers(words[n + 2])
            found += (step[:1] or [0.0]) * min(int(times[0]) if times else 0, count - len(found))
            n += 3
        else:
            found += numbers(words[n])[:1]
            n += 1
    found = found[: max(count - 1, 0)]
    return found + [0.0] * (count - len(found))


def _lines(path: Any, content: OfdContent, outer: Matrix) -> Iterator[Box]:
    """The level and upright lines of a drawing; a curve has none."""
    a, b, c, d, e, f = _within(outer, _matrix(path))
    data = first(path, "AbbreviatedData")
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    for step, values in _STEP.findall("" if data is None else data.text or ""):
        given = numbers(values)
        last = here
        if step in "SML" and len(given) >= 2:
            x, y = given[0], given[1]
            here = content.corner(a * x + c * y + e, b * x + d * y + f)
            start = start if step == "L" else here
        elif step == "C":
            here = start
        else:  # a curve: no rule, and where it ends stands last
            here = None
        if step in "LC" and last and here and (line := _line(last, here)):
            yield line


def _line(start: tuple[float, float], end: tuple[float, float]) -> Box | None:
    (x0, y0), (x1, y1) = start, end
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if min(wide, high) > LEVEL * max(wide, high) or not max(wide, high):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _matrix(element: Any) -> Matrix:
    """From an object's coordinates to those around it: its CTM, then its boundary's corner."""
    given = numbers(element.get("CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else SAME
    x, y, _, _ = bounds_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return a, b, c, d, e + x, f + y


def _within(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s,
            a * t + c * u + e, b * t + d * u + f)  # fmt: skip


def _is_light(text: Any) -> bool:
    """Whether print is faint: light in all its colours, or let through."""
    fill = first(text, "FillColor")
    alpha = min(_number(text, "Alpha", 255), _number(fill, "Alpha", 255))
    colours = numbers(None if fill is None else fill.get("Value"))
    return alpha < OPAQUE or (len(colours) == 3 and min(colours) >= LIGHT)


def _number(element: Any, name: str, default: float) -> float:
    found = numbers(None if element is None else element.get(name))
    return found[0] if found and math.isfinite(found[0]) else default
