"""Doubts of figures that are sure: by index, with the repair where only one can be meant."""

import re
from dataclasses import replace

from corpus.bulletin import Doubt, Figure

MAX_SHIFT = 2  # official figures have one decimal or two
MIN_DIGITS = 3  # fewer digits match too many ratios by chance

Repairs = dict[int, Figure]  # the doubted figures by their index in the paragraph
_DIGITS = re.compile(r"\d[\d,]*")


def digits_of(figure: Figure) -> int:
    """How many digits a figure begins with; 0 for one in Han numerals."""
    match = re.match(r"\d+", figure.text)
    return len(match[0]) if match else 0


def is_bare(figure: Figure) -> bool:
    """Whether a figure is written in digits without a point, and long enough to have lost one."""
    return digits_of(figure) >= MIN_DIGITS and not has_point(figure)


def has_point(figure: Figure) -> bool:
    """Whether a figure is printed with a decimal point."""
    return "." in figure.text


def decimals_of(figure: Figure) -> int:
    """How many digits stand behind a figure's point."""
    match = re.match(r"[\d,]+\.(\d+)", figure.text)
    return len(match[1]) if match else 0


def repaired(figure: Figure, value: float | None, why: str) -> Figure:
    """The figure, surely damaged; `value` is what it must have been, None where that is open."""
    if value is None:
        return replace(figure, doubt=Doubt.CERTAIN, why=why)
    digits = _DIGITS.match(figure.text)
    tail = figure.text[digits.end() :] if digits else figure.unit
    return replace(figure, doubt=Doubt.CERTAIN, suggestion=f"{value:.12g}{tail}", why=why)
