"""Raised print as marks that are no digits: the number of a note must not join a figure."""

import re

from corpus.text.note_marks import raised

MAX_MARK = 12  # characters; what is raised and longer is text
_MARK = re.compile(r"[\s\d０-９①-⑳()\[\]（）［］〔〕,，、;；—–-]+")
_SEPARATORS = re.compile(r"[\s,，、;；—–-]+")


def raised_mark(text: str) -> str | None:
    """Raised digits as superscripts, several of them in brackets each; None for raised words.

    >>> raised_mark("2"), raised_mark("[3]"), raised_mark("1,2"), raised_mark("th")
    ('²', '⁽³⁾', '⁽¹⁾⁽²⁾', None)
    """
    if len(text) > MAX_MARK or not _MARK.fullmatch(text):
        return None
    numbers = [part for part in _SEPARATORS.split(text) if part]
    if len(numbers) == 1:
        return raised(numbers[0])
    return "".join(raised(f"({part.strip('()[]（）［］〔〕')})") for part in numbers)
