"""Which figures the extraction damaged, and the proof.

Some extractions drop every decimal point of a file: 44.4万 becomes 444万. Such a file is known by
having many measured figures and not one digit.digit. In it, arithmetic proves some figures wrong.
"""

import re
from dataclasses import replace
from itertools import product

from corpus.bulletin import Doubt, Figure
from corpus.figures import MEASURED

MIN_MEASURED = 3  # fewer measured figures without a point can be chance
MIN_DIGITS = 3  # 73% may be meant; 744% has a digit too many to be a common share
MAX_SHIFT = 2  # official figures have one decimal or two
TOLERANCE = 0.006  # relative error that rounding to three digits leaves in a share
_DECIMAL = re.compile(r"[0-9０-９][.．][0-9０-９]")
_PART_OF_WHOLE = re.compile(r"占[^，。；]{0,12}$")
# Shares that cannot pass 100%; rates of growth, return, debt and fulfilment can.
_ALREADY_DONE = re.compile(
    r"(?:已完成|完成了|覆盖率[为达到]{0,2}|占比[为达]{0,2}"
    r"|(?<!增长|收益|回报|负债|完成)率(?:为|达到?))$"
)


def lost_points(text: str, figures: list[Figure]) -> bool:
    """Whether the file with this decoded text lost its decimal points."""
    measured = [f for f in figures if _is_measured(f) and _digits(f) >= MIN_DIGITS]
    return len(measured) >= MIN_MEASURED and not _DECIMAL.search(text)


def mark(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures of a paragraph of a file that lost its points, with their doubts.

    `text` is the paragraph's reading text.
    """
    marked = [_possible(figure) for figure in figures]
    for i, figure in enumerate(figures):
        if figure.unit == "%" and figure.value > 100 and _digits(figure):
            proof = _prove_share(text, figures, i)
            for index, repaired in proof.items():
                marked[index] = repaired
    return tuple(marked)


def _possible(figure: Figure) -> Figure:
    if not _is_measured(figure) or _digits(figure) < MIN_DIGITS or figure.value % 100 == 0:
        return figure
    return replace(figure, doubt=Doubt.POSSIBLE, why="本文件小数点均已丢失，此数可能有小数")


def _prove_share(text: str, figures: tuple[Figure, ...], i: int) -> dict[int, Figure]:
    """Repairs that follow from figures[i] being a share of over 100%; keyed by figure index."""
    share = figures[i]
    before = text[max(0, share.start - 16) : share.start]
    is_part = _PART_OF_WHOLE.search(before)
    if is_part and (proof := _solve(figures, [*_sizes_before(text, figures, i), i])):
        return proof
    places = next((p for p in range(1, MAX_SHIFT + 1) if share.value <= 100 * 10**p), None)
    if places and (is_part or _ALREADY_DONE.search(before)):
        why = f"部分不能超过整体：{share.text}大于100%"
        return {i: _certain(share, share.value / 10**places, why)}
    return {}


def _sizes_before(text: str, figures: tuple[Figure, ...], i: int) -> list[int]:
    """Indices of the two figures in 万 or 亿 nearest before figures[i] in its sentence."""
    start = text.rfind("。", 0, figures[i].start)
    sizes = [n for n in range(i) if figures[n].unit[0] in "万亿" and figures[n].start > start]
    return sizes[-2:]


def _solve(figures: tuple[Figure, ...], indices: list[int]) -> dict[int, Figure]:
    """Fewest decimal places that make part / whole equal the share; `indices` are those of the
    whole, the part and the share, where the sentence has all three.

    Example: 202万, 444万, 2198% -> 44.4 / 202 = 21.98%, shifts 0, 1, 2.
    """
    triple = [figures[index] for index in indices]
    if len(triple) < 3 or triple[0].unit[0] != triple[1].unit[0] or not all(map(_digits, triple)):
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
        index: _certain(figures[index], value, why)
        for index, shift, value in zip(indices, shifts, values, strict=True)
        if shift
    }


def _certain(figure: Figure, value: float, why: str) -> Figure:
    digits = re.match(r"[\d,]+", figure.text)
    tail = figure.text[digits.end() :] if digits else figure.unit
    return replace(figure, doubt=Doubt.CERTAIN, suggestion=f"{value:.12g}{tail}", why=why)


def _is_measured(figure: Figure) -> bool:
    return figure.unit in MEASURED or figure.unit.startswith(("万", "亿"))


def _digits(figure: Figure) -> int:
    match = re.match(r"\d+", figure.text)
    return len(match[0]) if match else 0
