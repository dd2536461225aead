"""PDF bytes to the characters on its pages, read with PDFium.

PDFium (pypdfium2, 9 MB installed) stands alone, where pdfplumber brings 27 MB with pdfminer and
cryptography beside it, and it is the engine of a browser, made for files from strangers.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

from corpus.errors import BulletinError
from corpus.formats.glyphs import Glyph, Page, Rule

MAX_PAGES = 500  # a bulletin has tens; a yearbook is split by chapter
MAX_GLYPHS = 1_000_000  # characters; 500 full pages of print
MAX_PAGE_GLYPHS = 20_000  # characters of one page; a full newspaper page has some ten thousand
MAX_SIDE = 14_400  # points; no page is larger by the standard
MAX_RULES = 600  # lines drawn on one page; more are a drawing, not tables
RULE = 3.0  # points; a drawn line or box no thicker than this can be a table's rule
BOLD_WEIGHT = 600  # from this font weight on, type is bold
_STRONG = re.compile(r"bold|black|heavy|hei|黑|xiaobiaosong|小标宋", re.IGNORECASE)
MAX_EMS = 2  # of a character's width; damaged fonts state more
MAX_SLOPE = 0.1  # of a row of text; watermarks run across the page
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
    turn = _Turn(page)
    fonts = _Fonts(raw)
    glyphs: list[Glyph] = []
    unmapped = 0
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for i in range(count):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if raw.FPDFText_HasUnicodeMapError(textpage, i) == 1 or not code:
            unmapped += 1
            continue
        char = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        if (char.isspace() and char != "　") or raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        raw.FPDFText_GetCharOrigin(textpage, i, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, i, box)
        raw.FPDFText_GetMatrix(textpage, i, matrix)
        if not turn.is_upright(matrix):
            continue  # a stamp or a watermark across the page
        size = raw.FPDFText_GetFontSize(textpage, i) * math.hypot(matrix.c, matrix.d)
        x0, _, x1, _ = turn.box(box.left, box.bottom, box.right, box.top)
        _, baseline, _, _ = turn.box(x.value, y.value, x.value, y.value)
        if 0 <= x0 < turn.width and 0 < baseline <= turn.height and 0 < size < turn.height:
            x1 = max(x0, min(x1, x0 + MAX_EMS * size))
            glyphs.append(Glyph(char, x0, x1, baseline, size, fonts.is_strong(textpage, i)))
    textpage.close()
    return Page(turn.width, turn.height, tuple(glyphs), tuple(_rules(page, turn)), unmapped)


class _Turn:
    """From PDF coordinates (lower left) to what the reader sees (upper left), pages turned too."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = (min(side, MAX_SIDE) for side in page.get_size())
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.quarters = page.get_rotation() // 90

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = self._point(x0, y0), self._point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarters]

    def is_upright(self, matrix: Any) -> bool:
        along = ((matrix.a, matrix.b), (matrix.b, -matrix.a), (-matrix.a, -matrix.b),
                 (-matrix.b, matrix.a))[self.quarters]  # fmt: skip
        return bool(along[0] > 0 and abs(along[1]) < MAX_SLOPE * along[0])


class _Fonts:
    """Which type is strong; asked once for each run of text."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.known: dict[int | None, bool] = {}

    def is_strong(self, textpage: Any, index: int) -> bool:
        run = self.raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(run, ctypes.c_void_p).value
        if key not in self.known:
            self.known[key] = self._ask(run)
        return self.known[key]

    def _ask(self, run: Any) -> bool:
        font = self.raw.FPDFTextObj_GetFont(run)
        name = ctypes.create_string_buffer(128)
        self.raw.FPDFFont_GetBaseFontName(font, name, len(name))
        # A face without a bold cut is made bold by drawing its outlines too.
        mode = self.raw.FPDFTextObj_GetTextRenderMode(run)
        drawn = mode == self.raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        heavy = self.raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
        return bool(drawn or heavy or _STRONG.search(name.value.decode("utf-8", "replace")))


def _rules(page: Any, turn: _Turn) -> Iterator[Rule]:
    from pypdfium2 import raw

    found = 0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3):
        x0, y0, x1, y1 = turn.box(*item.get_bounds())
        if x1 - x0 <= RULE or y1 - y0 <= RULE:
            edges = [Rule(x0, y0, x1, y1)]
        else:  # a box: Word and others draw cells as boxes
            edges = [
                Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1),
                Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1),
            ]  # fmt: skip
        found += len(edges)
        if found > MAX_RULES:
            return
        yield from edges
