"""Two paragraphs that give different values for the same thing."""

import re
from collections.abc import Sequence

from corpus.bulletin import Figure, Kind
from corpus.figures.quantities import find_figures, same_family
from corpus.text.dates import find_dates
from index.words.tokenizer import words
from rag.answering.answer import Caution
from rag.query.intents import Wants
from rag.query.question import Query
from rag.reading.evidence import Evidence

RIVALS = 6  # sentences that are looked at, best first
NEAR = 10  # characters before a figure that name what it counts
SAME_NOUN = 2  # words of two characters or more that both figures have there


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
        if best.hit.unit.place != rival.hit.unit.place or _times(best) != _times(rival):
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
        nouns = _nouns(best.quote, own)
        for other in theirs:
            same = len(nouns & _nouns(rival.quote, other)) >= SAME_NOUN
            if own.unit == other.unit and same and own.value != other.value:
                return own, other
    return None


def _nouns(quote: str, figure: Figure) -> set[str]:
    """The words right before a figure, in its own clause."""
    clause = re.split(r"[，。；：]", quote[max(0, figure.start - NEAR) : figure.start])[-1]
    return {word for word in words(clause) if len(word) > 1}


def _times(item: Evidence) -> set[tuple[int | None, int | None]]:
    return {(date.year, date.month) for date in find_dates(item.quote)}
