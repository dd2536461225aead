"""DOCX bytes to text: the paragraphs of the body in order, tables in their place."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.bulletin import Kind
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import LONG_CELL, Piece, assemble, row, tidy
from corpus.layout import line_kinds
from corpus.layout.lines import is_page_number, split_lines

if TYPE_CHECKING:
    from corpus.formats.word_style import Styles

# Bounds on what the zip says that it unpacks to; Python's reader stops at what it says. A bulletin
# has kilobytes of XML, which lxml holds about tenfold in memory; pictures are only copied.
MAX_UNPACKED = 100 * 1024 * 1024  # bytes, all parts
MAX_XML = 30 * 1024 * 1024  # bytes, the parts that are parsed
MAX_PARAGRAPHS = (
    20_000  # of body and tables; a bulletin has hundreds, a full yearbook some thousands
)
OLE = b"\xd0\xcf\x11\xe0"  # how old .doc files begin, and .docx files under a password

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# A text box stands twice, the second time for old programs; struck, moved and hidden text is not
# what the reader of the page sees; w:rt is the small print above a character.
_UNSEEN = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}rt"})
_BLOCKS = frozenset({f"{_W}p", f"{_W}tbl"})
_MARKS = {f"{_W}tab": " ", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Extracted:
    """Text of a DOCX file, a paragraph or a table's row a line; headers first, footers last.

    :raises BulletinError: no DOCX, damaged, under a password, larger unpacked than MAX_UNPACKED
        (MAX_XML for what is parsed), of more than MAX_PARAGRAPHS, or without text.
    """
    _check(data, name)
    import docx  # reads styles from disk when it loads

    from corpus.formats.word_style import Styles

    try:
        document = docx.Document(io.BytesIO(data))
        _check_length(document, name)
        pieces = [
            *_margins(document, "header"),
            *_body(document.element.body, Styles(document)),
            *_margins(document, "footer"),
        ]
    except BulletinError:
        raise
    except Exception as error:  # lxml, zipfile and python-docx raise what a broken part makes them
        raise BulletinError(
            f"{name}: damaged, no Word document ({type(error).__name__}); save it again "
            "(文件损坏，请重新保存)"
        ) from None
    extracted = assemble(pieces)
    if not extracted.text:
        raise BulletinError(
            f"{name}: holds no text; if it holds pictures of pages, run OCR first "
            "(文件没有文字，图像请先做文字识别)"
        )
    return extracted


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


def _check_length(document: Any, name: str) -> None:
    count = sum(1 for _ in document.element.body.iter(f"{_W}p"))
    if count > MAX_PARAGRAPHS:
        raise BulletinError(
            f"{name}: {count:,} paragraphs, more than {MAX_PARAGRAPHS:,}; split the document "
            "(段落过多，请拆分)"
        )


def _margins(document: Any, side: str) -> Iterator[Piece]:
    """The headers or the footers of all sections, each text once."""
    seen: set[str] = set()
    for section in document.sections:
        for which in ("", "first_page_", "even_page_"):
            margin = getattr(section, which + side)
            if margin.is_linked_to_previous:
                continue
            for text in map(tidy, _texts(margin._element)):
                if text and text not in seen:
                    seen.add(text)
                    yield Piece(text, _margin_kind(text, side))


def _margin_kind(text: str, side: str) -> Kind:
    if text.isdigit() or is_page_number(split_lines(text)[0]):
        return Kind.PAGE_NUMBER
    return Kind.MASTHEAD if side == "header" else Kind.PAGE_CREDIT


def _body(element: Any, styles: "Styles") -> Iterator[Piece]:
    """The pieces of a part of the body; controls and the like are opened."""
    for child in element.iterchildren():
        if child.tag == f"{_W}tbl":
            yield from _table(child, styles)
        elif child.tag == f"{_W}p":
            yield from _paragraph(child, styles)
        elif child.tag not in _UNSEEN:
            yield from _body(child, styles)


def _paragraph(element: Any, styles: "Styles") -> Iterator[Piece]:
    """A paragraph, parted at soft breaks that end a sentence, then its text boxes."""
    text = _text(element)
    kind = styles.kind_of(element, tidy(text.replace("\n", ""))) if text.strip() else None
    parts = [""]
    for line in text.split("\n"):
        if kind is None and (
            line.startswith("　") or line_kinds.may_end_paragraph(tidy(parts[-1]))
        ):
            parts.append("")
        parts[-1] += line
    yield from (Piece(part, kind) for part in parts)
    for box in element.iter(f"{_W}txbxContent"):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield from _body(box, styles)


def _table(table: Any, styles: "Styles") -> Iterator[Piece]:
    """A line for each row; a table that frames running text is opened instead."""
    rows = [
        [[tidy(text) for text in _texts(cell)] for cell in line.iterchildren(f"{_W}tc")]
        for line in table.iterchildren(f"{_W}tr")
    ]
    if max((len(text) for cells in rows for cell in cells for text in cell), default=0) > LONG_CELL:
        for line in table.iterchildren(f"{_W}tr"):
            for cell in line.iterchildren(f"{_W}tc"):
                yield from _body(cell, styles)
    else:
        yield from (row(" ".join(cell) for cell in cells) for cells in rows)


def _texts(element: Any) -> Iterator[str]:
    """The text of every paragraph under an element."""
    for paragraph in element.iter(f"{_W}p"):
        if not any(parent.tag in _UNSEEN for parent in paragraph.iterancestors()):
            yield _text(paragraph).replace("\n", "")


def _text(element: Any) -> str:
    """What the runs of a paragraph write; a soft break is a line feed, a text box left out."""
    parts = []
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}br":
            parts.append("\n" if child.get(f"{_W}type", "textWrapping") == "textWrapping" else "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag not in _UNSEEN | _BLOCKS and not _is_hidden(child):
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    return run.tag == f"{_W}r" and run.find(f"{_W}rPr/{_W}vanish") is not None
