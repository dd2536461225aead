"""Which sentences carry a stretch of text: central to it in meaning, with figures and results.

Central is what is near to the mean of the stretch's sentence vectors (centroid summarisation, Radev
et al. 2004): an opening or a slogan could stand in any paper and is near to none. Figures and names
of documents weigh beside it, for what was done is told with them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.bulletin import Bulletin, Span, Unit
from corpus.text.document_names import find_documents
from corpus.text.sentences import split_sentences
from index.library import Library
from rag.answering.trimming import split_clauses
from rag.answering.unit_evidence import unit_evidence
from rag.reading.evidence import Evidence

LEAST_CHARS = 14  # of a sentence that carries anything; a shorter one heads or exclaims
LONG = 80  # characters of a sentence of a summary; a longer one is told by some of its clauses
SHORT = 48  # of one where there is little room
# What a figure, up to so many, and the name of a document add to a cosine, which lies from .8 to
# .95: two figures decide between sentences that are about as central.
FIGURE, MOST_FIGURES, DOCUMENT = 0.04, 3, 0.03
LOOKED_AT, LOOKED_AT_OF_MANY = 8, 3  # sentences of a section; the same in a summary of many papers
ABOUT = 0.1  # what a word that is asked about adds to the clauses that have it
SPOKEN = 0.05  # what somebody's words lose: they tell what is felt rather than what was done
AHEAD = 0.06  # what plans lose
DANGLING = 0.1  # what clauses lose whose last one only says when, with what or about what
_DANGLES = re.compile(
    r"^(?:连同|围绕|针对|为了?|随着|结合|按照|根据|截至|自|经过?|以|在|对|就|当|通过|并?将)[^，]{0,18}$"
    r"|^\d[\d年月日前后上下午晚底初、]*$|(?:[后时中下前]|期间|以来|基础上)$"
)
_AHEAD = re.compile(
    r"下一步|今后|将(?:继续|持续|进一步|以|把|对)|(?:^|[，。；])(?:还|也|更)?要(?![求点素闻])|必须|没有完成时"
)
_QUOTED = re.compile(r"^[“‘].{12,}[”’]|[？！]”?$")


@dataclass(frozen=True, slots=True)
class WeighedSentence:
    """A sentence of a bulletin: the unit's position, its span in the unit's text, how far it
    carries what it stands in.
    """

    position: int
    span: Span
    weight: float


def sentences_of(
    library: Library,
    bulletin: Bulletin,
    positions: Sequence[int],
    skip: Sequence[Span | None] = (),
    looked_at: int = LOOKED_AT,
) -> list[WeighedSentence]:
    """The sentences of some units, those that carry most first; without a run-in heading that
    `skip` names for each unit. Of many sentences `looked_at` are weighed by their meaning, which
    takes some milliseconds each: those that tell most by figures, then in order.
    """
    found = list(_spans(bulletin, positions, skip))
    told = [told_weight(bulletin.units[n], span) for n, span in found]
    best = sorted(range(len(found)), key=lambda n: -told[n])[:looked_at]
    found = [found[n] for n in sorted(best)]
    if not found:
        return []
    texts = [bulletin.units[n].text[span.start : span.end] for n, span in found]
    vectors = library.vectors(texts)
    mean = vectors.mean(0)
    central = vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    weighed = [
        WeighedSentence(n, span, float(near) + told_weight(bulletin.units[n], span))
        for (n, span), near in zip(found, central, strict=True)
    ]
    return sorted(weighed, key=lambda one: (-one.weight, one.position, one.span.start))


def quoted(
    bulletin: Bulletin, one: WeighedSentence, room: int = LONG, about: Collection[str] = ()
) -> Evidence:
    """A sentence as evidence; of one longer than `room` the clauses side by side, at most that
    long, that hold most figures, the first ones where they are as good; with `about` those that
    have these words.
    """
    item = unit_evidence(bulletin, one.position, "摘要", one.span)
    if len(item.quote) <= room:
        return item
    clauses = split_clauses(item.quote)
    best: tuple[float, Span] | None = None
    for i, first in enumerate(clauses):
        for last in clauses[i:]:
            if last.end - first.start > room:
                break
            span = Span(one.span.start + first.start, one.span.start + last.end)
            piece = item.quote[first.start : last.end]
            value = told_weight(bulletin.units[one.position], span) - 0.01 * i
            value += 0.0005 * len(piece) + ABOUT * sum(word in piece for word in about)
            if last is not clauses[-1] and _DANGLES.search(item.quote[last.start : last.end]):
                value -= DANGLING
            if last.end - first.start >= LEAST_CHARS and (best is None or value > best[0]):
                best = value, span
    return replace(item, span=best[1]) if best else item


def _spans(
    bulletin: Bulletin, positions: Sequence[int], skip: Sequence[Span | None]
) -> Iterator[tuple[int, Span]]:
    for index, n in enumerate(positions):
        heading = skip[index] if index < len(skip) else None
        text = bulletin.units[n].text
        for span in split_sentences(text):
            if heading and span.start < heading.end:
                continue
            if span.end - span.start >= LEAST_CHARS:
                yield n, span


def told_weight(unit: Unit, span: Span) -> float:
    """What figures and documents in a sentence add to its weight, and what words of somebody or
    plans take away.
    """
    text = unit.text[span.start : span.end]
    figures = sum(map(span.begins, unit.figures))
    told = FIGURE * min(figures, MOST_FIGURES) + DOCUMENT * bool(find_documents(text))
    return told - SPOKEN * bool(_QUOTED.search(text)) - AHEAD * bool(_AHEAD.search(text))
