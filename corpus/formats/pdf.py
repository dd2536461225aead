"""PDF bytes to text: the text layer, or what recognition reads, a line for each paragraph."""

import unicodedata
from collections.abc import Sequence

from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.encodings import NO_TEXT
from corpus.formats.glyphs import Glyph, Page
from corpus.formats.pdfium import read_pages
from corpus.formats.print_losses import NAMELESS
from corpus.formats.printed import read_print
from corpus.formats.recognition import ENGINE, MEND, can_recognise, recognise
from corpus.formats.scan_types import Scan
from corpus.formats.scanned import as_pages, with_scans
from corpus.formats.time_limit import time_limit

HEADER = b"%PDF-"
HEADER_WITHIN = 1024  # bytes; readers accept a header that stands no further in
MAX_SECONDS = 60  # looked at after each page; 500 full pages take about a third of it
MAX_UNREADABLE_SHARE = 0.2  # of characters without a name in Unicode; more make figures unsafe


def read_pdf(data: bytes, name: str, *, recognising: bool = True) -> Extracted:
    """Text of a PDF file, a paragraph or a table's row a line: its text layer, and what recognition
    reads of pages that are pictures or whose layer cannot be read. Without `recognising` these
    pages are left to whoever reads the file in earnest.

    :raises BulletinError: no PDF, damaged, under a password, without text, beyond a bound of
        pdfium.py (pages, characters) or recognition.py, or not read within MAX_SECONDS.
    """
    if HEADER not in data[:HEADER_WITHIN]:
        raise BulletinError(
            f"{name}: no PDF file; give it the suffix of what it is (不是 PDF 文件，请改正扩展名)"
        )
    pages = read_pages(data, name, time_limit(name, MAX_SECONDS))
    unread = _unread(pages) if can_recognise() else {}
    scans: dict[int, Scan] = {}
    if unread and recognising:
        scans = dict(zip(unread, recognise(data, "pdf", list(unread), name), strict=True))
        for index, page in zip(scans, as_pages(list(scans.values())), strict=True):
            pages[index] = page
    if recognising or not unread:
        _check_text(pages, name, tried=bool(scans))
    extracted = read_print(pages, time_limit(name, MAX_SECONDS))
    if not extracted.text and (recognising or not unread):
        raise BulletinError(
            f"{name}: no text in the document; export it again (文件没有文字，请重新导出)"
        )
    return with_scans(extracted, scans, ENGINE, unread) if scans else extracted


def _unread(pages: list[Page]) -> dict[int, str]:
    """The indexes of pages that only recognition can read, and why where it is no picture."""
    found = {}
    for index, page in enumerate(pages):
        if page.pictured:
            found[index] = ""
        elif _odd(page.glyphs) > MAX_UNREADABLE_SHARE * len(page.glyphs):
            found[index] = "（文字层缺少编码表）"
    return found


def _odd(glyphs: Sequence[Glyph]) -> int:
    """How many characters have no name in Unicode."""
    return sum(g.char == NAMELESS or unicodedata.category(g.char) in NO_TEXT for g in glyphs)


def _check_text(pages: list[Page], name: str, *, tried: bool) -> None:
    glyphs = [glyph for page in pages for glyph in page.glyphs]
    if not glyphs:
        raise BulletinError(
            f"{name}: image only, no text found on any page; scan it anew (没有认出文字)"
            if tried
            else f"{name}: image only, no text layer on any page; run OCR first or {MEND}"
        )
    odd = _odd(glyphs)
    if odd > MAX_UNREADABLE_SHARE * len(glyphs):
        raise BulletinError(
            f"{name}: {odd:,} of {len(glyphs):,} characters of the text layer cannot be read "
            f"(fonts without a code table); run OCR first or {MEND}"
        )
