"""ReadingText text and source text, offset by offset.

A bad extraction writes "在全市 “四级书记抓养老”的格局.２０２４年" where the page read
"在全市“四级书记抓养老”的格局。2024年". The reading text restores widths, marks and blanks; each
of its characters maps to the source character that it stands for, so nothing is lost between.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.text.note_marks import note_marks
from corpus.text.radicals import CHARACTERS
from corpus.text.torn_figures import inside_figures

CHINESE_MARKS = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！",
                 "(": "（", ")": "）", "«": "《", "»": "》"}  # fmt: skip
NARROWED_SIGNS = "％＋－．＝＜＞／＆＠"  # signs that belong to figures and addresses, not to prose
_WIDE_CODES = (*range(ord("０"), ord("９") + 1), *range(ord("Ａ"), ord("Ｚ") + 1),
               *range(ord("ａ"), ord("ｚ") + 1), *map(ord, NARROWED_SIGNS))  # fmt: skip
_NARROW = {
    code: code - 0xFEE0 for code in _WIDE_CODES
}  # Unicode lays the wide forms out in ASCII's order
_WIDE = re.compile("[" + re.escape("".join(map(chr, _WIDE_CODES))) + "]")
_PLAIN_CHARS = {chr(wide): chr(code) for wide, code in _NARROW.items()} | CHARACTERS
# Most of a text are ideographs, which nothing reads in another way.
_RUNS = re.compile(r"(?P<plain>[一-鿿]+)|.", re.DOTALL)
_HAN = re.compile(r"[⺀-⿕㐀-鿿豈-﫿𠀀-𯿿〇]")
_FILE_ENDING = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|ofd|zip|rar|jpe?g|png)(?![A-Za-z])", re.I
)
_SECOND_POINT = re.compile(r"[。；;.．]\s*[2２][.．]\s*[^\d\s]")  # points that run on in a line
_NOTE_NUMBER = re.compile(r"\[\d{1,3}\]")  # reads like a citation of ours: its brackets turn wide
_NOTE_BRACKETS = {"[": "［", "]": "］"}
_MAX_NOTE = 5  # characters of it
_BESIDE_GAP = "）)]］》”’%％‰℃", "（([［《“‘-—+"  # ends a cell of a table, begins one
MAX_POINT_DIGITS = 2  # of the number in a leading "1." or "12."; "2024." closes a sentence


@dataclass(frozen=True, slots=True)
class ReadingText:
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


@lru_cache(maxsize=8192)  # a page's characters are few, and asked about one by one
def is_blank(char: str) -> bool:
    """Whether the character leaves no ink: a blank, a zero-width mark, a byte-order mark."""
    return char.isspace() or unicodedata.category(char) == "Cf"


def read(source: str, *, digits_apart: bool = False) -> ReadingText:
    """Reading text of `source`, which is one unit without line breaks inside sentences.

    `digits_apart` says that its file sets every digit apart (torn_figures.sets_digits_apart). Marks
    of notes among figures are left out: 180³个 is 180个.
    """
    torn = inside_figures(source, digits_apart=digits_apart)
    marks = note_marks(source)
    chars: list[str] = []
    offsets: list[int] = []
    last = ""  # the nearest inked character before
    ahead = -1  # index of the nearest inked one behind, as far as it was looked for
    for run in _RUNS.finditer(source):
        i, end = run.span()
        if run.lastgroup == "plain":
            chars += run[0]
            offsets += range(i, end)
            last = source[end - 1]
            continue
        char = run[0]
        if i in marks or (i in torn and is_blank(char)):
            continue
        if ahead <= i:
            ahead = _next_inked(source, i + 1)
        after = source[ahead : ahead + 1]
        if not is_blank(char):
            chars.append("." if i in torn else _read_char(source, i, last, after))
            offsets.append(i)
            last = char
        elif chars and chars[-1] not in " \n　" and _keeps_blank(char, last, after):
            chars.append(char if char in "\n　" else " ")
            offsets.append(i)
    while chars and chars[-1].isspace():
        chars.pop()
        offsets.pop()
    return ReadingText("".join(chars), tuple(offsets))


def narrow(text: str) -> str:
    """Full-width letters, digits and figure signs as their narrow forms; length is kept."""
    return text.translate(_NARROW) if _WIDE.search(text) else text  # most texts have none


def solid(text: str) -> str:
    """A line narrow and without any blank: as it is compared where blanks are for looks."""
    return "".join(narrow(text).split())


def _next_inked(source: str, start: int) -> int:
    """Index of the first character from `start` on that is not blank, or the text's length."""
    while start < len(source) and is_blank(source[start]):
        start += 1
    return start


def _read_char(source: str, i: int, before: str, after: str) -> str:
    char = source[i]
    if char == "．":
        inside = _is_digit(source[i - 1 : i]) and _is_digit(source[i + 1 : i + 2])
        return "." if inside or _numbers_point(source, i) else "。"
    if char in _NOTE_BRACKETS and _numbers_note(source, i):
        return _NOTE_BRACKETS[char]
    if char not in CHINESE_MARKS:
        return _PLAIN_CHARS.get(char, char)
    if char in "«»":
        return CHINESE_MARKS[char]
    if char in ".,:" and (_joins_latin(source, i) or _FILE_ENDING.match(source, i)):
        return char
    if char == "." and _numbers_point(source, i):
        return char
    return CHINESE_MARKS[char] if _is_chinese(before) or _is_chinese(after) else char


def _numbers_point(source: str, i: int) -> bool:
    """Whether one or two digits before source[i] open the unit, a line or a sentence, or are the 1
    of points that run on behind it.
    """
    start = i
    while start > 0 and _is_digit(source[start - 1]):
        start -= 1
    number = i - start
    while start > 0 and source[start - 1].isspace() and source[start - 1] != "\n":
        start -= 1
    before = source[start - 1 : start]
    if number == 1 and source[i - 1] in "1１" and before and (is_han(before) or before in "）)"):
        return is_han(source[i + 1 : i + 2] or " ") and bool(_SECOND_POINT.search(source, i))
    opens = start == 0 or source[start - 1] in "。.！!？?；;：:\n"
    return opens and 0 < number <= MAX_POINT_DIGITS


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


def _is_chinese(char: str) -> bool:
    if not char:
        return False
    return is_han(char) or char in "“”‘’«»…—·" or "　" <= char <= "〿" or "！" <= char <= "～"


def _numbers_note(source: str, i: int) -> bool:
    """Whether a bracket opens or closes the number of a note: [3]."""
    start = i if source[i] == "[" else source.rfind("[", max(0, i - _MAX_NOTE + 1), i)
    note = _NOTE_NUMBER.match(source, start) if start >= 0 else None
    return note is not None and i in (note.start(), note.end() - 1)


def _keeps_blank(char: str, before: str, after: str) -> bool:
    """A blank stays only where it parts two words or figures: an ideographic one, one among Latin
    text, any one between digits.
    """
    if char == "\n":
        return True
    if _is_digit(before) and _is_digit(after):
        return char.isspace()  # a zero-width mark parts no digits: 1 and 80 beside it are 180
    if char == "　":
        ends, begins = _BESIDE_GAP
        return (_is_word(before) or before in ends) and (_is_word(after) or after in begins)
    return char.isspace() and before.isascii() and after.isascii()


def _is_word(char: str) -> bool:
    return char.isalnum()
