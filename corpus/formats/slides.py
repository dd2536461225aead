"""PPTX bytes to text: the shown slides of a presentation, each a page.

python-pptx (MIT, 3 MB, on lxml as python-docx is) knows which shapes are titles and how groups lie.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.bulletin import Kind, Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble
from corpus.formats.grid import Cell, Grid, even, once
from corpus.formats.packed import Package
from corpus.formats.table_lines import is_frame, lines_of

MAX_SLIDES = 500  # as pages of a PDF
MAX_DEPTH = 10  # groups in groups
MAX_SHAPES = 20_000  # of a presentation
PART = "ppt/presentation.xml"
MIDDLE = frozenset((1, 3))  # kinds of placeholders that are titles: TITLE, CENTER_TITLE


def read_pptx(data: bytes, name: str) -> Extracted:
    """Text of a presentation, a paragraph or a table's row a line, its pages the slides; notes of
    the speaker are left out.

    :raises BulletinError: no presentation, damaged, under a password, beyond a bound, without text.
    """
    if PART not in Package(data, name, "PowerPoint presentation"):
        raise BulletinError(
            f"{name}: a zip file but no presentation; save it as .pptx "
            "(不是 PowerPoint 文件，请另存为 .pptx)"
        )
    import pptx

    try:
        slides = list(pptx.Presentation(io.BytesIO(data)).slides)
        pages = [[] if _is_hidden(slide) else list(_slide(slide, n))
                 for n, slide in enumerate(slides[:MAX_SLIDES])]  # fmt: skip
    except Exception as error:  # python-pptx, lxml and zipfile raise what a broken part makes them
        raise BulletinError(
            f"{name}: damaged, no presentation ({type(error).__name__}); save it again "
            "(文件损坏，请重新保存)"
        ) from None
    if len(slides) > MAX_SLIDES:
        raise BulletinError(
            f"{name}: {len(slides):,} slides, more than {MAX_SLIDES:,}; split the presentation "
            "(页数过多，请拆分)"
        )
    parts = [assemble(pieces) for pieces in pages]
    extracted = assemble(piece for pieces in pages for piece in pieces)
    if not extracted.text:
        raise BulletinError(
            f"{name}: holds no text; if its slides are pictures, save them as PDF "
            "(没有文字，如是图片请另存为 PDF)"
        )
    starts, at = [], 0
    for part in parts:
        starts.append(min(at, len(extracted.text)))
        at += len(part.text) + 1 if part.text else 0
    return replace(extracted, pages=tuple(starts), losses=tuple(_losses(slides)))


def _slide(slide: Any, number: int) -> Iterator[Piece]:
    shapes = list(_shapes(slide.shapes, 0))[:MAX_SHAPES]
    shapes.sort(key=lambda shape: (not _is_title(shape), shape.top or 0, shape.left or 0))
    for shape in shapes:
        if shape.has_text_frame:
            lines = [p.text.replace("\v", "") for p in shape.text_frame.paragraphs]
            kind = (Kind.TITLE if number == 0 else Kind.HEADING) if _is_title(shape) else None
            yield from ([Piece("".join(lines), kind)] if kind else map(Piece, lines))
        elif getattr(shape, "has_table", False):
            grid = _grid(shape.table)
            if is_frame(grid):
                yield from (Piece(cell.text) for row in grid for cell in once(row))
            else:
                yield from lines_of(grid)


def _shapes(shapes: Any, depth: int) -> Iterator[Any]:
    """The shapes, those in groups too."""
    for shape in shapes:
        inside = getattr(shape, "shapes", None)
        if inside is None:
            yield shape
        elif depth < MAX_DEPTH:
            yield from _shapes(inside, depth + 1)


def _is_title(shape: Any) -> bool:
    return bool(shape.is_placeholder and int(shape.placeholder_format.type or 0) in MIDDLE)


def _grid(table: Any) -> Grid:
    """The cells of a table, merged ones in every place that they cover."""
    known: dict[tuple[int, int], Cell] = {}
    rows = []
    for y, row in enumerate(table.rows):
        line = []
        for x, cell in enumerate(row.cells):
            if (y, x) not in known:
                own = Cell("".join(cell.text.split("\n")), head=y == 0 and table.first_row)
                high, wide = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                known |= {(y + dy, x + dx): own for dy in range(high) for dx in range(wide)}
            line.append(known[y, x])
        rows.append(line)
    return even(rows)


def _is_hidden(slide: Any) -> bool:
    return slide.element.get("show") in ("0", "false")


def _losses(slides: list[Any]) -> Iterator[Loss]:
    if hidden := [n for n, slide in enumerate(slides, 1) if _is_hidden(slide)]:
        told = "、".join(map(str, hidden))
        yield Loss(f"隐藏的幻灯片未收入：第{told}页", f"hidden slides left out: {told}")
    bare = [n for n, slide in enumerate(slides, 1) if not _is_hidden(slide) and _is_picture(slide)]
    if bare:
        told = "、".join(map(str, bare))
        yield Loss(f"第{told}页是图像，没有文字，未收入", f"slides {told}: pictures without text")


def _is_picture(slide: Any) -> bool:
    shapes = list(_shapes(slide.shapes, 0))
    texts = any(shape.has_text_frame and shape.text_frame.text.strip() for shape in shapes)
    tables = any(getattr(shape, "has_table", False) for shape in shapes)
    return bool(shapes) and not texts and not tables
