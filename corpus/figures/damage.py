"""Which figures the extraction damaged.

Some extractions drop the decimal points of a file: 44.4万 becomes 444万. Where all are gone, the
file is known by its many measured figures and not one digit.digit, and any of them may have lost
its point. Where some are gone, only arithmetic tells.
"""

import re
from dataclasses import replace

from corpus.bulletin import Doubt, Figure
from corpus.figures.proof import MAX_FIGURES, MIN_DIGITS, Repairs, digits_of, prove, prove_share
from corpus.figures.quantities import MEASURED

MIN_MEASURED = 3  # fewer measured figures without a point can be chance
# Units that are commonly given with decimals; a length in 米 or a price in 元 often has none.
DECIMAL_UNITS = frozenset("% ‰ 个百分点 百分点 平方公里 平方千米 公里 千米 公顷 立方米".split())
_BAD_EXTRACTION = re.compile(r"[一-鿿][.,;:][一-鿿“《]|[０-９]")
_DECIMAL = re.compile(r"[0-9０-９][.．][0-9０-９]")


def lost_points(text: str, figures: list[Figure]) -> bool:
    """Whether the file with this decoded text lost all its decimal points.

    Whole numbers alone prove nothing, a sound report can do without a point. So the text must also
    show that it was badly extracted: narrow marks between Han characters, or full-width digits.
    """
    measured = [f for f in figures if _is_measured(f) and digits_of(f) >= MIN_DIGITS]
    torn = _DECIMAL.search(text) is None and _BAD_EXTRACTION.search(text) is not None
    return torn and len(measured) >= MIN_MEASURED


def mark(text: str, figures: tuple[Figure, ...], *, lost: bool) -> tuple[Figure, ...]:
    """The figures of a paragraph with their doubts.

    `text` is the paragraph's reading text, `lost` whether its file lost all its points.
    """
    marked = [_possible(figure) for figure in figures] if lost else list(figures)
    repairs: Repairs = {}
    for i, figure in enumerate(figures[:MAX_FIGURES]):
        if lost and figure.unit == "%" and figure.value > 100 and digits_of(figure):
            repairs |= prove_share(text, figures, i)
    repairs = prove(text, figures) | repairs
    for index, repaired in repairs.items():
        marked[index] = repaired
    return tuple(marked)


def _possible(figure: Figure) -> Figure:
    often = figure.unit in DECIMAL_UNITS or figure.unit.startswith(("万", "亿"))
    round_number = digits_of(figure) < MIN_DIGITS or figure.value % 100 == 0
    if not often or round_number or figure.high is not None:
        return figure
    return replace(figure, doubt=Doubt.POSSIBLE, why="本文件小数点均已丢失，此数可能有小数")


def _is_measured(figure: Figure) -> bool:
    return figure.unit in MEASURED or figure.unit.startswith(("万", "亿"))
