"""What arithmetic proves of figures that lost their decimal point: shares, ratios, sums."""

import re
from dataclasses import replace
from itertools import permutations, product

from corpus.bulletin import Doubt, Figure

MAX_SHIFT = 2  # official figures have one decimal or two
MIN_DIGITS = 3  # fewer digits match too many ratios by chance
TOLERANCE = 0.006  # relative error that rounding to three digits leaves in a share
MAX_FIGURES = 200  # of a paragraph; one with more is no text, and its pairs would take minutes
MAX_PARTS = 8  # of a sum; more would make chance matches likely, and time long
_PART_OF_WHOLE = re.compile(r"占[^，。；]{0,12}$")
# Shares that cannot pass 100%; rates of growth, return, debt and fulfilment can.
_ALREADY_DONE = re.compile(
    r"(?:已完成|完成了|覆盖率[为达到]{0,2}|占比[为达]{0,2}"
    r"|(?<!增长|收益|回报|负债|完成)率(?:为|达到?|[提升增]\w?[到至]))$"
)
_TOTAL = re.compile(r"(?:总量|合计|共计|总计|总额|总数|总和|总共|一共)[^，。；]{0,6}$")

Repairs = dict[int, Figure]  # the repaired figures by their index


def prove(text: str, figures: tuple[Figure, ...]) -> Repairs:
    """Figures of a paragraph (`text`, reading text) that cannot be as printed, repaired.

    A figure that has kept a point is taken for sound. One that fits some relation as printed is
    left alone, and so is one that several repairs would fit.
    """
    repairs: Repairs = {}
    if len(figures) > MAX_FIGURES:
        return repairs
    for i, figure in enumerate(figures):
        if _is_bare(figure) and figure.unit == "%" and figure.value > 100:
            repairs |= _prove_ratio(text, figures, i)
    for i, figure in enumerate(figures):
        if _TOTAL.search(text[max(0, figure.start - 12) : figure.start]):
            repairs |= _prove_sum(figures, i)
    return repairs


def prove_share(text: str, figures: tuple[Figure, ...], i: int) -> Repairs:
    """Repairs that follow from figures[i] being a share of over 100%, in a file that lost all its
    points: there the whole and the part may have lost theirs too.
    """
    share = figures[i]
    before = text[max(0, share.start - 16) : share.start]
    is_part = _PART_OF_WHOLE.search(before)
    if is_part and (proof := _solve_share(figures, [*_sizes_before(text, figures, i), i])):
        return proof
    places = next((p for p in range(1, MAX_SHIFT + 1) if share.value <= 100 * 10**p), None)
    if places and (is_part or _ALREADY_DONE.search(before)):
        why = f"部分不能超过整体：{share.text}大于100%"
        return {i: _repaired(share, share.value / 10**places, why)}
    return {}


def digits_of(figure: Figure) -> int:
    """How many digits a figure begins with; 0 for one in Han numerals."""
    match = re.match(r"\d+", figure.text)
    return len(match[0]) if match else 0


def _is_bare(figure: Figure) -> bool:
    """Whether a figure is written in digits without a point."""
    return digits_of(figure) >= MIN_DIGITS and "." not in figure.text


def _prove_ratio(text: str, figures: tuple[Figure, ...], i: int) -> Repairs:
    """A percentage that two figures of its sentence give with its point, and none without.

    Example: 半年入库112446万元，年初预算是207380万元，完成5422%: 112446 / 207380 = 54.22%.
    """
    share = figures[i]
    fits: dict[float, str] = {}
    for a, b in permutations(_peers(text, figures, i), 2):
        for how, ratio in _ratios(a, b):
            for shift in range(MAX_SHIFT + 1):
                value = share.value / 10**shift
                if abs(ratio * 100 - value) <= 0.5001 / 10**shift:
                    fits.setdefault(value, f"{how}={ratio:.{shift + 2}%}")
    if len(fits) != 1 or share.value in fits:
        return {}
    ((value, how),) = fits.items()
    return {i: _repaired(share, value, f"{how}，与所印{share.text}只差小数点")}


def _peers(text: str, figures: tuple[Figure, ...], i: int) -> list[Figure]:
    """Figures of the same sentence that a percentage can be reckoned from."""
    start = text.rfind("。", 0, figures[i].start)
    end = text.find("。", figures[i].end)
    end = len(text) if end < 0 else end
    inside = [f for f in figures if start < f.start < end and f.unit != "%" and f.value > 0]
    return [f for f in inside if digits_of(f) >= MIN_DIGITS]


