"""DOCX bytes to text: the paragraphs of the body in order, tables in their place."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.bulletin import Kind, Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble, tidy
from corpus.formats.table_lines import is_frame, lines_of
from corpus.formats.word_chunks import chunk_pieces
from corpus.formats.word_final import margin_roots, settle
from corpus.formats.word_losses import word_losses
from corpus.formats.word_margins import margins
from corpus.formats.word_numbers import Numbering
from corpus.formats.word_package import mended
from corpus.formats.word_printed import Notes, number_lists, raise_marks
from corpus.formats.word_tables import grid_of
from corpus.formats.word_text import W, inside, text_of
from corpus.layout import line_kinds

if TYPE_CHECKING:
    from corpus.formats.word_style import Styles

# Bounds on what the zip says that it unpacks to; Python's reader stops at what it says. A bulletin
# has kilobytes of XML, which lxml holds about tenfold in memory; pictures are only copied.
MAX_UNPACKED = 100 * 1024 * 1024  # bytes, all parts
MAX_XML = 30 * 1024 * 1024  # bytes, the parts that are parsed
OLE = b"\xd0\xcf\x11\xe0"  # how old .doc files begin, and .docx files under a password
MAX_PARAGRAPHS = (
    20_000  # of body and tables; a bulletin has hundreds, a full yearbook some thousands
)
MAX_DEPTH = 3  # documents inserted in documents
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


@dataclass(frozen=True, slots=True)
class _Source:
    """A document as its pieces are taken from it; `depth` of those that it is inserted in,
    `losses` what of them all is left out.
    """

    document: Any
    styles: "Styles"
    notes: Notes
    name: str
    depth: int
    losses: list[Loss]


def read_docx(data: bytes, name: str) -> Extracted:
    """Text of a DOCX file, a paragraph or a table's row a line; headers first, footers last, notes
    behind the paragraph that refers to them.

    :raises BulletinError: no DOCX, damaged, under a password, larger unpacked than MAX_UNPACKED
        (MAX_XML for what is parsed), of more than MAX_PARAGRAPHS, or without text.
    """
    losses: list[Loss] = []
    extracted = assemble(_pieces(data, name, losses))
    if not extracted.text:
        raise BulletinError(
            f"{name}: holds no text; if it holds pictures of pages, run OCR first "
            "(文件没有文字，图像请先做文字识别)"
        )
    return replace(extracted, losses=tuple(losses))


def _pieces(data: bytes, name: str, losses: list[Loss], depth: int = 0) -> list[Piece]:
    _check(data, name)
    import docx  # reads styles from disk when it loads

    from corpus.formats.word_style import Styles

    try:
        document = docx.Document(io.BytesIO(mended(data)))
        _check_length(document, name)
        parts = _parts(document)
        settled = settle([document.element.body, *margin_roots(document), *parts.values()])
        raise_marks(document.element.body, parts.get("styles"))
        number_lists(document.element.body, Numbering(parts.get("numbering"), parts.get("styles")))
        comments = sum(1 for _ in parts["comments"]) if "comments" in parts else 0
        losses += word_losses(document.element.body, settled, comments)
        source = _Source(document, Styles(document), Notes(parts), name, depth, losses)
        return [
            *margins(document, "header"),
            *_body(document.element.body, source),
            *margins(document, "footer"),
        ]
    except BulletinError:
        raise
    except Exception as error:  # lxml, zipfile and python-docx raise what a broken part makes them
        raise BulletinError(
            f"{name}: damaged, no Word document ({type(error).__name__}); save it again "
            "(文件损坏，请重新保存)"
        ) from None


def _check(data: bytes, name: str) -> None:
    if data.startswith(OLE):
        raise BulletinError(
            f"{name}: an old .doc or under a password; save it as .docx without a password "
            "(旧版 .doc 或有密码，请另存为 .docx)"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception:  # besides BadZipFile, broken directories raise struct and value errors
        raise BulletinError(
            f"{name}: no Word document, or cut short; save it again "
            "(不是 Word 文件或不完整，请重新保存)"
        ) from None
    if "word/document.xml" not in {part.filename for part in parts}:
        raise BulletinError(
            f"{name}: a zip file but no Word document; save it as .docx "
            "(不是 Word 文件，请另存为 .docx)"
        )
    if any(part.flag_bits & 1 for part in parts):
        raise BulletinError(
            f"{name}: under a password; save it without one (文件有密码，请去掉后另存)"
        )
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    if xml > MAX_XML or whole > MAX_UNPACKED:
        raise BulletinError(
            f"{name}: unpacks to {whole:,} bytes, {xml:,} of them text; at most "
            f"{MAX_UNPACKED:,} and {MAX_XML:,} are read; split the document (文件过大，请拆分)"
        )


def _parts(document: Any) -> dict[str, Any]:
    """The roots of the parts that the document refers to, by the last word of their relation."""
    from docx.oxml import parse_xml

    wanted = ("styles", "numbering", "footnotes", "endnotes", "comments")
    named = {one.reltype.rpartition("/")[2]: one for one in document.part.rels.values()}
    return {
        name: parse_xml(named[name].target_part.blob)
        for name in wanted
        if name in named and not named[name].is_external
    }


def _check_length(document: Any, name: str) -> None:
    count = sum(1 for _ in document.element.body.iter(f"{W}p"))
    if count > MAX_PARAGRAPHS:
        raise BulletinError(
            f"{name}: {count:,} paragraphs, more than {MAX_PARAGRAPHS:,}; split the document "
            "(段落过多，请拆分)"
        )


def _body(element: Any, source: _Source, above: str = "") -> Iterator[Piece]:
    """The pieces of a part of the body; controls and the like are opened. `above` is the line
    before the next table.
    """
    for child in element.iterchildren():
        if child.tag == f"{W}tbl":
            yield from _table(child, source, above)
        elif child.tag == f"{W}p":
            for piece in _paragraph(child, source):
                above = piece.text if piece.text.strip() else above
                yield piece
        elif child.tag == f"{W}altChunk":
            yield from _chunk(child, source)
        else:
            yield from _body(child, source, above)


def _paragraph(element: Any, source: _Source) -> Iterator[Piece]:
    """A paragraph, parted at soft breaks that end a sentence, then its text boxes and notes."""
    notes = list(source.notes.of(element))
    text = text_of(element)
    kind = source.styles.kind_of(element, tidy(text.replace("\n", ""))) if text.strip() else None
    parts = [""]
    for line in text.split("\n"):
        if kind is None and (
            line.startswith("　") or line_kinds.may_end_paragraph(tidy(parts[-1]))
        ):
            parts.append("")
        parts[-1] += line
    yield from (Piece(part, kind) for part in parts)
    for box in element.iter(f"{W}txbxContent"):
        if next(box.iterancestors(f"{W}p")) is element:  # one in a box is taken with it
            yield from _body(box, source)
    yield from (Piece(art.get("string", "")) for art in element.iter(_WORD_ART))
    yield from (Piece(note, Kind.PARAGRAPH) for note in notes)


def _table(table: Any, source: _Source, above: str) -> Iterator[Piece]:
    """A line for each row; a table that frames running text is opened instead."""
    if is_frame(grid_of(table)):
        for line in inside(table, "tr"):
            for cell in inside(line, "tc"):
                yield from _body(cell, source)
        return
    notes = list(source.notes.of(table))
    yield from lines_of(grid_of(table), above)
    yield from (Piece(note, Kind.PARAGRAPH) for note in notes)


def _chunk(element: Any, source: _Source) -> list[Piece]:
    """The pieces of a document that is inserted as a whole."""
    if source.depth >= MAX_DEPTH:
        raise BulletinError(
            f"{source.name}: documents inserted in documents, more than {MAX_DEPTH} deep; save it "
            "again in Word (嵌入层数过多，请用 Word 重新保存)"
        )

    def read_inserted(data: bytes, name: str) -> list[Piece]:
        return _pieces(data, name, source.losses, source.depth + 1)

    return chunk_pieces(element, source.document.part, source.name, read_inserted)
