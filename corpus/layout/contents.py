"""The table of contents of an issue: it repeats titles and says nothing of its own."""

import re
from collections.abc import Sequence
from itertools import accumulate

from corpus.text.reading_text import solid

_HEADING = re.compile(r"(?:本期)?(?:目录|要目)[：:]?")
_LED = re.compile(r"(?:…|[.·—–-]{2}){2,}[.·—–-]?[（(]?\d{1,3}[)）]?$")
_PAGE = re.compile(r"[.·…—–-]*[（(]?\d{0,3}[)）]?$")
_BULLET = re.compile(r"^(?:[^\w（(【“《]|\d{1,2}[.、])+")
HEADING_CHARS = 12  # of 目　　录 with its blanks
MIN_CHARS, MAX_CHARS = 4, 100  # of an entry; any shorter word may occur again by chance
MOST = 20  # tables of contents that are looked for in a file


def contents_in(texts: Sequence[str]) -> set[int]:
    """Indexes of the lines that are the heading 目录 or an entry under it: a line that ends in a
    leader with its page, or that occurs again further down.
    """
    short = ((n, text) for n, text in enumerate(texts) if len(text) <= HEADING_CHARS)
    starts = [n for n, text in short if _HEADING.fullmatch(solid(text))][:MOST]
    if not starts:
        return set()
    plain = list(map(solid, texts))
    joined = "".join(plain)
    ends = list(accumulate(map(len, plain)))
    found: set[int] = set()
    for start in starts:
        last = start
        while last + 1 < len(plain) and _is_entry(plain[last + 1], joined, ends[last + 1]):
            last += 1
        if last > start:
            found.update(range(start, last + 1))
    return found


def _is_entry(text: str, joined: str, end: int) -> bool:
    if len(text) > MAX_CHARS:
        return False
    name = _BULLET.sub("", _PAGE.sub("", text))
    return bool(_LED.search(text)) or (len(name) >= MIN_CHARS and joined.find(name, end) >= 0)
