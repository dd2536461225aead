"""Figures of a sentence held against those of its source: each must be said of the same thing.

That a number stands somewhere in what is cited is not enough: 180万元 is not 180个, 不足100% is not
100%, and of two figures in one sentence each belongs to its own thing.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from corpus.bulletin import Unit
from corpus.figures.quantities import find_figures
from corpus.text.places import Place, find_places
from rag.retrieval.agreement import may_answer_for
from rag.writing.bound_figures import About, Bound, bound_figures, same_unit
from rag.writing.objections import Fault, Objection

# What tells that a figure is reckoned with others.
_SUM = re.compile(
    r"合计|共|总计|累计|加起来|加在一起|合起来|之和|总|两[市县区者项地]|三[市县区者项地]"
)
_DIFFERENCE = re.compile(r"相差|差|多|少|高出?|低|剩|余下|提高|提升|增[加长]|下降|减少|其余|不是")
MAX_TERMS = 12  # figures of a sentence that a sum is looked for among


def figure_faults(claim: str, cited: Sequence[Unit]) -> Iterator[Objection]:
    """What is wrong with the figures of a sentence, each at most once."""
    there = [one for unit in cited for one in bound_figures(unit.text, unit)]
    here = bound_figures(claim)
    placed = [(mention.start, mention.place) for mention in find_places(claim)]
    for own in here:
        place = next((p for at, p in reversed(placed) if at < own.figure.start), None)
        if fault := _fault(own, place, here, there, claim):
            yield Objection(fault, own.figure.text)


def _fault(
    own: Bound, place: Place | None, here: Sequence[Bound], there: Sequence[Bound], claim: str
) -> Fault | None:
    alike = [one for one in there if _same_amount(own, one) and same_unit(one.unit, own.unit)]
    if not alike:
        if _reckoned(own, here, there, claim) or _bare(own, there):
            return None
        return Fault.UNIT if any(_same_digits(one, own) for one in there) else Fault.FIGURE
    told = [one for one in alike if _same_about(own, one)]
    if not told:
        return Fault.ABOUT
    if place is not None:
        told = [one for one in told if _is_of(one, place)]
        if not told:
            return Fault.PLACE
    if any(one.shared_out for one in told) or own.shared_out:
        return None  # 分别: each of several figures belongs to one of several names before them
    others = [one for one in there if one not in alike and same_unit(one.unit, own.unit)]
    best = max(len(own.beside & one.beside) for one in told)
    if any(len(own.beside & one.beside) > best + 1 for one in others):
        return Fault.BOUND
    return None


def _is_of(one: Bound, place: Place) -> bool:
    """Whether a figure may be said of a place: its unit is about it, or names no place at all."""
    if one.source is None or may_answer_for(one.source, place):
        return True
    return one.source.place is None and not find_places(one.source.text)


def _same_amount(own: Bound, there: Bound) -> bool:
    """Whether a figure is that of the source, or what is left of it when it is rounded and told as
    more, less or about: 超过九成 of 93%, 5200多万元 of 5263万元.
    """
    if own.value == there.value:
        return True
    if own.about is About.EXACT or not own.value or not there.value:
        return False
    digits = own.value.normalize().as_tuple()
    step = Decimal(10) ** int(digits.exponent)
    if abs(own.value - there.value) >= step:
        return False
    if own.about is About.ABOVE:
        return own.value < there.value
    return own.about is About.NEAR or own.value > there.value


def _same_about(own: Bound, there: Bound) -> bool:
    """Whether a figure is told as it is printed, or as its rounding; 约 may stand for 近 and 余."""
    if own.value != there.value:
        return True
    return own.about is there.about or (own.about is About.NEAR and there.about is not About.EXACT)


def _bare(own: Bound, there: Sequence[Bound]) -> bool:
    """Whether the source has the number with its scale and no unit: 人口仅约2万 for 2万人."""
    scaled = own.figure.text.removesuffix(own.unit)
    number = re.escape(re.sub(r"[余多来几]", "", scaled))
    wanted = re.compile(rf"(?<![\d.]){number}(?![\d.])")
    texts = {id(one.source): one.source.text for one in there if one.source is not None}
    for text in texts.values():
        figures = {n for one in find_figures(text) for n in range(one.start, one.end)}
        if any(match.start() not in figures for match in wanted.finditer(text)):
            return len(own.value.as_tuple().digits) > 0
    return False


def _same_digits(one: Bound, other: Bound) -> bool:
    return one.figure.value == other.figure.value


def _reckoned(own: Bound, here: Sequence[Bound], there: Sequence[Bound], claim: str) -> bool:
    """Whether a figure is a sum or a difference of cited ones that are counted alike: of those in
    the sentence itself, of neighbours in one sentence of the source, or of one from each of two
    units.
    """
    sums, differences = bool(_SUM.search(claim)), bool(_DIFFERENCE.search(claim))
    if not sums and not differences:
        return False
    alike = [one for one in there if same_unit(one.unit, own.unit)][:MAX_TERMS]
    values = {one.value for one in alike}
    stated = [
        one.value for one in here
        if one is not own and same_unit(one.unit, own.unit) and one.value in values
    ]  # fmt: skip
    groups: dict[tuple[int, int], list[Decimal]] = {}
    for one in alike:
        groups.setdefault((id(one.source), one.sentence), []).append(one.value)
    if differences and any(abs(a.value - b.value) == own.value for a, b in combinations(alike, 2)):
        return True
    if not sums:
        return False
    runs = [
        terms[start:end]
        for terms in (stated, *groups.values())
        for start in range(len(terms))
        for end in range(start + 2, len(terms) + 1)
    ]
    pairs = [(a.value, b.value) for a, b in combinations(alike, 2) if a.source is not b.source]
    return any(sum(run) == own.value for run in (*runs, *pairs))
