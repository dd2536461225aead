"""How long an answer is wanted: 200字以内, 三句话, 五点."""

import re
from dataclasses import dataclass

from corpus.figures.quantities import whole_number

_HAN = "[一二两三四五六七八九十百千]"
_CHARS = re.compile(
    rf"(?P<n>\d{{1,5}}|{_HAN}{{1,5}})个?多?字|in (?P<m>\d{{1,4}}) words", re.IGNORECASE
)
_LINES = re.compile(rf"(?P<n>\d{{1,2}}|{_HAN}{{1,2}})(?:句话?|[个条]?要点|点|条)(?!{_HAN}|\d)")
LEAST_CHARS, MOST_CHARS = 30, 2000  # what is wanted below or above is answered with these
MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class LengthWanted:
    """Characters, or sentences; None of what is not said."""

    chars: int | None = None
    lines: int | None = None


def length_wanted(question: str) -> LengthWanted:
    """The length that a question asks for.

    >>> length_wanted("用200字概括鹤壁的做法"), length_wanted("三句话总结")
    (LengthWanted(chars=200, lines=None), LengthWanted(chars=None, lines=3))
    """
    if found := _CHARS.search(question):
        number = whole_number(found["n"] or found["m"])
        return LengthWanted(chars=min(max(number, LEAST_CHARS), MOST_CHARS))
    if found := _LINES.search(question):
        return LengthWanted(lines=min(max(whole_number(found["n"]), 1), MOST_LINES))
    return LengthWanted()
