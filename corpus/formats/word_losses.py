"""What a Word document shows and its text does not hold: pictures, charts, files inside it,
comments, formulas that are drawn, signs of fonts of signs.
"""

from collections.abc import Iterator
from typing import Any

from corpus.bulletin import Loss
from corpus.formats.word_final import Settled
from corpus.formats.word_text import W

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_VML = "{urn:schemas-microsoft-com:vml}"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
SMALL = 360_000  # English Metric Units, a centimetre; a lower or narrower picture shows no text


def word_losses(body: Any, settled: Settled, comments: int) -> Iterator[Loss]:
    """What is told of a document's settled body: how many of each are left out."""
    drawings = list(body.iter(f"{W}drawing"))
    pictures = sum(_is_picture(one) for one in drawings)
    pictures += sum(map(_shows, body.iter(f"{W}pict")))
    if pictures:
        yield Loss(
            f"{pictures}幅图片未收入，其中如有文字请对照原件",
            f"{pictures} picture{'s' * (pictures > 1)} left out; see the original for text in them",
        )
    charts = sum(one.find(f".//{_DRAWING}chart}}chart") is not None for one in drawings)
    charts += sum(one.find(f".//{_DRAWING}diagram}}relIds") is not None for one in drawings)
    if charts:
        yield Loss(f"{charts}个图表未收入", f"{charts} chart{'s' * (charts > 1)} left out")
    if inside := sum(1 for _ in body.iter(f"{W}object")):
        yield Loss(
            f"{inside}个嵌入对象（表格、公式或文件）未收入",
            f"{inside} embedded object{'s' * (inside > 1)} (sheets, formulas, files) left out",
        )
    yield from _settled_losses(settled, comments)


def _settled_losses(settled: Settled, comments: int) -> Iterator[Loss]:
    if comments:
        yield Loss(f"{comments}条批注未收入", f"{comments} comment{'s' * (comments > 1)} left out")
    if one := settled.formulas:
        yield Loss(
            f"{one}个公式域未收入，请对照原件",
            f"{one} formula field{'s' * (one > 1)} left out; see the original",
        )
    if one := settled.signs:
        yield Loss(
            f"{one}个特殊字体的符号未收入，请对照原件",
            f"{one} sign{'s' * (one > 1)} of fonts of signs left out; see the original",
        )


def _is_picture(drawing: Any) -> bool:
    if drawing.find(f".//{_DRAWING}picture}}pic") is None:
        return False
    extent = drawing.find(f".//{_EXTENT}")
    sides = [] if extent is None else [extent.get(name, "") for name in ("cx", "cy")]
    return not any(side.isdecimal() and int(side) < SMALL for side in sides)


def _shows(picture: Any) -> bool:
    """Whether an old form's picture shows one, outside the objects that are counted apart."""
    within = any(parent.tag == f"{W}object" for parent in picture.iterancestors())
    return not within and picture.find(f".//{_VML}imagedata") is not None
