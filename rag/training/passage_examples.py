"""Public questions as examples: the units found for one, and which sentences of them answer it."""

from collections.abc import Sequence

import numpy as np

from corpus.bulletin import Span
from index.library import Library
from index.pool import Pool
from index.scope import OPEN
from rag.query.question import understand
from rag.retrieval.features import Array
from rag.retrieval.fusion import CANDIDATES, candidates
from rag.retrieval.search import RANKED


def found_for(library: Library, question: str) -> tuple[Pool, Array]:
    """The units that the ranker orders for a question, and what fusion gave each: float32 of shape
    (units,).
    """
    query = understand(question)
    fused = candidates(library, query, CANDIDATES, OPEN)[:RANKED]
    pool = library.read(query.understood, [candidate.found for candidate in fused])
    scores = {candidate.found.row: candidate.score for candidate in fused}
    return pool, np.array([scores[unit.row] for unit in pool.readings], dtype=np.float32)


def answering(text: str, spans: Sequence[Span], answers: Sequence[str]) -> list[bool]:
    """Which sentences hold an answer; where none holds a whole one, those that hold a part.

    >>> answering("甲在乙。丙在丁。", [Span(0, 4), Span(4, 8)], ["丁"])
    [False, True]
    """
    whole, part = [False] * len(spans), [False] * len(spans)
    for answer in filter(None, answers):
        at = text.find(answer)
        while at >= 0:
            for i, span in enumerate(spans):
                whole[i] |= span.start <= at and at + len(answer) <= span.end
                part[i] |= span.start < at + len(answer) and at < span.end
            at = text.find(answer, at + 1)
    return whole if any(whole) else part
