"""A report as a Word file in the style of official papers: raised numbers lead to footnotes, tables
are as wide as what stands in them.
"""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui.views.docx_notes import add_notes, refer
from ui.views.report import Cell, Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# As the national standard for official papers (GB/T 9704) and the habit of offices set them: the
# title in 小标宋 of 二号, headings in 黑体, text in 仿宋 of 三号, 28.95 points from line to
# line, an indent of two characters. Where a font is missing Word takes another.
BODY_FONT, HEAD_FONT, TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"
BODY_POINTS, TITLE_POINTS, TABLE_POINTS = 16, 22, 14
LINE_POINTS = 28.95
INDENT_POINTS = 2 * BODY_POINTS
MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
PAGE_MM = (210, 297)
TEXT_MM = PAGE_MM[0] - MARGINS_MM["left_margin"] - MARGINS_MM["right_margin"]
LEAST_SHARE = 0.18  # of a table's width that a column gets, however little stands in it
# What XML 1.0 cannot hold (section 2.2), which a damaged source may.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_docx(report: Report, title: str, made: str) -> bytes:
    """The file's bytes; `title` stands above, `made` (a date in words) below it."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    _set_page(document)
    _set_fonts(document)
    document.core_properties.title = _sound(title)
    document.core_properties.author = ""
    document.add_heading(_sound(title), level=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    dated = document.add_paragraph(_sound(made))
    dated.alignment = WD_ALIGN_PARAGRAPH.CENTER
    dated.paragraph_format.first_line_indent = 0
    noted: set[int] = set()  # sources that have their footnote
    for section in report.sections:
        document.add_heading(_sound(section.question), level=1)
        rows: list[tuple[Cell, ...]] = []
        for cells in section.lines:
            if len(cells) == 1:
                _add_table(document, rows, noted)
                rows = []
                _write(document.add_paragraph(), cells[0], noted)
            else:
                rows.append(cells)
        _add_table(document, rows, noted)
        for note in section.notes:
            document.add_paragraph(_sound(f"注：{note}"), style="Intense Quote")
    add_notes(document, [_sound(label) for label in report.sources], BODY_FONT)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: "Document", rows: Sequence[tuple[Cell, ...]], noted: set[int]) -> None:
    """A table of the rows, the first one its head; nothing without rows."""
    from docx.shared import Mm, Pt

    if not rows:
        return
    widths = _widths(rows)
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for number, cells in enumerate(rows):
        for place, cell, width in zip(table.add_row().cells, cells, widths, strict=True):
            place.width = Mm(width)
            paragraph = place.paragraphs[0]
            paragraph.paragraph_format.first_line_indent = 0
            _write(paragraph, cell, noted)
            for run in paragraph.runs:
                run.font.size = Pt(TABLE_POINTS)
                run.font.bold = number == 0


def _widths(rows: Sequence[tuple[Cell, ...]]) -> list[float]:
    """Millimetres of each column: shares of its longest cell, none too narrow to read."""
    longest = [max(map(_length, column)) for column in zip(*rows, strict=True)]
    shares = [max(one / (sum(longest) or 1), LEAST_SHARE) for one in longest]
    return [TEXT_MM * share / sum(shares) for share in shares]


def _length(cell: Cell) -> int:
    return sum(len(piece) for piece in cell if isinstance(piece, str))


def _write(paragraph: "Paragraph", cell: Cell, noted: set[int]) -> None:
    """The words of a cell. Where a source is named first its footnote is; where it is named again,
    the footnote's number.
    """
    for piece in cell:
        if not isinstance(piece, int):
            paragraph.add_run(_sound(piece))
        elif piece in noted:
            paragraph.add_run(str(piece)).font.superscript = True
        else:
            noted.add(piece)
            refer(paragraph, piece)


def _set_page(document: "Document") -> None:
    """A4 with the margins of official papers."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    for name, width in MARGINS_MM.items():
        setattr(section, name, Mm(width))


def _set_fonts(document: "Document") -> None:
    """Fonts by name: Word takes those of Chinese from an attribute that python-docx leaves out."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    looks = {
        "Normal": (BODY_FONT, BODY_POINTS),
        "Title": (TITLE_FONT, TITLE_POINTS),
        "Heading 1": (HEAD_FONT, BODY_POINTS),
        "Intense Quote": (BODY_FONT, TABLE_POINTS),
    }
    for name, (font, points) in looks.items():
        style: Any = document.styles[name]
        style.font.name = font
        style.font.size = Pt(points)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
        for themed in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(themed), None)  # a theme's font would win over the name
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(LINE_POINTS)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.first_line_indent = Pt(INDENT_POINTS)
    title: Any = document.styles["Title"]
    title.font.bold = False
    title.paragraph_format.first_line_indent = Pt(0)
    title.paragraph_format.line_spacing = Pt(TITLE_POINTS * 1.6)


def _sound(text: str) -> str:
    """Text that XML can hold; what it cannot becomes the replacement character."""
    return _FORBIDDEN.sub("\ufffd", text)
