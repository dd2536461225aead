"""Text to lines: what the page looked like before it was torn into text."""

import re
from collections import Counter
from dataclasses import dataclass
from unicodedata import category, normalize

from corpus.bulletin import Span
from corpus.layout import line_kinds
from corpus.text.reading_text import is_blank, narrow

# A wrapped page repeats one line length; measured in characters that are not blank.
MIN_WRAP_WIDTH = 15  # shorter lines are lists, verses, tables
MAX_WRAP_WIDTH = 60  # no printed page holds more Chinese characters a line
WRAPPED_SHARE = 0.4  # of the lines lie at the width or just below it, where text is hard-wrapped
MAX_ENDED_SHARE = 0.6  # of these end a sentence; of a wrapped page about one in ten does
MIN_LINES = 6  # below that, no width can be told from chance
SQUEEZE = 3  # a full line varies by so many characters: compressed marks, marks not to begin a line
MIN_RULE = 3  # dashes that make a rule

_DRAWN = frozenset("*#·•|~＊＃｜～─━═")
_DRAWN_KINDS = frozenset(("So", "Sm", "Pd", "Pc", "Co"))  # symbols, dashes, a font's own signs
_CELLS = {"　": 2, "\t": 4}
_PAGE_NUMBER = re.compile(
    r"(?:第\s*)?[-—–―－·•\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-—–―－·•\s]*"
    r"(?:页(?:\s*[,，/]?\s*共\s*\d+\s*页)?)?"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the file that is not blank; `span` covers it without the blanks around it.

    `width` counts its characters without blanks, but for ideographic ones, which take up as much of
    a line as any character; `gap` the blank lines before it; `indent` the cells of blank that it
    began with: an ideographic blank takes two, a tab four.
    """

    text: str
    span: Span
    width: int
    gap: int
    indent: int


def split_lines(text: str) -> list[TextLine]:
    """The lines of a decoded file that hold more than blanks, in order."""
    lines = []
    position = gap = 0
    for raw in text.split("\n"):
        first, end = _solid(raw)
        body = raw[first:end]
        if body:
            start = position + first
            lines.append(
                TextLine(
                    text=body,
                    span=Span(start, start + len(body)),
                    width=len(re.sub(r"[^\S　]", "", body)),
                    gap=gap,
                    indent=sum(_CELLS.get(char, 1) for char in raw[:first]),
                )
            )
        gap = 0 if body else gap + 1
        position += len(raw) + 1
    return lines


def _solid(raw: str) -> tuple[int, int]:
    """Where a line begins and ends without the blanks around it."""
    first, end = 0, len(raw)
    while first < end and is_blank(raw[first]):
        first += 1
    while end > first and is_blank(raw[end - 1]):
        end -= 1
    return first, end


def wrap_width(lines: list[TextLine]) -> int | None:
    """Characters a line at which the text is hard-wrapped, or None where lines are paragraphs.

    The commonest width among the longer lines, if enough of all lines come close to it; not where
    most of these end a sentence, as sentences of a list do.
    """
    widths = Counter(line.width for line in lines if line.width >= MIN_WRAP_WIDTH)
    if len(lines) < MIN_LINES or not widths:
        return None
    width = max(widths, key=lambda w: (2 * widths[w] + widths[w - 1] + widths[w + 1], w))
    near = [line for line in lines if abs(line.width - width) <= SQUEEZE]
    ended = sum(line_kinds.ends_sentence(line.text) for line in near)
    wrapped = len(near) >= WRAPPED_SHARE * len(lines) and ended <= MAX_ENDED_SHARE * len(near)
    return width if width <= MAX_WRAP_WIDTH and wrapped else None


def is_page_mark(line: TextLine) -> bool:
    """Whether the line is no text but a part of the page: its number, a rule, a row of stars."""
    return is_page_number(line) or is_ornament(line.text)


def is_ornament(text: str) -> bool:
    """Whether a line holds signs only that stand for nothing: ————, ★, ＊　＊　＊."""
    signs = "".join(text.split())
    return (
        not any(map(str.isalnum, normalize("NFKC", signs)))  # ㎡ and ① stand for something
        and all(char in _DRAWN or category(char) in _DRAWN_KINDS for char in signs)
        and (len(signs) >= MIN_RULE or category(signs[0]) not in ("Pd", "Pc"))
    )


def is_page_number(line: TextLine) -> bool:
    """Whether the line is nothing but a page number, as in —７— or 第3页 共8页.

    Bare digits count only where a dash or 页 stands with them: 2024 alone may be a heading.
    """
    text = narrow(line.text)
    return bool(_PAGE_NUMBER.fullmatch(text)) and not text.strip().isdigit()
