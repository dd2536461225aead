"""Rows of print to lines of text: one for each paragraph, told by margins, indents and type."""

from dataclasses import dataclass, field, replace

from corpus.bulletin import Kind
from corpus.extracted import Extracted
from corpus.formats.print_notes import with_notes
from corpus.formats.print_rows import PrintRow, join
from corpus.formats.print_style import PrintStyle, are_same_size, measure
from corpus.layout import imprint, line_kinds

INDENT = 0.8  # em; a row that begins further in opens a paragraph
ASIDE = 4.5  # em; a row that begins further in is centred or set to the right: no running text
TITLE_GAP = 2.2  # times its size; rows of one title follow each other as near as that
PARAGRAPH_GAP = 1.3  # times the usual distance of rows, between paragraphs without indents
TORN = 0.4  # of a column's width that a row in mid-sentence may lack and yet go on


@dataclass(slots=True)
class _Line:
    """A line of text as it grows: its rows, and what they say joined piece by piece."""

    rows: list[PrintRow]
    parts: list[str]
    kind: Kind | None = None
    joins: bool = False

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Lines:
    """The lines so far, and the last one of running text."""

    all: list[_Line] = field(default_factory=list)
    open: _Line | None = None

    def add(self, row: PrintRow, style: PrintStyle) -> tuple[int, int]:
        """Put a row into the text; index of its line, and of its part of the line."""
        goes_on = self.open is not None and row.kind is None
        goes_on = goes_on and _goes_on(self.open.rows[-1], row, style)  # type: ignore[union-attr]
        if goes_on and self.all[-1] is self.open:
            self.open.parts.append(join(self.open.parts[-1], row.text))
            self.open.rows.append(row)
            return len(self.all) - 1, len(self.open.parts) - 1
        line = _Line([row], [row.text], row.kind, goes_on)
        self.all.append(line)
        if row.kind is None:
            self.open = line
        return len(self.all) - 1, 0


def to_text(pages: list[list[PrintRow]]) -> Extracted:
    """The text of all pages; rows with a kind (furniture, tables) are lines of their own."""
    style, pages = measure([_with_captions(rows) for rows in pages])
    pages = with_notes(pages, style.size)
    lines = _Lines()
    starts = []
    for rows in pages:
        places = [lines.add(row, style) for row in rows]
        starts.append(places[0] if places else (len(lines.all), 0))
    _name(lines.all, style)
    return _assemble(lines.all, starts)


def _with_captions(rows: list[PrintRow]) -> list[PrintRow]:
    """The rows with the short one right above a table as its caption, if its type is its own."""
    result = list(rows)
    for i in range(len(rows) - 1):
        row, below = rows[i], rows[i + 1]
        if (
            row.kind is None
            and below.kind in (Kind.CAPTION, Kind.TABLE)
            and line_kinds.is_heading(row.text)
        ):
            before = rows[i - 1] if i else None
            own = before is None or before.kind or _type(before) != _type(row)
            if own and are_same_size(row.size, below.size):
                result[i] = replace(row, kind=Kind.CAPTION)
    return result


def _type(row: PrintRow) -> tuple[float, bool]:
    return row.size, row.strong


def _goes_on(last: PrintRow, row: PrintRow, style: PrintStyle) -> bool:
    """Whether a row goes on in the paragraph of the one before it, on any page or column."""
    if not are_same_size(last.size, row.size):
        return False
    follows = (last.column, last.columns) == (row.column, row.columns) and last.y < row.y
    if style.is_large(last) and style.is_large(row):
        if _is_of_cover(last.text) and _is_of_cover(row.text):
            return False  # organs and a date under each other
        near = follows and row.y - last.y <= TITLE_GAP * row.size
        return near and last.strong == row.strong and not row.text.startswith(("—", "―", "─"))
    if last.x0 - last.left > ASIDE * last.size or row.x0 - row.left > INDENT * row.size:
        return False
    if last.right - last.x1 > _room(last, row, style):
        return False
    if last.strong and not row.strong and line_kinds.has_heading_mark(last.text):
        return False
    apart = follows and row.y - last.y > PARAGRAPH_GAP * style.pitch
    return style.indents or not apart


def _room(last: PrintRow, row: PrintRow, style: PrintStyle) -> float:
    """Points that a full row may lack: the head of the next one had no place there. Where
    paragraphs are indented, a row that stops in mid-sentence may lack more, as typesetters keep
    together what they like.
    """
    torn = style.indents and not line_kinds.may_end_paragraph(last.text)
    return max(row.first + last.size, TORN * (last.right - last.left) if torn else 0)


def _name(lines: list[_Line], style: PrintStyle) -> None:
    """Give titles and headings their kind by their type."""
    title = _title_size(lines, style)
    for line in lines:
        row = line.rows[0]
        if line.kind is not None or line.joins or imprint.is_masthead(line.text):
            continue
        if title and are_same_size(row.size, title) and _may_be_title(line.text):
            line.kind = Kind.TITLE
        elif _is_of_cover(line.text):
            continue
        elif (style.is_large(row) or row.strong > style.strong) and line_kinds.is_heading(
            line.text
        ):
            line.kind = Kind.HEADING


def _is_of_cover(text: str) -> bool:
    """Whether a line in large type tells who wrote the text, or when: the layout knows."""
    return imprint.is_organ(text) or imprint.is_date_line(text) or imprint.is_month_line(text)


def _title_size(lines: list[_Line], style: PrintStyle) -> float | None:
    """Size of the largest type above the first running text, mastheads aside."""
    sizes = []
    for line in lines:
        if line.kind is not None or imprint.is_masthead(line.text):
            continue
        if style.is_large(line.rows[0]):
            sizes += [line.rows[0].size] if _may_be_title(line.text) else []
        elif line_kinds.ends_sentence(line.text):
            break
    return max(sizes, default=None)


def _may_be_title(text: str) -> bool:
    return len(text) <= line_kinds.TITLE and not line_kinds.ends_sentence(text)


def _assemble(lines: list[_Line], starts: list[tuple[int, int]]) -> Extracted:
    """The lines as text; `starts` are line and part that each page begins with."""
    offsets = []
    position = 0
    for line in lines:
        offsets.append(position)
        position += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    pages = [
        offsets[line] + len("".join(lines[line].parts[:part])) if line < len(lines) else len(text)
        for line, part in starts
    ]
    placed = list(zip(offsets, lines, strict=True))
    return Extracted(
        text=text,
        pages=tuple(pages),
        kinds={offset: line.kind for offset, line in placed if line.kind},
        joins=frozenset(offset for offset, line in placed if line.joins),
        readings={offset: reading for offset, line in placed if (reading := line.rows[0].reading)},
        values={offset: line.rows[0].values for offset, line in placed if line.rows[0].reading},
        whole=True,
    )
