"""A page of a PDF as a picture, the lines of a quote boxed; drawn in a process of its own.

PDFium draws what strangers have made: a page that never ends, or one that brings it down, ends a
process that nobody else needs.
"""

import ctypes
import io
import subprocess  # nosec B404 # this interpreter with our own words
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import BulletinError, CallError
from corpus.text.quotes import comparable

DOTS = 110  # of the picture in an inch: small print is read, a page stays below half a megabyte
MAX_PIXELS = 6_000_000  # a poster is drawn smaller
SECONDS, MEMORY = 30.0, 2**30
LEAST_CHARS = 6  # of a quote's beginning that must stand on a page where the next one goes on
BOX, BOX_PIXELS, BOX_SPACE = (163, 38, 42), 2, 3
_NO = 3  # exit status where there is no such page

Edges = tuple[float, float, float, float]  # left, bottom, right, top in points of the page


def page_picture(data: bytes, page: int, quote: str) -> bytes:
    """PNG of a page of a PDF, counted from 1, with the lines boxed that hold the quote.

    :raises CallError: the document has no such page.
    :raises BulletinError: it cannot be drawn within the bounds of this module.
    """
    root = str(Path(__file__).resolve().parents[2])  # where `corpus` is found, whatever the cwd
    code = f"import sys; sys.path.insert(0, {root!r}); "
    code += "from corpus.formats.page_picture import draw; draw(*sys.argv[1:])"
    wanted = comparable(quote)
    command = [sys.executable, "-X", "utf8", "-c", code, str(page), wanted]
    try:
        done = subprocess.run(  # nosec B603
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise BulletinError(
            f"page {page} is not drawn within {SECONDS:.0f} seconds; open the file itself "
            "(此页绘制超时，请打开原件)"
        ) from None
    if done.returncode == _NO:
        raise CallError(f"the document has no page {page} (没有第{page}页)")
    if done.returncode:
        raise BulletinError(f"page {page} cannot be drawn; open the file itself (请打开原件)")
    return done.stdout


def draw(page: str, wanted: str) -> None:
    """Draw a page of the PDF on standard input to standard output, in this process, which is made
    for it.
    """
    if sys.platform == "linux":  # elsewhere the bound is not kept or not there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if not 1 <= int(page) <= len(document):
        sys.exit(_NO)
    sys.stdout.buffer.write(_drawn(document[int(page) - 1], wanted))


def _drawn(page: Any, wanted: str) -> bytes:
    from PIL import ImageDraw

    width, height = page.get_size()
    scale = min(DOTS / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale)
    convert = bitmap.get_posconv(page)
    picture = bitmap.to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for left, bottom, right, top in _lines(_quoted(page, wanted)):
        (x0, y0), (x1, y1) = convert.to_bitmap(left, top), convert.to_bitmap(right, bottom)
        corners = (min(x0, x1) - BOX_SPACE, min(y0, y1), max(x0, x1) + BOX_SPACE, max(y0, y1))
        pen.rectangle(corners, outline=BOX, width=BOX_PIXELS)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _quoted(page: Any, wanted: str) -> list[Edges]:
    """The boxes of the characters that make the quote, or as much of its beginning or end as stands
    on the page.
    """
    from pypdfium2 import raw

    textpage = page.get_textpage()
    text, places = "", []
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        plain = comparable(chr(code)) if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""
        text += plain
        places += [i] * len(plain)
    start, end = span_of(wanted, text)
    return [_box(raw, textpage, i) for i in dict.fromkeys(places[start:end])]


def span_of(wanted: str, text: str) -> tuple[int, int]:
    """Where a quote stands in the text of a page; where only its beginning closes the page, or its
    end opens it, where that stands; an empty span where it does not.

    >>> span_of("建成老年食堂", "全市建成老年食堂五十二个"), span_of("没有", "全市")
    ((2, 8), (0, 0))
    """
    if not wanted:
        return 0, 0
    if (at := text.find(wanted)) >= 0:
        return at, at + len(wanted)
    for length in range(len(wanted) - 1, LEAST_CHARS - 1, -1):
        if (at := text.rfind(wanted[:length])) >= 0:
            return at, at + length
        if (at := text.find(wanted[-length:])) >= 0:
            return at, at + length
    return 0, 0


def _box(raw: Any, textpage: Any, index: int) -> Edges:
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _lines(boxes: Sequence[Edges]) -> Iterator[Edges]:
    """The characters' boxes joined to those of the lines that they stand in."""
    line: Edges | None = None
    for box in boxes:
        if line is not None and min(line[3], box[3]) - max(line[1], box[1]) > 0:
            line = (min(line[0], box[0]), min(line[1], box[1]),
                    max(line[2], box[2]), max(line[3], box[3]))  # fmt: skip
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line
