"""Which figures the extraction damaged.

Some extractions drop decimal points: 44.4万 becomes 444万. Arithmetic comes first, in every file:
what cannot be as printed is certain. Where a file drops points by habit, any of its figures that
commonly has decimals may have lost its own; full-width and narrow digits have habits of their own,
for they come of different fonts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Doubt, Figure, Unit
from corpus.figures.excess import PART_OF_WHOLE, prove_part_above_whole, prove_people, prove_share
from corpus.figures.habit import drops_points, is_torn, may_have_lost
from corpus.figures.populations import most_people
from corpus.figures.quantities import MEASURED
from corpus.figures.ratios import prove_part, prove_ratio
from corpus.figures.repairs import Repairs, decimals_of, digits_of, has_point, is_bare, repaired
from corpus.figures.totals import prove_total
from corpus.text.reading_text import read

MAX_FIGURES = 200  # of a paragraph; one with more is no text, and its pairs would take minutes
BEFORE = 16  # characters before a figure that tell what it is
_NOUGHT = re.compile(r"0+[1-9]\d*(?![\d.])(?!$)")
_CLOCK = frozenset("分 秒 度 ℃ 摄氏度 折 成".split())  # 9时05分 and its like are no measures
_WIDE_DIGIT = re.compile("[０-９]")
FULL_WIDTH = ord("０") - ord("0")
_ALL_GONE = "本文件小数点均已丢失，此数可能有小数"
_SOME_GONE = "本文件多处小数点丢失，此数可能有小数"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a paragraph's file tells of its figures: the indices of those whose like `lost` points
    in it, whether `all_gone` are, and whether its percentages are `fine`: with two decimals.
    """

    lost: frozenset[int] = frozenset()
    all_gone: bool = True
    fine: bool = False


def with_doubts(text: str, units: Sequence[Unit]) -> list[Unit]:
    """The units of a file with the doubts of their figures; `text` is the decoded file."""
    fine = any(_is_fine(figure) for unit in units for figure in unit.figures)
    wide = [_wide(unit) for unit in units]
    proved = [_marked(unit, Setting(fine=fine)) for unit in units]
    torn = is_torn(text)
    dropping = {}
    points = False  # whether the figures that lost some have kept any
    for width in (True, False):
        like = [
            (figure, unit.text[max(0, figure.start - BEFORE) : figure.start])
            for unit, wide_ones in zip(proved, wide, strict=True)
            for i, figure in enumerate(unit.figures)
            if (i in wide_ones) is width
        ]
        dropping[width] = drops_points(like, wide=width, torn=torn)
        points |= dropping[width] and any(has_point(figure) for figure, _ in like)
    if not any(dropping.values()):
        return proved
    lost = [
        frozenset(i for i in range(len(unit.figures)) if dropping[i in wide_ones])
        for unit, wide_ones in zip(units, wide, strict=True)
    ]
    return [
        _marked(unit, Setting(indices, not points, fine))
        for unit, indices in zip(units, lost, strict=True)
    ]


def mark(
    text: str, figures: tuple[Figure, ...], setting: Setting, place: str | None = None
) -> tuple[Figure, ...]:
    """The figures of a paragraph with their doubts; `text` is its reading text, `place` what it is
    about.
    """
    why = _ALL_GONE if setting.all_gone else _SOME_GONE
    marked = [
        replace(figure, doubt=Doubt.POSSIBLE, why=why)
        if i in setting.lost and may_have_lost(figure)
        else figure
        for i, figure in enumerate(figures)
    ]
    for index, figure in _certain(text, figures, setting, most_people(place)).items():
        marked[index] = figure
    return tuple(marked)


def _marked(unit: Unit, setting: Setting) -> Unit:
    if not unit.figures:
        return unit
    return replace(unit, figures=mark(unit.text, unit.figures, setting, unit.place))


def _certain(
    text: str, figures: tuple[Figure, ...], setting: Setting, most: float | None
) -> Repairs:
    """Figures that cannot be as printed. A proof that gives the repair goes before one that only
    tells that there must be one.
    """
    excess: Repairs = {}
    proofs: Repairs = {}
    if len(figures) > MAX_FIGURES:
        return proofs
    for i, figure in enumerate(figures):
        excess |= prove_part_above_whole(text, figures, i) | prove_people(text, figures, i, most)
        proofs |= _prove_nought(figures, i) | prove_total(text, figures, i)
        if figure.unit != "%" or figure.value <= 100 or not is_bare(figure):
            continue
        share = prove_share(text, figures, i, lost=i in setting.lost, fine=setting.fine)
        of_whole = PART_OF_WHOLE.search(text[max(0, figure.start - BEFORE) : figure.start])
        part = prove_part(text, figures, i) if share and of_whole else {}
        proven = part or prove_ratio(text, figures, i)
        proofs |= {n: one for n, one in proven.items() if one.doubt or n not in proofs}
        excess |= share
    return excess | proofs


def _prove_nought(figures: tuple[Figure, ...], i: int) -> Repairs:
    """A measure that begins with a nought: 05% was 0.5%, 007万 was 0.07万."""
    figure = figures[i]
    measured = figure.unit in MEASURED - _CLOCK or figure.unit[0] in "万亿"
    if not measured or not _NOUGHT.match(figure.text):
        return {}
    value = figure.value / 10 ** (digits_of(figure) - 1)
    return {i: repaired(figure, value, f"{figure.text}以0开头，缺小数点")}


def _is_fine(figure: Figure) -> bool:
    """Whether a figure is a percentage with two decimals, or must have been one."""
    if figure.unit != "%":
        return False
    return decimals_of(figure) == 2 or (is_bare(figure) and figure.value >= 1000)


def _wide(unit: Unit) -> frozenset[int]:
    """Indices of the figures that the source has in full-width digits."""
    if not unit.figures or not _WIDE_DIGIT.search(unit.source):
        return frozenset()
    readings = (read(unit.source, digits_apart=apart) for apart in (False, True))
    reading = next((one for one in readings if one.text == unit.text), None)
    if reading is None:  # a row of a table, whose text is made of its cells
        return frozenset(
            i for i, figure in enumerate(unit.figures) if _widened(figure.text) in unit.source
        )
    return frozenset(
        i
        for i, figure in enumerate(unit.figures)
        if _WIDE_DIGIT.search(unit.source, *reading.to_source(figure.start, figure.end))
    )


def _widened(text: str) -> str:
    """The leading digits of a figure in full width."""
    digits = re.match(r"\d*", text)
    return "".join(chr(ord(char) + FULL_WIDTH) for char in digits[0]) if digits else ""
