"""The terms that a question reckons with, where the reader says that words which answer begin.

Of 主力和游资两路资金合计多少 the reader was taught to point at every term at once, whatever the
question calls them; of a rank at all that are ranked.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.bulletin import Figure
from corpus.figures.quantities import MEASURED, same_family
from rag.answering.reckoning import SHARES, TIMES, Addend, Reckoning, addable, amount
from rag.answering.within_sentence import Beside, figures_beside, label_of
from rag.query.operations import Operation
from rag.query.question import Query
from rag.reading.evidence import Evidence

# A figure is a term where so much of the probability begins in it, against the likeliest one.
AGAINST_BEST = 0.3
LEAST = 0.05  # of all places that were read at once
LEAST_TOGETHER = 0.6  # of the terms together
SENTENCES = 6  # of one text, best first
LEAST_SHARE = 0.05  # of the answer that a sentence of it needs
MOST_TERMS = 8

_Told = tuple[float, Beside, Evidence]  # probability, figure, sentence


def begun_terms(query: Query, asked: Reckoning, evidence: Sequence[Evidence]) -> list[Addend]:
    """The terms in the order of the text; empty where fewer than two are told."""
    if not evidence:
        return []
    told = sorted(_told_in(query, evidence), key=lambda one: -one[0])
    told = [one for one in told if addable(told[0][1].figure, one[1].figure)]
    told = _once([one for one in told if one[0] >= max(LEAST, AGAINST_BEST * told[0][0])])
    if asked.operation is not Operation.SUM and not asked.of_many:
        told = told[:2]
    if (
        not 2 <= len(told) <= MOST_TERMS
        or sum(probability for probability, *_ in told) < LEAST_TOGETHER
    ):
        return []
    told.sort(key=lambda one: (one[2].hit.position, one[1].figure.start))
    return [Addend(label_of(one), one.figure, item) for _, one, item in told]


def _told_in(query: Query, evidence: Sequence[Evidence]) -> list[_Told]:
    """The figures of the text that answers best; each probability is one of what was read at once,
    and counts as far as that answers beside the rest.
    """
    best = evidence[0].hit
    own = [
        item
        for item in evidence[:SENTENCES]
        if item.hit.bulletin == best.bulletin and item.share >= LEAST_SHARE
    ]
    of_hit: dict[int, float] = defaultdict(float)
    for item in own:
        of_hit[item.hit.position] += item.share
    most = max(of_hit.values(), default=1.0)
    anything = replace(query, unit="")  # 三样一共查了多少次: 家次, 个 and 处
    return [
        (item.begun_at(one.figure) * of_hit[item.hit.position] / most, one, item)
        for item in own
        for one in figures_beside(anything, item)
        if _may_be(query.unit, one.figure) and one.figure.high is None
    ]


def _may_be(unit: str, figure: Figure) -> bool:
    """Whether a figure may be of the unit asked in: of a measure in its own alone."""
    measured = amount(figure).unit
    if not unit or same_family(figure.unit, unit):
        return True
    return not {unit, measured} & (MEASURED | TIMES | SHARES)


def _once(told: Sequence[_Told]) -> list[_Told]:
    """Figures without those that another sentence tells again."""
    kept: list[_Told] = []
    for one in told:
        again = any(
            one[1].figure.text == other[1].figure.text
            and one[2].quote != other[2].quote
            and label_of(one[1]) == label_of(other[1])
            for other in kept
        )
        if not again:
            kept.append(one)
    return kept
