"""HTML bytes to text: the article of a page, a paragraph a line, without the site around it.

The paragraphs are taken from the tree by an own walk. On the pages of the tests trafilatura lost
the article in a table's cell and let navigation and related links into others; readability-lxml
found the paragraphs but not the title, and let lines of the site in. Neither tells a heading or a
caption from a paragraph, which the walk does; and lxml comes with python-docx anyway.
"""

import re
from dataclasses import replace
from typing import Any

from corpus.bulletin import Kind
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.article import WebArticle, find_article
from corpus.formats.assembly import Piece, assemble, tidy
from corpus.formats.page_markup import (
    BLOCKS,
    FURNITURE_TEXT,
    is_bold_only,
    is_centred,
    is_leaf,
    raise_marks,
    tag_of,
    text_of,
)
from corpus.formats.table_lines import lines_of
from corpus.formats.web_archive import page_in
from corpus.formats.web_encoding import decoded_page
from corpus.formats.web_grids import grid_of_blocks, typed_rows
from corpus.formats.web_lists import number_lists
from corpus.formats.web_losses import body_losses, hidden_losses
from corpus.formats.web_tables import frames_text, grid_of
from corpus.layout.line_kinds import SHORT, is_heading
from corpus.text.reading_text import solid

MAX_ELEMENTS = 50_000  # an article's page has some thousands; this bounds time, also of a bad one
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no character of a tree
_MARKUP = re.compile(r"<\s*(?:!doctype|[a-z][a-z0-9]*)[\s/>]", re.IGNORECASE)
_KINDS = {
    "h1": Kind.TITLE, "figcaption": Kind.CAPTION, "caption": Kind.CAPTION,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
}  # fmt: skip


def read_html(data: bytes, name: str) -> Extracted:
    """Text of the article of an HTML page, a paragraph or a table's row a line.

    :raises BulletinError: no HTML, in no known encoding, of more than MAX_ELEMENTS elements, or
        without an article.
    """
    text = decoded_page(page_in(data) or data, name)
    if not _MARKUP.search(text):
        raise BulletinError(
            f"{name}: no HTML, it holds no tag; save it as .txt if it is text "
            "(不是网页，文本请另存为 .txt)"
        )
    try:
        extracted = _extract(text, name)
    except BulletinError:
        raise
    except Exception as error:  # lxml mends what it can and raises many types for the rest
        raise BulletinError(
            f"{name}: damaged HTML ({type(error).__name__}); save the page again "
            "(网页损坏，请重新保存)"
        ) from None
    if not extracted.text:
        raise BulletinError(
            f"{name}: the article holds no text; save the page again (网页没有正文，请重新保存)"
        )
    return extracted


def read_fragment(data: bytes, name: str) -> list[Piece]:
    """The pieces of HTML that is a part of a document, all of which is text.

    :raises BulletinError: as read_html, but that it may hold no article.
    """
    walk = _Walk()
    walk.block(_tree(decoded_page(page_in(data) or data, name), name))
    walk.end(None)
    return walk.pieces


def _extract(text: str, name: str) -> Extracted:
    root = _tree(text, name)
    if root.find(".//frameset") is not None:
        raise BulletinError(
            f"{name}: a page of frames, which are files of their own; open the frame with the text "
            "and save that (框架网页，请打开正文框架后另存)"
        )
    losses = list(hidden_losses(root))
    article = find_article(root)
    if article is None:
        raise BulletinError(
            f"{name}: no article found in the page; save the page of one article, not a list "
            "(没有找到文章，请保存文章页)"
        )
    losses += body_losses(article.body, text)
    return replace(assemble(_pieces(article)), losses=tuple(losses))


