"""A place of the library that was typed wrongly: by a character of the same sound, or in pinyin.

pypinyin (MIT, kept up, 2 MB) knows the readings of characters.
"""

import re
from collections.abc import Iterable
from itertools import product

from corpus.remember import remembered
from corpus.text.places import find_places
from corpus.text.segmentation import is_word

REMEMBERED = 4096  # readings of names and of pieces of questions
LEAST_CHARS = 2  # of a name: one character of the same sound is any character
_LATIN = re.compile(r"[a-z][a-z' ]{3,24}[a-z]", re.IGNORECASE)


def mended(question: str, names: Iterable[str]) -> str:
    """The question with the places that it means and misspells, of those in `names`; unchanged
    where it names one.

    >>> mended("吕粱的养老机构有几家", ["吕梁", "漯河"]), mended("sanmenxia有几家", ["三门峡"])
    ('吕梁的养老机构有几家', '三门峡有几家')
    """
    if find_places(question):
        return question
    for name in names:
        if len(name) < LEAST_CHARS:
            continue
        if (start := _sounds_like(question, name)) is not None:
            return question[:start] + name + question[start + len(name) :]
        for match in _LATIN.finditer(question):
            if re.sub(r"[' ]", "", match[0].lower()) in _in_pinyin(name):
                return question[: match.start()] + name + question[match.end() :]
    return question


def _sounds_like(question: str, name: str) -> int | None:
    """Where a piece of the question stands that can be read like the name, shares a character with
    it at its place, and is no word.
    """
    for start in range(len(question) - len(name) + 1):
        piece = question[start : start + len(name)]
        pairs = list(zip(piece, name, strict=True))
        if (
            piece != name
            and any(a == b for a, b in pairs)
            and all(a == b or _readings(a, True) & _readings(b, True) for a, b in pairs)
            and not is_word(piece)
        ):
            return start
    return None


def _in_pinyin(name: str) -> set[str]:
    """All ways to write a name in letters, without tones."""
    return {"".join(parts) for parts in product(*(_readings(char, False) for char in name))}


@remembered(REMEMBERED)
def _readings(char: str, tones: bool) -> frozenset[str]:
    """All readings of a character, with their tones or without."""
    from pypinyin import Style, pinyin

    style = Style.TONE3 if tones else Style.NORMAL
    return frozenset(pinyin(char, style=style, heteronym=True)[0])
