"""What the paragraphs of a Word file write: the text that a reader of its page sees.

Of a tree in which changes are taken in and fields show their results (word_final.py).
"""

from collections.abc import Iterator
from typing import Any

from corpus.formats.word_formula import MATH, formula_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Paragraphs of their own, and the small print above a character.
_APART = frozenset({f"{W}p", f"{W}tbl", f"{W}rt"})
_MARKS = {f"{W}tab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# What may stand around rows, cells and paragraphs without being one: controls, changes taken in.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)


def inside(element: Any, name: str) -> Iterator[Any]:
    """The children of that name (`tr`, `tc`), those in controls among them."""
    for child in element.iterchildren():
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, name)


def texts(element: Any) -> Iterator[str]:
    """The text of every paragraph under an element, each as one line."""
    for paragraph in element.iter(f"{W}p"):
        yield text_of(paragraph).replace("\n", "")


def text_of(element: Any) -> str:
    """What the runs of a paragraph write; a soft break is a line feed, a text box left out."""
    parts = []
    for child in element.iterchildren():
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}br":
            parts.append("\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == f"{MATH}oMath":
            parts.append(formula_text(child))
        elif child.tag not in _APART and not _is_hidden(child):
            parts.append(text_of(child))
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    if run.tag != f"{W}r" or (mark := run.find(f"{W}rPr/{W}vanish")) is None:
        return False
    return mark.get(f"{W}val", "1") not in ("0", "false", "off")
