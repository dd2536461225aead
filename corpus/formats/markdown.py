"""Markdown to text: its signs are no text of the bulletin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.bulletin import Kind, Loss
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble
from corpus.formats.grid import Cell, even
from corpus.formats.table_lines import lines_of
from corpus.layout import line_kinds
from corpus.text.note_marks import raised

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADING = re.compile(r"^#{1,6}[ \t]+\S|^[^\s#|>-].*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_SIGNS = re.compile(  # a heading, the rule of a table, **strong**, a note, a fence
    r"^#{1,6}[ \t]+\S|^\|?[ \t]*:?-{3,}:?[ \t]*\||\*\*[^*\s][^*\n]*\*\*|^\[\^\w+\]:|^```",
    re.MULTILINE,
)
MIN_SIGNS = 2  # one alone may be the text's own
_NOTE = re.compile(r"\[\^(\w+)\]:?")  # [^1] in the text, [^1]: at the note
_FENCES = ("fence", "code_block")


def is_markdown(text: str) -> bool:
    """Whether a text is Markdown: it has a heading in its way, and another of its signs."""
    return bool(_HEADING.search(text)) and len(_SIGNS.findall(text)) >= MIN_SIGNS


def read_markdown(text: str, losses: tuple[Loss, ...] = ()) -> Extracted:
    """The text of Markdown, a paragraph, an item of a list or a row of a table a line."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.disable(["html_block", "html_inline", "code"])  # an indent is one of print, a tag text
    return replace(assemble(_pieces(parser.parse(_with_notes(text)))), losses=losses)


def _with_notes(text: str) -> str:
    """The text with its notes numbered in their order, and their marks raised."""
    numbers: dict[str, int] = {}

    def mark(note: re.Match[str]) -> str:
        return raised(f"({numbers.setdefault(note[1], len(numbers) + 1)})")

    return _NOTE.sub(mark, text)


def _pieces(tokens: Sequence["Token"]) -> Iterator[Piece]:
    kind: Kind | None = None
    number = ""
    titled = False
    rows: list[list[Cell]] = []
    for token in tokens:
        if token.type == "heading_open":
            kind = Kind.HEADING if titled else Kind.TITLE
            titled = True
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in ("td_open", "th_open"):
            rows[-1].append(Cell("", head=token.type == "th_open"))
        elif token.type == "table_close":
            yield from lines_of(even(rows))
            rows = []
        elif token.type in _FENCES:
            yield from map(Piece, token.content.split("\n"))
        elif token.type == "inline":
            text = _text(token)
            if rows:
                rows[-1][-1] = replace(rows[-1][-1], text=text.replace("\n", " "))
                continue
            titled |= kind is None
            yield from (Piece(line, kind) for line in _paragraphs(number + text))
            kind, number = None, ""


def _text(token: "Token") -> str:
    """What a run of text says, without the signs of its emphasis and its links."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(child.content)
    return "".join(parts)


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a run: a line that ends a sentence ends one, any other goes on."""
    parts = [""]
    for line in text.split("\n"):
        if parts[-1] and line_kinds.ends_sentence(parts[-1]):
            parts.append("")
        parts[-1] += line
    return parts
