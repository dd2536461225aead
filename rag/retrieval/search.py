"""Hybrid search: a query to the units that may answer it, from both indexes, fused, then read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.bulletin import NUMBERED, Kind
from corpus.errors import CallError
from index.library import Library
from index.records import Found
from index.scope import OPEN, Scope
from rag.query.question import Query
from rag.query.sides import asks_everywhere, sides
from rag.reading.reader import Reader
from rag.reading.readers import default_reader
from rag.retrieval.agreement import about_place, may_answer_for, place_factor
from rag.retrieval.fusion import CANDIDATES, Candidate, candidates
from rag.retrieval.hit import Hit, hit_of, in_turn
from rag.retrieval.period import period_factor
from rag.retrieval.read_order import READ, READ_FIRST, read_order
from rag.retrieval.stages import ALL_STAGES, Stages

__all__ = ["Hit", "about_place", "check_k", "in_turn", "may_answer_for", "search"]

MAX_K = 1000
# A headline or a credit shares words with many questions and answers few.
BODY = frozenset({*NUMBERED, Kind.EDITOR_NOTE})
OTHER_KINDS_FACTOR = 0.6
# The line that tells what is asked of a bulletin itself need not share a word with the question.
IMPRINT_SCORE = 0.7
NAMED_READ = 2  # candidates that name a place asked about and are read though others seem nearer
OF_PERIOD = 24  # candidates of which those of the period asked about come first
LEAST_SCORE = 1e-6  # of the best unit, that others are shares of


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
    reader, by default the embedded one.

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
    """The k best units, best first: fusion finds them, the reader orders the first."""
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
    agreed = {c.found.row: _weight(c.found, query, stages) for c in fused}
    prior = {
        c.found.row: (c.score + IMPRINT_SCORE * (c.found.kind in kinds)) * agreed[c.found.row]
        for c in fused
    }
    fused.sort(key=lambda c: -prior[c.found.row])
    first = _of_period(library, query, fused, prior, stages)[: max(k, READ)]
    if not stages.reading:
        return _as_found(library, query, [(c, prior[c.found.row]) for c in first], stages)[:k]
    found = [(c, agreed[c.found.row]) for c in _with_named(query, first)]
    return read_order(library, reader or default_reader(), query, found, stages)[:k]


def _of_period(
    library: Library,
    query: Query,
    fused: Sequence[Candidate],
    prior: Mapping[int, float],
    stages: Stages,
) -> Sequence[Candidate]:
    """Candidates, best first, the head of them by the period too: issues of a series say the same
    of each.
    """
    if not (query.years and stages.places):
        return fused
    head = fused[:OF_PERIOD]
    worth = {
        c.found.row: prior[c.found.row] * period_factor(query, *library.unit(c.found)) for c in head
    }
    return [*sorted(head, key=lambda c: -worth[c.found.row]), *fused[OF_PERIOD:]]


def _with_named(query: Query, first: Sequence[Candidate]) -> Sequence[Candidate]:
    """Candidates, best first; where none of those that are read at once names a place asked about
    or is about it, the best that do are read with them: a list of all cities is like no question.
    """
    if not query.places or any(_names(c.found, query) for c in first[:READ_FIRST]):
        return first
    named = [c for c in first[READ_FIRST:] if _names(c.found, query)][:NAMED_READ]
    head = [*first[: READ_FIRST - len(named)], *named]
    return [*head, *(c for c in first if c not in head)]


def _names(found: Found, query: Query) -> bool:
    return any(code.startswith(place.code) for code in found.places for place in query.places)


def _as_found(
    library: Library, query: Query, found: Sequence[tuple[Candidate, float]], stages: Stages
) -> list[Hit]:
    """Hits of units that nothing reads, by their scores and by whether they tell of the period."""
    scored = []
    for candidate, score in found:
        bulletin, unit = library.unit(candidate.found)
        period = period_factor(query, bulletin, unit) if stages.places else 1.0
        scored.append((score * period, candidate, bulletin, unit))
    best = max((score for score, *_ in scored), default=0.0)
    hits = [
        hit_of(query, candidate, bulletin, unit, score / max(best, LEAST_SCORE))
        for score, candidate, bulletin, unit in scored
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.bulletin, hit.position))


def _united(lists: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The candidates of several wordings of a question, each by its best scores."""
    best: dict[int, Candidate] = {}
    for candidate in (c for found in lists for c in found):
        row, known = candidate.found.row, best.get(candidate.found.row, candidate)
        best[row] = replace(known, words=max(known.words, candidate.words),
                            meaning=max(known.meaning, candidate.meaning))  # fmt: skip
    return list(best.values())


def _weight(found: Found, query: Query, stages: Stages) -> float:
    """What a unit's score is worth by its kind and its place."""
    body = not stages.kinds or found.kind in BODY or found.kind in query.stated_by
    kind = 1.0 if body else OTHER_KINDS_FACTOR
    return kind * (place_factor(found, query.places) if stages.places else 1.0)