def _tree(text: str, name: str) -> Any:
    """The page as a tree, with what a browser prints besides its text: numbers, raised marks."""
    from lxml import html

    # Nested deeper than 256 elements a page is cut by the parser, so that walks over it end.
    root = html.document_fromstring(_NO_XML.sub("", _DECLARATION.sub("", text)))
    count = sum(1 for _ in root.iter())
    if count > MAX_ELEMENTS:
        raise BulletinError(
            f"{name}: {count:,} elements, more than {MAX_ELEMENTS:,}; save the page of one article "
            "(网页过大，请保存单篇文章)"
        )
    raise_marks(root)
    number_lists(root)
    return root


def _pieces(article: WebArticle) -> list[Piece]:
    """Title, publication line and subheads, then the body without what repeats the title."""
    walk = _Walk()
    walk.block(article.body)
    walk.end(None)
    pieces = [
        piece
        for piece in _without(walk.pieces, article.title or "")
        if not piece.text.startswith(article.credits)
    ]
    if article.title:
        pieces.insert(0, Piece(article.title, Kind.TITLE))
    titles = [i for i, piece in enumerate(pieces) if piece.kind is Kind.TITLE]
    place = titles[0] + 1 if titles else 0
    pieces[place:place] = [Piece(line, Kind.PAGE_CREDIT) for line in article.credits]
    return pieces


def _without(pieces: list[Piece], title: str) -> list[Piece]:
    """The pieces without those that are the title once more, on one line or on several."""
    kept: list[Piece] = []
    wanted = solid(title)
    at = 0
    while at < len(pieces):
        end, said = at, ""
        while end < len(pieces) and said != wanted and wanted.startswith(said):
            said += solid(pieces[end].text)
            end += 1
        if wanted and said == wanted:
            at = end
        else:
            kept.append(pieces[at])
            at += 1
    return kept


class _Walk:
    """A walk over the article that gathers inline text and ends a piece at each block."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.inline: list[str] = []
        self.after_picture = False

    def block(self, element: Any, kind: Kind | None = None) -> None:
        """Gather an element's text and children; the caller ends the last piece."""
        self.inline.append(element.text or "")
        for child in element:
            tag = tag_of(child)
            if tag == "br":
                if kind is None:
                    self.end(None)
            elif tag == "table" and not frames_text(child):
                self.end(kind)
                self._table(child)
            elif tag in BLOCKS and (grid := grid_of_blocks(child)):
                self.end(kind)
                self.pieces += lines_of(grid, self._above())
            elif tag == "pre" and len(rows := typed_rows(child)) > 1:
                self.end(kind)
                self.pieces += map(Piece, rows)
            elif tag in BLOCKS:
                self.end(kind)
                self._child(child, tag, kind)
            elif tag:
                self.after_picture |= tag == "img"
                self.block(child, kind)
            self.inline.append(child.tail or "")

    def _child(self, child: Any, tag: str, kind: Kind | None) -> None:
        inner = _KINDS.get(tag, kind)
        if inner is None and child.find(".//br") is None:
            inner = self._looks(child)
        self.block(child, inner)
        self.end(inner)

    def _looks(self, element: Any) -> Kind | None:
        """A short bold line is a heading, a short centred one below a picture its caption."""
        text = tidy(text_of(element))
        if not text or len(text) > SHORT or not is_leaf(element):
            return None
        if self.after_picture and is_centred(element):
            return Kind.CAPTION
        return Kind.HEADING if is_heading(text) and is_bold_only(element) else None

    def _table(self, table: Any) -> None:
        caption = table.find("caption")
        if caption is not None:
            self.pieces.append(Piece(text_of(caption), Kind.CAPTION))
        self.pieces += lines_of(grid_of(table), self._above())

    def _above(self) -> str:
        """The line before a table, which may give its unit."""
        return self.pieces[-1].text if self.pieces else ""

    def end(self, kind: Kind | None) -> None:
        """End the piece that the inline text so far makes."""
        text = tidy("".join(self.inline))
        self.inline.clear()
        if text and not FURNITURE_TEXT.fullmatch(text):
            self.pieces.append(Piece(text, kind))
            self.after_picture = False
