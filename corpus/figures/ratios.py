"""Percentages that two counts of their sentence contradict by nothing but the decimal point."""

from itertools import permutations, product

from corpus.bulletin import Figure
from corpus.figures.repairs import MAX_SHIFT, MIN_DIGITS, Repairs, digits_of, has_point, repaired

TOLERANCE = 0.006  # relative error that rounding to three digits leaves in a share
NEAREST = 3  # counts before a share of three digits; farther ones match it by chance
PRECISE = 4  # digits of a share that hardly any two counts match by chance


def prove_ratio(text: str, figures: tuple[Figure, ...], i: int) -> Repairs:
    """figures[i], a percentage, where two figures of its sentence give it with its point, and none
    without.

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
    return {i: repaired(share, value, f"{how}，与所印{share.text}只差小数点")}


def prove_part(text: str, figures: tuple[Figure, ...], i: int) -> Repairs:
    """figures[i], the share that a part has of its whole, with these two, which stand before it and
    may have lost their points too: the fewest decimal places that make part / whole the share. An
    amount that the proof takes as printed, the other being repaired, comes back as it is: it is
    sound. Where both amounts stand as printed they may both have lost a point.

    Example: 202万, 444万, 2198% -> 44.4 / 202 = 21.98%, shifts 0, 1, 2.
    """
    indices = [*_sizes_before(text, figures, i), i]
    triple = [figures[index] for index in indices]
    if len(triple) < 3 or triple[0].unit[0] != triple[1].unit[0] or not all(map(digits_of, triple)):
        return {}
    choices = [(0,) if has_point(figure) else range(MAX_SHIFT + 1) for figure in triple]
    fits = []
    for shifts in product(*choices):
        whole, part, share = (f.value / 10**s for f, s in zip(triple, shifts, strict=True))
        if share <= 100 and abs(part * 100 - share * whole) <= TOLERANCE * share * whole > 0:
            fits.append((sum(shifts), shifts))
    if not fits:
        return {}
    _, shifts = min(fits)
    values = [f.value / 10**s for f, s in zip(triple, shifts, strict=True)]
    whole, part, _ = values
    why = f"{part:g}÷{whole:g}={part / whole:.2%}，与所印{triple[2].text}只差小数点"
    amounts_differ = any(shifts[:2])
    return {
        index: repaired(figures[index], value, why) if shift else figures[index]
        for index, shift, value in zip(indices, shifts, values, strict=True)
        if shift or amounts_differ
    }


def _peers(text: str, figures: tuple[Figure, ...], i: int) -> list[Figure]:
    """Figures of the same sentence that a percentage can be reckoned from."""
    start = text.rfind("。", 0, figures[i].start)
    end = text.find("。", figures[i].end)
    end = len(text) if end < 0 else end
    precise = digits_of(figures[i]) >= PRECISE
    least = MIN_DIGITS - 1 if precise else MIN_DIGITS
    inside = [
        f
        for f in figures
        if start < f.start < end and f.unit != "%" and f.value > 0 and digits_of(f) >= least
    ]
    if precise:
        return inside
    return [f for f in inside if f.start < figures[i].start][-NEAREST:]


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


def _sizes_before(text: str, figures: tuple[Figure, ...], i: int) -> list[int]:
    """Indices of the two figures in 万 or 亿 nearest before figures[i] in its sentence."""
    start = text.rfind("。", 0, figures[i].start)
    sizes = [n for n in range(i) if figures[n].unit[0] in "万亿" and figures[n].start > start]
    return sizes[-2:]
