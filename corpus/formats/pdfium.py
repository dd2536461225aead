"""PDF bytes to the characters on its pages, read with PDFium.

PDFium (pypdfium2, 9 MB installed) stands alone, where pdfplumber brings 27 MB with pdfminer and
cryptography beside it, and it is the engine of a browser, made for files from strangers.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Lock
from typing import Any

from corpus.errors import BulletinError
from corpus.formats.glyphs import Page
from corpus.formats.page_turn import Box, PageTurn, RawGlyph, quarters_of, turned
from corpus.formats.strong_type import is_strong

MAX_PAGES = 500  # a bulletin has tens; a yearbook is split by chapter
MAX_GLYPHS = 1_000_000  # characters; 500 full pages of print
MAX_PAGE_GLYPHS = 20_000  # characters of one page; a full newspaper page has some ten thousand
FEW_GLYPHS = 40  # characters; a page with fewer may be a picture that a program wrote upon
MOST_OF_PAGE = 0.6  # of a page's area, which the picture of a scanned page covers
MAX_RULES = 600  # lines drawn on one page; more are a drawing, not tables
RULE = 3.0  # points; a drawn line or box no thicker than this can be a table's rule
LIGHT = 160  # of 255; print of a colour that is lighter in all parts is faint
OPAQUE = 200  # of 255; print that lets more through is faint
_LOCK = Lock()  # PDFium may run in one thread at a time
_PASSWORD = "password"  # nosec B105 # what PDFium calls the error, no password


def read_pages(data: bytes, name: str, check_time: Callable[[], None]) -> list[Page]:
    """The pages of a PDF file; `check_time` is called after each and may raise.

    :raises BulletinError: no PDF, damaged, under a password, or beyond a bound of this module.
    """
    import pypdfium2

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except Exception as error:  # PdfiumError with a message, or what ctypes raises
            if _PASSWORD in str(error).lower():
                raise BulletinError(
                    f"{name}: under a password; save it without one (文件有密码，请去掉后另存)"
                ) from None
            raise BulletinError(
                f"{name}: damaged or cut short; save the PDF again (文件损坏，请重新保存)"
            ) from None
        try:
            return list(_pages(document, name, check_time))
        except BulletinError:
            raise
        except Exception as error:  # a page that cannot be loaded
            raise BulletinError(
                f"{name}: damaged ({type(error).__name__}); save the PDF again "
                "(文件损坏，请重新保存)"
            ) from None
        finally:
            document.close()


def _pages(document: Any, name: str, check_time: Callable[[], None]) -> Iterator[Page]:
    if len(document) > MAX_PAGES:
        raise BulletinError(
            f"{name}: {len(document):,} pages, more than {MAX_PAGES:,}; split the document "
            "(页数过多，请拆分)"
        )
    glyphs = 0
    for index in range(len(document)):
        page = document[index]
        read = _read(page, name)
        page.close()
        yield read
        glyphs += len(read.glyphs)
        check_time()
        if glyphs > MAX_GLYPHS:
            raise BulletinError(
                f"{name}: more than {MAX_GLYPHS:,} characters by page {index + 1}; "
                "split the document (文字过多，请拆分)"
            )


def _read(page: Any, name: str) -> Page:
    from pypdfium2 import raw

    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > MAX_PAGE_GLYPHS:
        raise BulletinError(
            f"{name}: a page of {count:,} characters, more than {MAX_PAGE_GLYPHS:,}; "
            "it is no page of print; export the document again (页面异常，请重新导出)"
        )
    glyphs = list(_glyphs(textpage, count))
    textpage.close()
    turn = PageTurn(page.get_size(), page.get_bbox(), page.get_rotation())
    read = turned(glyphs, list(_rules(page)), turn)
    if len(read.glyphs) >= FEW_GLYPHS:
        return read
    pictures = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,))
    if read.glyphs:  # a number or a stamp of the scanner's over the picture of a page
        pictures = (one for one in pictures if _covers(one.get_bounds(), page.get_size()))
    return replace(read, pictured=any(True for _ in pictures))


def _covers(box: Box, size: tuple[float, float]) -> bool:
    """Whether a picture makes up most of a page."""
    return (box[2] - box[0]) * (box[3] - box[1]) >= MOST_OF_PAGE * size[0] * size[1]


def _glyphs(textpage: Any, count: int) -> Iterator[RawGlyph]:
    """The characters that leave ink, in the order of the file."""
    from pypdfium2 import raw

    runs = _Runs(raw)
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for i in range(count):
        code = raw.FPDFText_GetUnicode(textpage, i)
        nameless = raw.FPDFText_HasUnicodeMapError(textpage, i) == 1 or not code
        known = not nameless and code <= 0x10FFFF and not 0xD800 <= code < 0xE000
        char = chr(code) if known else "\ufffd"
        if (char.isspace() and char != "　") or raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        raw.FPDFText_GetCharOrigin(textpage, i, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, i, box)
        raw.FPDFText_GetMatrix(textpage, i, matrix)
        size = raw.FPDFText_GetFontSize(textpage, i) * math.hypot(matrix.c, matrix.d)
        edges = (box.left, box.bottom, box.right, box.top)
        strong, light = runs.look(textpage, i)
        quarters = quarters_of(matrix.a, matrix.b)
        yield RawGlyph(char, x.value, y.value, edges, size, strong, light, quarters)


class _Runs:
    """How each run of text looks: whether it is strong, whether it is light."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.known: dict[int | None, tuple[bool, bool]] = {}

    def look(self, textpage: Any, index: int) -> tuple[bool, bool]:
        run = self.raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(run, ctypes.c_void_p).value
        if key not in self.known:
            self.known[key] = self._is_strong(run), self._is_light(run)
        return self.known[key]

    def _is_strong(self, run: Any) -> bool:
        font = self.raw.FPDFTextObj_GetFont(run)
        name = ctypes.create_string_buffer(128)
        self.raw.FPDFFont_GetBaseFontName(font, name, len(name))
        # A face without a bold cut is made bold by drawing its outlines too.
        mode = self.raw.FPDFTextObj_GetTextRenderMode(run)
        drawn = mode == self.raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        weight = self.raw.FPDFFont_GetWeight(font)
        return bool(drawn or is_strong(name.value.decode("utf-8", "replace"), weight))

    def _is_light(self, run: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self.raw.FPDFPageObj_GetFillColor(run, red, green, blue, alpha):
            return False
        return alpha.value < OPAQUE or min(red.value, green.value, blue.value) >= LIGHT


def _rules(page: Any) -> Iterator[Box]:
    """The boxes of the lines drawn on a page, in PDF points."""
    from pypdfium2 import raw

    found = 0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        if x1 - x0 <= RULE or y1 - y0 <= RULE:
            edges = [(x0, y0, x1, y1)]
        else:  # a box: Word and others draw cells as boxes
            edges = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        found += len(edges)
        if found > MAX_RULES:
            return
        yield from edges