def _ratios(a: Figure, b: Figure) -> list[tuple[str, float]]:
    """What a share or a growth between two figures of one unit can be, and how it is reckoned."""
    if a.unit != b.unit or a.value >= b.value:
        return []
    return [
        (f"{a.value:.12g}÷{b.value:.12g}", a.value / b.value),
        (f"({b.value:.12g}-{a.value:.12g})÷{a.value:.12g}", (b.value - a.value) / a.value),
        (f"({b.value:.12g}-{a.value:.12g})÷{b.value:.12g}", (b.value - a.value) / b.value),
        (f"{a.value:.12g}÷({a.value:.12g}+{b.value:.12g})", a.value / (a.value + b.value)),
    ]


def _prove_sum(figures: tuple[Figure, ...], i: int) -> Repairs:
    """Decimal places that make the figures before a total add up to it, where as printed none do.

    Example: 331.1, 1096, 77 and 总量就是4484 add up as 331.1 + 109.6 + 7.7 = 448.4.
    """
    same = [n for n in range(i) if figures[n].unit == figures[i].unit and digits_of(figures[n])]
    for count in range(2, min(MAX_PARTS, len(same)) + 1):
        indices = [*same[-count:], i]
        choices = [(0,) if "." in figures[n].text else (0, 1) for n in indices]
        fits = []
        for shifts in product(*choices):
            *parts, total = (figures[n].value / 10**s for n, s in zip(indices, shifts, strict=True))
            if abs(sum(parts) - total) < 0.01:
                fits.append(shifts)
        if any(not any(shifts) for shifts in fits):
            return {}
        if len(fits) == 1 and count > 2:
            return _repaired_sum(figures, indices, fits[0])
    return {}


def _repaired_sum(
    figures: tuple[Figure, ...], indices: list[int], shifts: tuple[int, ...]
) -> Repairs:
    values = [figures[n].value / 10**s for n, s in zip(indices, shifts, strict=True)]
    why = f"{'+'.join(f'{v:.12g}' for v in values[:-1])}={values[-1]:.12g}，各数只差小数点"
    return {
        n: _repaired(figures[n], value, why)
        for n, shift, value in zip(indices, shifts, values, strict=True)
        if shift
    }


def _sizes_before(text: str, figures: tuple[Figure, ...], i: int) -> list[int]:
    """Indices of the two figures in 万 or 亿 nearest before figures[i] in its sentence."""
    start = text.rfind("。", 0, figures[i].start)
    sizes = [n for n in range(i) if figures[n].unit[0] in "万亿" and figures[n].start > start]
    return sizes[-2:]


def _solve_share(figures: tuple[Figure, ...], indices: list[int]) -> Repairs:
    """Fewest decimal places that make part / whole equal the share; `indices` are those of the
    whole, the part and the share, where the sentence has all three.

    Example: 202万, 444万, 2198% -> 44.4 / 202 = 21.98%, shifts 0, 1, 2.
    """
    triple = [figures[index] for index in indices]
    if len(triple) < 3 or triple[0].unit[0] != triple[1].unit[0] or not all(map(digits_of, triple)):
        return {}
    fits = []
    for shifts in product(range(MAX_SHIFT + 1), repeat=3):
        whole, part, share = (f.value / 10**s for f, s in zip(triple, shifts, strict=True))
        if share <= 100 and abs(part * 100 - share * whole) <= TOLERANCE * share * whole > 0:
            fits.append((sum(shifts), shifts))
    if not fits:
        return {}
    _, shifts = min(fits)
    values = [f.value / 10**s for f, s in zip(triple, shifts, strict=True)]
    whole, part, _ = values
    why = f"{part:g}÷{whole:g}={part / whole:.2%}，与所印{triple[2].text}只差小数点"
    return {
        index: _repaired(figures[index], value, why)
        for index, shift, value in zip(indices, shifts, values, strict=True)
        if shift
    }


def _repaired(figure: Figure, value: float, why: str) -> Figure:
    digits = re.match(r"[\d,]+", figure.text)
    tail = figure.text[digits.end() :] if digits else figure.unit
    return replace(figure, doubt=Doubt.CERTAIN, suggestion=f"{value:.12g}{tail}", why=why)
