"""The same document in every format that a test can write: a title and paragraphs."""

import html
import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage

import docx
import ofd_files
import prints
from openpyxl import Workbook
from pptx import Presentation

PER_PAGE = 34  # rows of print on a page

Writer = Callable[[str, Sequence[str]], bytes]


def as_txt(title: str, paragraphs: Sequence[str]) -> bytes:
    return "\n".join([title, *paragraphs]).encode()


def as_pdf(title: str, paragraphs: Sequence[str]) -> bytes:
    """Rows of 40 characters, paragraphs going on over the pages."""
    rows = [(120, 60, 18, "F2", title), *prints.rows(list(paragraphs), 40)]
    pages = [rows[n : n + PER_PAGE] for n in range(0, len(rows), PER_PAGE)]
    placed = [
        [(x, 80 + prints.PITCH * n if page or n else y, size, font, text)
         for n, (x, y, size, font, text) in enumerate(rows)]
        for page, rows in enumerate(pages)
    ]  # fmt: skip
    return prints.pdf(*placed)


def as_ofd(title: str, paragraphs: Sequence[str]) -> bytes:
    rows = [(50.0, 30.0, 7.0, 2, title), *ofd_files.rows(list(paragraphs))]
    pages = [rows[n : n + PER_PAGE] for n in range(0, len(rows), PER_PAGE)]
    placed = [
        [(x, 45 + ofd_files.PITCH * n if page or n else y, size, font, text)
         for n, (x, y, size, font, text) in enumerate(rows)]
        for page, rows in enumerate(pages)
    ]  # fmt: skip
    return ofd_files.ofd(*placed)


def as_docx(title: str, paragraphs: Sequence[str]) -> bytes:
    made = docx.Document()
    made.add_heading(title, 0)
    for text in paragraphs:
        made.add_paragraph(text)
    return _saved(made)


def as_rtf(title: str, paragraphs: Sequence[str]) -> bytes:
    lines = [title, *paragraphs]
    body = "".join(
        r"\pard "
        + "".join(rf"\u{ord(char)}?" if ord(char) > 127 else char for char in line)
        + r"\par "
        for line in lines
    )
    return (r"{\rtf1\ansi\ansicpg936 " + body + "}").encode("ascii")


def as_pptx(title: str, paragraphs: Sequence[str]) -> bytes:
    """A few paragraphs a slide."""
    made = Presentation()
    for start in range(0, len(paragraphs), 4):
        slide = made.slides.add_slide(made.slide_layouts[1 if start == 0 else 6])
        if start == 0:
            slide.shapes.title.text = title
        frame = (slide.placeholders[1] if start == 0
                 else slide.shapes.add_textbox(0, 0, 9_000_000, 6_000_000)).text_frame  # fmt: skip
        frame.text = "\n".join(paragraphs[start : start + 4])
    return _saved(made)


def as_xlsx(title: str, paragraphs: Sequence[str]) -> bytes:
    """A paragraph a row, as offices keep lists of work."""
    book = Workbook()
    for text in (title, *paragraphs):
        book.active.append([text])
    return _saved(book)


def as_csv(title: str, paragraphs: Sequence[str]) -> bytes:
    return "\r\n".join(f'"{text}"' for text in (title, *paragraphs)).encode("gb18030")


def as_html(title: str, paragraphs: Sequence[str]) -> bytes:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return f"<html><body><h1>{title}</h1>{body}</body></html>".encode()


def as_eml(title: str, paragraphs: Sequence[str]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = title, "office@example.com"
    message.set_content("\n\n".join(paragraphs))
    return message.as_bytes()


def as_zip(title: str, paragraphs: Sequence[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("简报.docx", as_docx(title, paragraphs))
    return file.getvalue()


def _saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined] # of python-docx, python-pptx and openpyxl
    return file.getvalue()


WRITERS: dict[str, Writer] = {
    "txt": as_txt, "pdf": as_pdf, "ofd": as_ofd, "docx": as_docx, "rtf": as_rtf, "pptx": as_pptx,
    "xlsx": as_xlsx, "csv": as_csv, "html": as_html, "eml": as_eml, "zip": as_zip,
}  # fmt: skip
