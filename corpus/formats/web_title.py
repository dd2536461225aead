"""The title of an article on a web page, on one line or on several."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.formats.assembly import tidy
from corpus.formats.page_markup import (
    BLOCKS,
    is_bold_only,
    is_centred,
    is_large,
    is_leaf,
    tag_of,
    text_of,
)
from corpus.layout import imprint, line_kinds
from corpus.text.reading_text import solid

MIN_TITLE = 4  # characters; a shorter line may begin a title by chance
MAX_LINES = 4  # of a title
_SITE = re.compile(r"\s*(?:[-_|—－–]+|>>|::)\s*")


def title_of(body: Any, before: Sequence[Any], meta: str, page_title: str) -> str | None:
    """The nearest h1 before the body, else the lines that the page's title begins with, else the
    large centred ones above the text, else the title in the page's head; None if the body has an h1
    of its own.
    """
    if next(body.iter("h1"), None) is not None:
        return None
    headings = [tidy("".join(e.itertext())) for e in before if tag_of(e) == "h1"]
    if any(headings):
        return next(filter(None, reversed(headings)))
    named = meta or page_title
    return (
        _named([*before, *body.iter(*BLOCKS)], named)
        or _shown(body)
        or meta
        or _SITE.split(page_title)[0]
        or None
    )


def _named(elements: Sequence[Any], named: str) -> str:
    """The longest beginning of the page's own name that stands in it, on lines one after another;
    of equal ones the last.
    """
    lines = [text for e in elements if (text := tidy(text_of(e))) and len(text) <= len(named)]
    wanted = solid(named)
    best = ""
    for start in range(len(lines)):
        title = ""
        for line in lines[start : start + MAX_LINES]:
            if not wanted.startswith(solid(title + line)):
                break
            title += line
        if len(title) >= max(MIN_TITLE, len(best)):
            best = title
    return best


def _shown(body: Any) -> str:
    """The lines that are centred and large, or centred and bold, above the text of the body."""
    title: list[str] = []
    for element, text in _leaves(body):
        if imprint.is_masthead(text) or imprint.is_document_number(text):
            if title:
                break
            continue
        shown = is_centred(element) and (is_large(element) or is_bold_only(element))
        if not shown or line_kinds.ends_sentence(text) or len(title) == MAX_LINES:
            break
        title.append(text)
    joined = "".join(title)
    return joined if MIN_TITLE <= len(joined) <= line_kinds.TITLE else ""


def _leaves(body: Any) -> Iterator[tuple[Any, str]]:
    """The blocks of the body that hold text and no other blocks, with their text."""
    for element in body.iter(*BLOCKS):
        if is_leaf(element) and (text := tidy(text_of(element))):
            yield element, text
