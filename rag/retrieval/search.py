"""Hybrid search: a query to the units that may answer it, from both indexes, fused and ranked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.bulletin import NUMBERED, Kind
from corpus.errors import CallError
from index.library import Library
from index.records import Found
from index.scope import OPEN, Scope
from rag.query.question import Query, placeless
from rag.query.sides import asks_everywhere, sides
from rag.reading.reader import Reader
from rag.retrieval.agreement import about_place, may_answer_for, place_factor, year_factor
from rag.retrieval.features import Array
from rag.retrieval.fusion import CANDIDATES, Candidate, candidates
from rag.retrieval.hit import Hit, hit_of, in_turn
from rag.retrieval.ranker import rank, sentences_of
from rag.retrieval.read_order import READ, read_order
from rag.retrieval.stages import ALL_STAGES, Stages

__all__ = ["Hit", "about_place", "check_k", "in_turn", "may_answer_for", "search"]

MAX_K = 1000
# A headline or a credit shares words with many questions and answers few.
BODY = frozenset({*NUMBERED, Kind.EDITOR_NOTE})
OTHER_KINDS_FACTOR = 0.6
# The line that tells what is asked of a bulletin itself need not share a word with the question.
IMPRINT_SCORE = 0.7
RANKED = 20  # units that the ranker orders; the right one is among them in .998 of CMRC's questions
# Weight of the ranker against fusion. Alone it is best at the first place, but it learned from
# questions that share words with their answers: for paraphrases fusion must have its say. Set on
# eval/questions.jsonl and the development bulletins, among 0.5 to 1.
RANKER_SHARE = 0.9


def search(
    library: Library,
    query: Query,
    k: int,
    scope: Scope = OPEN,
    stages: Stages = ALL_STAGES,
    *,
    reader: Reader | None = None,
) -> list[Hit]:
    """The k best units for the query inside the scope, best first; the first of them ordered by the
    reader, without one by the learned ranker.

    A comparison gets the best of every place in turn, then the second best: of the places that it
    names, or of all where it asks which of them.

    :raises CallError: k is below 1 or above MAX_K.
    :raises LibraryError: the index does not fit the embedding model.
    :raises ModelError: the reader cannot be loaded.
    """
    check_k(k)
    return library.steady(
        lambda: in_turn(
            search_one(library, one.query, k, scope, stages, reader=reader) for one in sides(query)
        )[:k]
    )


def search_one(
    library: Library,
    query: Query,
    k: int,
    scope: Scope = OPEN,
    stages: Stages = ALL_STAGES,
    *,
    reader: Reader | None = None,
) -> list[Hit]:
    """The k best units as `search` finds them, for a question that is no comparison or one side of
    it: whoever has split it looks for each side by itself.

    :raises CallError: k is below 1 or above MAX_K.
    :raises LibraryError: the index does not fit the embedding model.
    :raises ModelError: the reader cannot be loaded.
    """
    check_k(k)
    return library.steady(lambda: _searched(library, query, k, scope, stages, reader))


def _searched(
    library: Library, query: Query, k: int, scope: Scope, stages: Stages, reader: Reader | None
) -> list[Hit]:
    if asks_everywhere(query):
        groups: dict[str | None, list[Hit]] = defaultdict(list)
        for hit in _ranked(library, query, max(k, CANDIDATES), scope, stages, reader):
            groups[hit.unit.place].append(hit)
        elsewhere = groups.pop(None, [])
        return in_turn([*groups.values(), elsewhere])[:k]
    return _ranked(library, query, k, scope, stages, reader)


def check_k(k: int) -> None:
    """:raises CallError: k is below 1 or above MAX_K."""
    if not 1 <= k <= MAX_K:
        raise CallError(f"k is {k}; ask for 1 to {MAX_K} hits")


def _ranked(
    library: Library, query: Query, k: int, scope: Scope, stages: Stages, reader: Reader | None
) -> list[Hit]:
    """The k best units, best first: fusion finds them, ranker or reader orders the first."""
    worded = [query]
    if query.official and stages.wording:
        worded.append(replace(query, understood=query.official))
    fused = _united([candidates(library, q, max(CANDIDATES, k), scope, stages) for q in worded])
    kinds = query.stated_by
    if kinds and scope.kinds is None:
        inside = replace(scope, kinds=tuple(kinds), places=scope.places or query.places or None)
        known = {c.found.row for c in fused}
        told = candidates(library, query, CANDIDATES, inside, stages)
        fused += [c for c in told if c.found.row not in known]
    weights = {c.found.row: _weight(c.found, query, stages) for c in fused}
    told_first = {c.found.row: IMPRINT_SCORE * (c.found.kind in kinds) for c in fused}
    fused.sort(key=lambda c: -(c.score + told_first[c.found.row]) * weights[c.found.row])
    if reader is not None and stages.ranker:
        found = [(c, weights[c.found.row]) for c in fused[: max(k, READ)]]
        return read_order(library, reader, query, found, stages)[:k]
    head = {c.found.row: c for c in fused[:RANKED]}
    if not head:
        return []
    pools = [library.read(placeless(q), [c.found for c in head.values()]) for q in worded]
    readings = pools[0].readings
    prior = np.array([head[unit.row].score for unit in readings], dtype=np.float32)
    rankings = [rank(pool, prior, library.likeness) for pool in pools]
    shares = _of_top(prior)
    # The words that an English question is carried over by are many and loose: to order paragraphs
    # by them costs seven of a hundred XQuAD questions their first place.
    if stages.ranker and not query.terms:
        ranked = np.mean([_of_top(ranking.units) for ranking in rankings], axis=0)
        shares = RANKER_SHARE * ranked + (1 - RANKER_SHARE) * shares
    sentences = sentences_of(rankings)
    scored = []
    for reading, own in zip(readings, shares.tolist(), strict=True):
        share = own if reading.kind not in kinds else IMPRINT_SCORE + (1 - IMPRINT_SCORE) * own
        period = year_factor(reading.text, reading.date, query.years) if stages.places else 1.0
        score = share * weights[reading.row] * period
        scored.append((score, head[reading.row], reading))
    scored.sort(key=lambda one: (-one[0], one[2].bulletin, one[2].position))
    if k > len(scored) and len(fused) > len(scored):
        floor = scored[-1][0]
        rest = {c.found.row: c for c in fused[RANKED:k]}
        for reading in library.read(placeless(query), [c.found for c in rest.values()]).readings:
            c = rest[reading.row]
            scored.append((min(floor, c.score * weights[reading.row]), c, reading))
        scored[RANKED:] = sorted(scored[RANKED:], key=lambda one: -one[0])
    rows = {reading.row: n for n, reading in enumerate(readings)}
    return [
        hit_of(query, c, *library.unit(c.found), score, sentences.get(rows.get(unit.row, -1), ()))
        for score, c, unit in scored[:k]
    ]


def _united(lists: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The candidates of several wordings of a question, each by its best scores."""
    best: dict[int, Candidate] = {}
    for candidate in (c for found in lists for c in found):
        row, known = candidate.found.row, best.get(candidate.found.row, candidate)
        best[row] = replace(known, words=max(known.words, candidate.words),
                            meaning=max(known.meaning, candidate.meaning))  # fmt: skip
    return list(best.values())


def _of_top(scores: Array) -> Array:
    """Scores as shares of the highest."""
    return scores / max(float(scores.max()), 1e-6)


def _weight(found: Found, query: Query, stages: Stages) -> float:
    """What a unit's score is worth by its kind and its place."""
    body = not stages.kinds or found.kind in BODY or found.kind in query.stated_by
    kind = 1.0 if body else OTHER_KINDS_FACTOR
    return kind * (place_factor(found, query.places) if stages.places else 1.0)
