"""Two paragraphs that give different values for the same thing.

The same thing: of one place, of one time, in one unit, counted by the same words, and both done or
both planned. Where any of that is not certain, two values are two things.
"""

import re
from collections.abc import Sequence

from corpus.bulletin import Figure, Kind
from corpus.figures.quantities import find_figures, same_family
from corpus.text.dates import find_dates
from corpus.text.years import told_years
from index.words.tokenizer import words
from rag.answering.answer import Caution
from rag.query.intents import Wants
from rag.query.question import Query
from rag.reading.evidence import Evidence

RIVALS = 6  # sentences that are looked at, best first
NEAR = 10  # characters before a figure that name what it counts
SAME_NOUN = 2  # words of two characters or more that both figures have there
# Words before a figure that make it no other thing: whose it is, and that it is.
_ANY_THING = re.compile(
    r"[全我本该][省市县区乡镇村]|目前|现有|共有|总共|一共|合计|已经|达到|达|共计|总计|其中|有"
)
# What is set or expected is another thing than what was reached; so is what an earlier time had.
_PLANNED = re.compile(r"预算|计划|目标|预期|预计|力争|拟|规划|任务|确保|将|要求|安排|[到至]\d{4}年")
_EARLIER = re.compile(r"去年|上年|同期|前年|原有|此前|原来|年初")
_SPELL = re.compile(
    r"[上下]半年|[一二三四前]季度|第[一二三四]季度|[一二三四]季度|\d+\s*[-—－~至]\s*\d+月|\d+月份?|全年|年末|年底|当月|累计|今年以来|十[一二三四五]五"
)


def conflicting(query: Query, evidence: Sequence[Evidence]) -> tuple[Evidence, Caution] | None:
    """The first sentence that counts the same thing as the best one and gives another value, with
    the warning that says so; None where none does, or the two speak of different times.
    """
    if query.wants is not Wants.NUMBER or len(evidence) < 2:
        return None
    best = evidence[0]
    for rival in evidence[1:RIVALS]:
        if (rival.hit.bulletin, rival.hit.position) == (best.hit.bulletin, best.hit.position):
            continue
        if _are_rows(best, rival):
            continue
        if best.hit.unit.place != rival.hit.unit.place or not _same_time(best, rival):
            continue
        if pair := _unlike(query, best, rival):
            text = f"资料中的数字不一致：{pair[0].text}与{pair[1].text}，两处都已列出，请核对原文"
            return rival, Caution("conflict", text)
    return None


def _are_rows(best: Evidence, rival: Evidence) -> bool:
    """Whether both are rows of a bulletin's tables: each tells of a thing of its own."""
    tables = best.hit.kind is Kind.TABLE and rival.hit.kind is Kind.TABLE
    return tables and best.hit.bulletin == rival.hit.bulletin


def _unlike(query: Query, best: Evidence, rival: Evidence) -> tuple[Figure, Figure] | None:
    """Figures of the two sentences that count the same and differ; None where a value agrees."""
    ours, theirs = find_figures(best.quote), find_figures(rival.quote)
    for own in ours:
        if query.unit and not same_family(own.unit, query.unit):
            continue
        for other in theirs:
            same = own.unit == other.unit and _same_thing(best.quote, own, rival.quote, other)
            if same and own.value == other.value:
                return None
            if same:
                return own, other
    return None


def _same_thing(quote: str, figure: Figure, beside: str, other: Figure) -> bool:
    """Whether two figures count the same by the words before them, both done or both planned."""
    nouns, others = _nouns(quote, figure), _nouns(beside, other)
    if len(nouns & others) < SAME_NOUN or nouns != others:
        return False
    ours, theirs = _clause(quote, figure), _clause(beside, other)
    return all(
        set(kind.findall(ours)) == set(kind.findall(theirs))
        for kind in (_PLANNED, _EARLIER, _SPELL)
    )


def _nouns(quote: str, figure: Figure) -> set[str]:
    """The words right before a figure, in its own clause, that say what it counts: 年初预算 alone
    says nothing of what.
    """
    clause = re.split(r"[，。；：]", quote[max(0, figure.start - NEAR) : figure.start])[-1]
    beside = (_ANY_THING, _PLANNED, _EARLIER, _SPELL)
    return {w for w in words(clause) if len(w) > 1 and not any(k.fullmatch(w) for k in beside)}


def _clause(quote: str, figure: Figure) -> str:
    """The sentence that a figure stands in, up to it."""
    return re.split(r"[。；]", quote[: figure.start])[-1]


def _times(item: Evidence) -> tuple[frozenset[int], frozenset[int | None]]:
    """Years and months that a sentence tells of; a year by what stands around it, if need be."""
    unit, text = item.hit.unit, item.hit.text
    around = (item.quote, text[: item.span.start], *reversed(unit.section), item.hit.title)
    months = (date.month for date in find_dates(item.quote) if date.month)
    return told_years(around), frozenset(months)


def _same_time(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences tell of the same years and months, as far as they can be known."""
    return _times(one) == _times(other)
