"""Figures that recognition may have misread: doubted like those that lost their points."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.bulletin import Doubt, Figure, Unit
from corpus.extracted import Extracted
from corpus.text.reading_text import narrow

MISREAD = "识别存疑"  # what the reason of such a doubt begins with
WHY = f"{MISREAD}：文字识别对此数把握不足，请对照原件"
_POINT_LOST = "缺失小数点"
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def mark_recognised(extracted: Extracted, units: Sequence[Unit]) -> list[Unit]:
    """The units, those in recognised parts of the file marked as such and their unsure figures
    doubted. What arithmetic proves of a figure stays.
    """
    if not extracted.recognised:
        return list(units)
    return [_marked(extracted, unit) for unit in units]


def told_doubt(figure: Figure) -> str:
    """What readers are told of a doubted figure, but for its repair: 疑似缺失小数点, 识别存疑."""
    if figure.why and figure.why.startswith(MISREAD):
        return f"{MISREAD}，请对照原件"
    return f"原文如此，{'' if figure.doubt is Doubt.CERTAIN else '疑似'}{_POINT_LOST}"


def _marked(extracted: Extracted, unit: Unit) -> Unit:
    if not any(piece.overlaps(part) for piece in unit.pieces for part in extracted.recognised):
        return unit
    unsure = {
        number
        for span in extracted.unsure
        if any(piece.overlaps(span) for piece in unit.pieces)
        for number in _numbers(extracted.text[span.start : span.end])
    }
    figures = tuple(
        replace(figure, doubt=Doubt.POSSIBLE, why=WHY)
        if figure.doubt is not Doubt.CERTAIN and unsure.intersection(_numbers(figure.text))
        else figure
        for figure in unit.figures
    )
    return replace(unit, recognised=True, figures=figures)


def _numbers(text: str) -> list[str]:
    """The numbers in a text, without the commas of thousands."""
    return _DIGITS.findall(re.sub(r"(?<=\d)[,，](?=\d{3})", "", narrow(text)))
