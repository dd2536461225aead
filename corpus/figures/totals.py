"""Sums that add up only with the decimal points that their figures lost."""

import re
from itertools import product

from corpus.bulletin import Figure
from corpus.figures.quantities import MEASURED
from corpus.figures.repairs import Repairs, digits_of, has_point, repaired

MAX_PARTS = 8  # of a sum; more would make chance matches likely, and time long
MIN_PARTS = 2
_TOTAL = re.compile(r"(?:总量|合计|共计|总计|总额|总数|总和|总共|一共)[^，。；]{0,6}$")
# What is planned, grew or is only compared is no part of what there is.
_NO_PART = re.compile(
    r"(?:目标|计划|预期|预计|力争|确保|达到|增长|增加|下降|减少|[多少]收|比|(?:上|去)年(?!结)|同期)"
    r"[^，。；]{0,6}$"
)
_NEAR = 12  # characters before a figure that tell what it is


def prove_total(text: str, figures: tuple[Figure, ...], i: int) -> Repairs:
    """Decimal places that make the figures before figures[i] add up to it, where it is called a
    total and as printed none do.

    Rates are not added, and neither are targets, growth and what comes before another total.
    Example: 331.1, 1096, 77 and 总量就是4484 add up as 331.1 + 109.6 + 7.7 = 448.4.
    """
    total = figures[i]
    if not _is_total(text, total) or not _can_be_added(total):
        return {}
    parts = _parts(text, figures, i)
    fits: dict[int, list[tuple[int, ...]]] = {}
    for count in range(MIN_PARTS, min(MAX_PARTS, len(parts)) + 1):
        indices = [*parts[-count:], i]
        fits[count] = _fitting(figures, indices)
    if any(not any(shifts) for found in fits.values() for shifts in found):
        return {}  # some of them add up as printed
    for count, found in fits.items():
        if len(found) == 1 and count > MIN_PARTS:
            return _repaired_sum(figures, [*parts[-count:], i], found[0])
    return {}


def _parts(text: str, figures: tuple[Figure, ...], i: int) -> list[int]:
    """Indices of the figures that figures[i] can be the total of, from the last total on."""
    parts: list[int] = []
    for n in range(i):
        figure = figures[n]
        if figure.unit != figures[i].unit or not digits_of(figure):
            continue
        if _is_total(text, figure):
            parts = []
        elif not _NO_PART.search(text[max(0, figure.start - _NEAR) : figure.start]):
            parts.append(n)
    return parts


def _is_total(text: str, figure: Figure) -> bool:
    return _TOTAL.search(text[max(0, figure.start - _NEAR) : figure.start]) is not None


def _can_be_added(figure: Figure) -> bool:
    """Whether a figure is an amount that can have decimals: no rate, and no count of whole things.

    Rates of different wholes make no sum, and 12家 has no point to lose.
    """
    if figure.unit in ("%", "‰") or figure.unit.endswith("百分点"):
        return False
    return figure.unit in MEASURED or figure.unit[0] in "万亿"


def _fitting(figures: tuple[Figure, ...], indices: list[int]) -> list[tuple[int, ...]]:
    """Decimal places, one at most for each, with which all but the last add up to the last."""
    choices = [(0,) if has_point(figures[n]) else (0, 1) for n in indices]
    fits = []
    for shifts in product(*choices):
        *parts, total = (figures[n].value / 10**s for n, s in zip(indices, shifts, strict=True))
        if abs(sum(parts) - total) < 0.01:
            fits.append(shifts)
    return fits


def _repaired_sum(
    figures: tuple[Figure, ...], indices: list[int], shifts: tuple[int, ...]
) -> Repairs:
    values = [figures[n].value / 10**s for n, s in zip(indices, shifts, strict=True)]
    why = f"{'+'.join(f'{v:.12g}' for v in values[:-1])}={values[-1]:.12g}，各数只差小数点"
    return {
        n: repaired(figures[n], value, why)
        for n, shift, value in zip(indices, shifts, values, strict=True)
        if shift
    }
