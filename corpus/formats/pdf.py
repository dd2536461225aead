"""PDF bytes to text: the text layer, a line for each paragraph."""

import time
import unicodedata

from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.encodings import NO_TEXT
from corpus.formats.glyphs import Page
from corpus.formats.pdfium import read_pages
from corpus.formats.printed import read_print

HEADER = b"%PDF-"
HEADER_WITHIN = 1024  # bytes; readers accept a header that stands no further in
MAX_SECONDS = 60  # looked at after each page; 500 full pages take about a third of it
MAX_UNREADABLE_SHARE = 0.2  # of characters without a name in Unicode; more make figures unsafe


def read_pdf(data: bytes, name: str) -> Extracted:
    """Text of a PDF file's text layer, a paragraph or a table's row a line.

    :raises BulletinError: no PDF, damaged, under a password, without a text layer, beyond a bound
        of pdfium.py (pages, characters), or not read within MAX_SECONDS.
    """
    if HEADER not in data[:HEADER_WITHIN]:
        raise BulletinError(
            f"{name}: no PDF file; give it the suffix of what it is (不是 PDF 文件，请改正扩展名)"
        )
    end = time.monotonic() + MAX_SECONDS

    def check_time() -> None:
        if time.monotonic() > end:
            raise BulletinError(
                f"{name}: not read within {MAX_SECONDS} seconds; split the document "
                "(读取超时，请拆分文件)"
            )

    pages = read_pages(data, name, check_time)
    _check_text(pages, name)
    extracted = read_print(pages, check_time)
    if not extracted.text:
        raise BulletinError(
            f"{name}: no text in the document; export it again (文件没有文字，请重新导出)"
        )
    return extracted


def _check_text(pages: list[Page], name: str) -> None:
    chars = [glyph.char for page in pages for glyph in page.glyphs]
    if not chars:
        raise BulletinError(
            f"{name}: image only, no text layer on any page; run OCR first "
            "(只有图像，请先做文字识别)"
        )
    odd = sum(c == "\ufffd" or unicodedata.category(c) in NO_TEXT for c in chars)
    if odd > MAX_UNREADABLE_SHARE * len(chars):
        raise BulletinError(
            f"{name}: {odd:,} of {len(chars):,} characters of the text layer cannot be "
            "read (fonts without a code table); run OCR first (字体缺少编码表，请先做文字识别)"
        )
