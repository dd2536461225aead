"""Reading text and source text, offset by offset.

A bad extraction writes "在全市 “四级书记抓养老”的格局.２０２４年" where the page read
"在全市“四级书记抓养老”的格局。2024年". The reading text restores widths, marks and blanks; each
of its characters maps to the source character that it stands for, so nothing is lost between.
"""

import re
import unicodedata
from dataclasses import dataclass

CHINESE_MARKS = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！",
                 "(": "（", ")": "）", "«": "《", "»": "》"}  # fmt: skip
NARROWED_SIGNS = "％＋－．＝＜＞／＆＠"  # signs that belong to figures and addresses, not to prose
_HAN = re.compile(r"[㐀-鿿豈-﫿𠀀-𯿿〇]")
_ENUMERATION = re.compile(r"[0-9０-９]{1,2}\Z")  # "1" in a leading "1." that numbers a point


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` and, for each of its characters, the index of its source character (same length)."""

    text: str
    offsets: tuple[int, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Source range of text[start:end].

        :raises ValueError: the range is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"range {start}:{end} lies outside a text of {len(self.text)}")
        return self.offsets[start], self.offsets[end - 1] + 1


def is_han(char: str) -> bool:
    """Whether the character is a Chinese ideograph."""
    return bool(_HAN.match(char))


def is_blank(char: str) -> bool:
    """Whether the character leaves no ink: a blank, a zero-width mark, a byte-order mark."""
    return char.isspace() or unicodedata.category(char) == "Cf"


def read(source: str) -> Reading:
    """Reading text of `source`, which is one unit without line breaks inside sentences."""
    chars: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(source):
        if is_blank(char):
            if char.isspace() and _keeps_blank(source, i) and chars and chars[-1] not in " \n　":
                chars.append(char if char in "\n　" else " ")
                offsets.append(i)
            continue
        chars.append(_read_char(source, i))
        offsets.append(i)
    while chars and chars[-1].isspace():
        chars.pop()
        offsets.pop()
    return Reading("".join(chars), tuple(offsets))


def narrow(text: str) -> str:
    """Full-width letters, digits and figure signs as their narrow forms; length is kept."""
    return "".join(_narrow(char) for char in text)


def _narrow(char: str) -> str:
    if "０" <= char <= "９" or "Ａ" <= char <= "Ｚ" or "ａ" <= char <= "ｚ":
        return chr(ord(char) - 0xFEE0)
    return chr(ord(char) - 0xFEE0) if char in NARROWED_SIGNS else char


def _read_char(source: str, i: int) -> str:
    char = source[i]
    if char == "．":
        inside = i > 0 and _is_digit(source[i - 1]) and _is_digit(source[i + 1 : i + 2])
        return "." if inside else "。"
    if char not in CHINESE_MARKS:
        return _narrow(char)
    if char in "«»":
        return CHINESE_MARKS[char]
    before, after = _neighbour(source, i, -1), _neighbour(source, i, +1)
    if char in ".,:" and _joins_latin(source, i):
        return char
    if char == "." and _ENUMERATION.search(source[:i]) and _starts_point(source, i):
        return char
    return CHINESE_MARKS[char] if _is_chinese(before) or _is_chinese(after) else char


def _starts_point(source: str, i: int) -> bool:
    """Whether the digits before source[i] begin the unit or follow the end of a sentence."""
    head = source[:i].rstrip("0123456789０１２３４５６７８９").rstrip()
    return not head or head[-1] in "。.！!？?；;：:\n"


def _joins_latin(source: str, i: int) -> bool:
    """Whether the mark stands tight between two ASCII letters or digits, as in 10.6 or gov.cn.

    A full-width digit counts only on both sides at once: in the files that have them "." is the
    full stop, and a point between two of them is a decimal point.
    """
    left, right = source[i - 1 : i], source[i + 1 : i + 2]
    if not left or not right:
        return False
    if left.isascii() and right.isascii():
        return left.isalnum() and right.isalnum()
    return _is_digit(left) and _is_digit(right)


def _is_digit(char: str) -> bool:
    return len(char) == 1 and (char in "0123456789" or "０" <= char <= "９")


def _neighbour(source: str, i: int, step: int) -> str:
    """Next character that is not blank in that direction, or ''."""
    i += step
    while 0 <= i < len(source) and source[i].isspace():
        i += step
    return source[i] if 0 <= i < len(source) else ""


def _is_chinese(char: str) -> bool:
    if not char:
        return False
    return is_han(char) or char in "“”‘’«»…—·" or "　" <= char <= "〿" or "！" <= char <= "～"


def _keeps_blank(source: str, i: int) -> bool:
    """A blank stays only where it parts two words: an ideographic one, or one among Latin text."""
    before, after = _neighbour(source, i, -1), _neighbour(source, i, +1)
    if source[i] == "\n":
        return True
    if source[i] == "　":
        return is_han(before) and is_han(after)
    return before.isascii() and after.isascii()
