"""The order of what was found by a reader, with what the search says beside it."""

import math
from collections.abc import Sequence

from index.library import Library
from rag.query.question import Query
from rag.query.sides import asks_everywhere
from rag.reading.certainty import logistic
from rag.reading.reader import Passage, Reader, ReadPassage
from rag.reading.unit_passages import passage_of
from rag.retrieval.fusion import Candidate
from rag.retrieval.hit import Hit, hit_of
from rag.retrieval.period import period_factor
from rag.retrieval.stages import ALL_STAGES, Stages

# Units that are read, which is what an answer's time is spent on: first a few, the rest only where
# none of them seems to answer, which four of five questions spare. On the watched questions as many
# find their paragraph first, and those that are not answered stand out a little better.
READ_FIRST, READ = 6, 12
SEEMS_TO_ANSWER = -1.0  # logit of the reader
# What the search says beside the reader, in its logits: the whole way from the worst unit found to
# the best, and the logarithm of how far kind, place and period agree. Set on the watched questions.
PRIOR, AGREEMENT = 4.0, 2.0
TOLD_OF_ITSELF = 4.0  # logits of a line that states what is asked of a bulletin itself
SHARPNESS = 0.5  # of the logistic function that makes a score of a logit: two far ones differ still


def read_order(
    library: Library,
    reader: Reader,
    query: Query,
    found: Sequence[tuple[Candidate, float]],
    stages: Stages = ALL_STAGES,
) -> list[Hit]:
    """Hits of units that were found, each with how far its kind and place agree with the question,
    above 0 and at most 1: the first ones by the reader, the others behind them as they were.

    :raises ModelError: the reader cannot be loaded.
    """
    units = [library.unit(candidate.found) for candidate, _ in found]
    passages = [passage_of(*unit) for unit in units[:READ]]
    read = _read(reader, query, passages)
    scores = []
    for (one, agreement), (bulletin, unit), what in zip(found, units, read, strict=False):
        period = period_factor(query, bulletin, unit) if stages.places else 1.0
        told = TOLD_OF_ITSELF * (unit.kind in query.stated_by)
        beside = PRIOR * one.score + AGREEMENT * math.log(agreement * period) + told
        scores.append(logistic(SHARPNESS * (what.answers + beside)))
    floor = min(scores, default=0.0)
    scores += [floor * one.score * agreement for one, agreement in found[len(read) :]]
    hits = [
        hit_of(query, candidate, *unit, score, read=n < len(read))
        for n, ((candidate, _), unit, score) in enumerate(zip(found, units, scores, strict=True))
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.bulletin, hit.position))


def _read(reader: Reader, query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
    """What is read in the first passages, and in the others where these do not seem to answer, or
    where every place is asked for its own.
    """
    first = reader.read(query, passages[:READ_FIRST])
    answered = any(one.answers >= SEEMS_TO_ANSWER for one in first)
    if answered and not asks_everywhere(query):
        return first
    return first + reader.read(query, passages[READ_FIRST:])
