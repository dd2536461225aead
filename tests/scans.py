"""Scanned pages made by hand: paragraphs set as print, turned a little, and their measures."""

import io
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 300
A4 = (2480, 3508)  # pixels at 300 dpi
SIZE = 58  # pixels of type: 14 points at 300 dpi
PITCH = 100
MARGIN = 330
FONTS = Path("/usr/share/fonts/opentype/noto")
SERIF = FONTS / "NotoSerifCJK-Regular.ttc"
SANS = FONTS / "NotoSansCJK-Bold.ttc"
CHINESE = 2  # the face of simplified characters in Noto's collections
NOT_AT_START = "，。、；：？！”’）》%"


def has_fonts() -> bool:
    """Whether the fonts are installed that pages are set in (Debian: fonts-noto-cjk)."""
    return SERIF.exists() and SANS.exists()


def page(
    paragraphs: Sequence[str], title: str = "", *, columns: int = 1, turn: float = 0.0,
    number: int | None = None,
) -> Image.Image:  # fmt: skip
    """An A4 page at 300 dpi, its paragraphs indented and wrapped, turned by `turn` degrees."""
    image = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(image)
    body = ImageFont.truetype(str(SERIF), SIZE, index=CHINESE)
    top = MARGIN
    if title:
        head = ImageFont.truetype(str(SANS), 88, index=CHINESE)
        draw.text(((A4[0] - draw.textlength(title, head)) / 2, top), title, 0, head)
        top += 240
    width = (A4[0] - 2 * MARGIN - (columns - 1) * 160) // columns
    x, y = MARGIN, top
    for text in paragraphs:
        for n, row in enumerate(wrapped(text, width, draw, body)):
            if y > A4[1] - MARGIN:
                x, y = x + width + 160, top
            draw.text((x + (2 * SIZE if n == 0 else 0), y), row, 0, body)
            y += PITCH
    if number:
        draw.text((A4[0] / 2 - 60, A4[1] - 220), f"— {number} —", 0, body)
    return image.rotate(turn, Image.Resampling.BICUBIC, expand=turn in (90, 180, 270),
                        fillcolor=255)  # fmt: skip


def wrapped(
    text: str, width: float, draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont
) -> list[str]:
    """The rows of a paragraph, the first two characters shorter."""
    rows = [""]
    for char in text:
        room = width - (2 * SIZE if len(rows) == 1 else 0)
        full = draw.textlength(rows[-1] + char, font) > room
        if full and char not in NOT_AT_START:
            rows.append("")
        rows[-1] += char
    return rows


def as_file(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The picture as a file of a kind that Pillow writes: PNG, JPEG, TIFF, PDF."""
    file = io.BytesIO()
    image.save(file, kind, dpi=(DPI, DPI), **({"resolution": DPI} if kind == "PDF" else {}),
               **options)  # fmt: skip
    return file.getvalue()


def accuracy(found: str, true: str) -> float:
    """Share of the true characters that were found, those too many taken off."""
    blocks = SequenceMatcher(None, true, found, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return (same - max(len(found) - len(true), 0)) / len(true)
