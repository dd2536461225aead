"""The headers and footers of a Word file."""

from collections.abc import Iterator
from typing import Any

from corpus.bulletin import Kind
from corpus.formats.assembly import Piece, tidy
from corpus.formats.word_text import texts
from corpus.layout.lines import is_page_number, split_lines


def margins(document: Any, side: str) -> Iterator[Piece]:
    """The headers or the footers of all sections, each text once."""
    seen: set[str] = set()
    for section in document.sections:
        for which in ("", "first_page_", "even_page_"):
            margin = getattr(section, which + side)
            if margin.is_linked_to_previous:
                continue
            for text in map(tidy, texts(margin._element)):
                if text and text not in seen:
                    seen.add(text)
                    yield Piece(text, _margin_kind(text, side))


def _margin_kind(text: str, side: str) -> Kind:
    if text.isdigit() or is_page_number(split_lines(text)[0]):
        return Kind.PAGE_NUMBER
    return Kind.MASTHEAD if side == "header" else Kind.PAGE_CREDIT
