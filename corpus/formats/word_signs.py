"""Signs that a Word file takes from a font of signs (☑, ≥, ±), as the characters of Unicode."""

from collections.abc import Mapping
from typing import Any

from corpus.formats.word_text import W

_PRIVATE = 0xF000  # Word writes the place in the font with this added
_SYMBOL = dict(
    zip(
        (0xA3, 0xA5, 0xAE, 0xAC, 0xAD, 0xAF, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB,
         0xD6, 0xD7, 0x2D, 0x2B, 0x3C, 0x3D, 0x3E, 0x25, 0x44, 0x53, 0x61, 0x62, 0x6D, 0x70, 0xE5),
        "≤∞→←↑↓°±≥×•÷≠≡≈√·−+<=>%ΔΣαβμπ∑",
        strict=True,
    )
)  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□",
    **{0x6A + n: chr(0x2460 + n) for n in range(10)},
    **{0x75 + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2,
}  # fmt: skip


def write_signs(root: Any) -> int:
    """Write the signs as characters; how many are of no known character and are left out."""
    lost = 0
    for sign in list(root.iter(f"{W}sym")):
        place = _place(sign.get(f"{W}char", ""))
        char = _char(sign.get(f"{W}font", ""), place)
        lost += not char
        written = sign.makeelement(f"{W}t")
        written.text = char
        sign.getparent().replace(sign, written)
    for fonts in root.iter(f"{W}rFonts"):
        font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
        if _known(font) and (run := fonts.getparent().getparent()) is not None:
            for text in run.iterchildren(f"{W}t"):
                text.text = "".join(
                    _char(font, ord(one)) or one if ord(one) >= _PRIVATE else one
                    for one in text.text or ""
                )
    return lost


def _known(font: str) -> Mapping[int, str] | None:
    return _FONTS.get(font.strip().lower())


def _place(code: str) -> int:
    try:
        return int(code, 16)
    except ValueError:
        return 0


def _char(font: str, place: int) -> str:
    """The character at a place of a font, "" where it is not known."""
    known = _known(font)
    if known is not None:
        return known.get(place - _PRIVATE if place >= _PRIVATE else place, "")
    # Any other font has its characters where Unicode has them, but for the private ones.
    is_private = 0xE000 <= place <= 0xF8FF or 0xD800 <= place <= 0xDFFF
    return chr(place) if 0x20 <= place <= 0xFFFD and not is_private else ""
