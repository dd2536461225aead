"""DOC and WPS bytes to text: paragraphs, tables, notes and text boxes of a binary Word file."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.bulletin import Kind, Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble
from corpus.formats.grid import MAX_COLUMNS, Cell, even, once
from corpus.formats.table_lines import is_frame, lines_of
from corpus.formats.word_binary import IN_TABLE, NUMBERED, ROW_END, Char, WordBinary

MAX_PARAGRAPHS = 20_000  # as of .docx
TITLE, HEADINGS = 62, range(1, 10)  # numbers of the styles that are built in
_CELL, _FIELD, _RESULT, _END = "\x07", "\x13", "\x14", "\x15"
_ENDS = frozenset("\r\x07\x0c\x0e")  # paragraph, cell, page or section, column
_SHOWN = {"\x0b": "\n", "\x1e": "-", "\xa0": " ", "\t": " "}


@dataclass(slots=True)
class _Table:
    """The rows of a table so far, and the texts of the row and cell that are open."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


def read_doc(data: bytes, name: str) -> Extracted:
    """Text of a binary Word file, a paragraph or a table's row a line; footnotes, endnotes and text
    boxes follow the text.

    :raises BulletinError: no such file, under a password, damaged, beyond a bound, without text.
    """
    try:
        document = WordBinary(data, name)
        numbered: list[int] = []
        pieces = list(_pieces(document, "text", numbered))
        for story in ("footnotes", "endnotes", "boxes"):
            pieces += _pieces(document, story, [])
    except (struct.error, IndexError, ValueError) as error:
        raise BulletinError(
            f"{name}: damaged, no Word document ({type(error).__name__}); open it in Word or WPS "
            "and save it as .docx (文件损坏，请用 Word 或 WPS 另存为 .docx)"
        ) from None
    if len(pieces) > MAX_PARAGRAPHS:
        raise BulletinError(
            f"{name}: {len(pieces):,} paragraphs, more than {MAX_PARAGRAPHS:,}; split the document "
            "(段落过多，请拆分)"
        )
    extracted = assemble(pieces)
    if not extracted.text:
        raise BulletinError(
            f"{name}: holds no text; if it holds pictures of pages, add those "
            "(文件没有文字，如是图片请添加图片)"
        )
    if not numbered:
        return extracted
    lost = Loss(
        f"{len(numbered)}段的自动编号未收入，请另存为 .docx",
        f"the automatic numbers of {len(numbered)} paragraphs are left out; save it as .docx",
    )
    return replace(extracted, losses=(lost,))


def _pieces(document: WordBinary, story: str, numbered: list[int]) -> Iterator[Piece]:
    """The paragraphs and tables of a story; `numbered` takes in those that have a number."""
    table = _Table()
    for n, (text, mark) in enumerate(_paragraphs(document.story(story))):
        properties = document.properties(mark)
        values = properties.values
        if values.get(IN_TABLE):
            if values.get(ROW_END):
                table.rows.append(tuple(table.row[:MAX_COLUMNS]))
                table.row = []
                continue
            table.cell.append(text.replace("\n", ""))
            if mark.char == _CELL:
                table.row.append(Cell("".join(table.cell)))
                table.cell = []
            continue
        yield from _rows(table)
        table = _Table()
        if values.get(NUMBERED) and text.strip():
            numbered.append(n)
        yield from (Piece(line, _kind(properties.style)) for line in text.split("\n"))
    yield from _rows(table)


def _paragraphs(chars: list[Char]) -> Iterator[tuple[str, Char]]:
    """Each paragraph's text and the mark that ends it; of fields what they show."""
    parts: list[str] = []
    fields: list[bool] = []  # of the open fields, whether their code is being read
    for one in chars:
        char = one.char
        if char == _FIELD:
            fields.append(True)
        elif char == _RESULT and fields:
            fields[-1] = False
        elif char == _END and fields:
            fields.pop()
        elif any(fields):
            continue
        elif char in _ENDS:
            yield _joined(parts), one
            parts = []
        elif char >= " " or char in _SHOWN:
            parts.append(_SHOWN.get(char, char))
    if parts:
        yield _joined(parts), chars[-1]


def _joined(parts: list[str]) -> str:
    """The text, pairs of surrogates made one character."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _rows(table: _Table) -> Iterator[Piece]:
    rows = [*table.rows, tuple(table.row)] if table.row else table.rows
    grid = even(rows)
    if grid and is_frame(grid):
        yield from (Piece(cell.text) for row in grid for cell in once(row))
    elif grid:
        yield from lines_of(grid)


def _kind(style: int) -> Kind | None:
    if style == TITLE:
        return Kind.TITLE
    return Kind.HEADING if style in HEADINGS else None
