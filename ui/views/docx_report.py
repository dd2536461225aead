"""A report as a Word file: answers with raised numbers, tables, the sources as numbered notes."""

import io
import re
from typing import TYPE_CHECKING, Any

from ui.views.report import Cell, Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

BODY_FONT, HEAD_FONT = "仿宋", "黑体"  # as official papers are set
BODY_POINTS = 14
# What XML 1.0 cannot hold (section 2.2), which a damaged source may.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_docx(report: Report, title: str, made: str) -> bytes:
    """The file's bytes; `title` stands above, `made` (a date in words) below it."""
    import docx

    document = docx.Document()
    _set_fonts(document)
    document.core_properties.title = _sound(title)
    document.core_properties.author = ""
    document.add_heading(_sound(title), level=0)
    document.add_paragraph(_sound(made))
    for section in report.sections:
        document.add_heading(_sound(section.question), level=1)
        table: Any = None
        for cells in section.lines:
            if len(cells) == 1:
                table = None
                _write(document.add_paragraph(), cells[0])
                continue
            if table is None:
                table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
            for place, cell in zip(table.add_row().cells, cells, strict=True):
                _write(place.paragraphs[0], cell)
        for note in section.notes:
            document.add_paragraph(_sound(f"注：{note}"), style="Intense Quote")
    if report.sources:
        document.add_heading("资料来源", level=1)
        for number, label in enumerate(report.sources, start=1):
            document.add_paragraph(_sound(f"[{number}] {label}"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(paragraph: "Paragraph", cell: Cell) -> None:
    for piece in cell:
        if isinstance(piece, int):
            paragraph.add_run(f"[{piece}]").font.superscript = True
        else:
            paragraph.add_run(_sound(piece))


def _set_fonts(document: "Document") -> None:
    """Fonts by name: Word takes those of Chinese from an attribute that python-docx leaves out."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    fonts = {"Normal": BODY_FONT, "Title": HEAD_FONT, "Heading 1": HEAD_FONT}
    for name, font in fonts.items():
        style: Any = document.styles[name]
        style.font.name = font
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(BODY_POINTS)


def _sound(text: str) -> str:
    """Text that XML can hold; what it cannot becomes the replacement character."""
    return _FORBIDDEN.sub("\ufffd", text)
