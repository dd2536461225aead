"""Evidence to answer in the source's words: it selects and connects, it never writes facts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from corpus.text.numerals import han
from index.vectors.likeness import WordLikeness
from rag.answering.answer import Answer, Caution
from rag.answering.cell import cell_asked
from rag.answering.computed import computed, incomparable_rows
from rag.answering.conflict import conflicting
from rag.answering.dated import in_time
from rag.answering.enumeration import opening, points
from rag.answering.judged_claim import OPEN
from rag.answering.namesakes import left_open
from rag.answering.reckoning import Result
from rag.answering.tabling import Row, tabled
from rag.answering.telling import Line, lead, told
from rag.answering.trimming import trimmed
from rag.answering.value import value_of
from rag.answering.verdict import unlisted, verdict
from rag.query.intents import Wants
from rag.query.question import Query
from rag.query.ranks import latest_asked
from rag.query.sides import asks_everywhere
from rag.reading.evidence import Evidence, Part
from rag.retrieval.search import Hit

# Sentences an answer may have, by what is asked: as many as it takes to be certain.
SENTENCES = {Wants.WAY: 4}
FACT_SENTENCES = 3
CELL_SENTENCES = 2  # of a side in a table
# The reader's probability, summed over the sentences told, at which no further one is needed, and
# the least that a further one must have of its own. Less certainty costs right answers (.823 of our
# questions with .5 and .15 against .845), more of it citations of what was not asked.
CERTAIN, LEAST_SHARE = 0.8, 0.08
ALONE = 0.65  # share of the first sentence at which its value needs no further one
# Kinds of answer that may be the points that a paragraph counts, and of how many of the best
# sentences so many must be points.
LISTS = frozenset({Wants.LIST, Wants.WAY})
NEAR_POINTS, MANY_POINTS = 4, 2


class Choice(StrEnum):
    """Whether a sentence of the evidence is told, or why not."""

    TOLD = "told"
    CERTAIN = "certain"  # the sentences before it hold the answer with enough certainty
    UNLIKELY = "unlikely"  # too improbable to stand beside another
    ENOUGH = "enough"  # as many are told as such an answer may have
    POINTS = "points"  # the points that the source counts are told instead


def compose(
    query: Query, parts: Sequence[Part], hits: Sequence[Hit], likeness: WordLikeness
) -> Iterator[Answer]:
    """The answer, growing by a sentence at a time; the last one yielded is whole.

    `parts` is the question with its evidence, or one part for each side of a comparison.
    """
    if (answers := computed(query, parts, hits, likeness)) is not None:
        yield from answers
    elif len(parts) > 1:
        yield from _side_by_side(query, parts, hits, likeness)
    else:
        items = chosen(parts[0], likeness)
        notes = [] if query.terms else list(left_open(query, items))
        if found := conflicting(query, parts[0].evidence):
            rival, note = found
            notes.append(note)
            if all(rival.hit is not item.hit or rival.span != item.span for item in items):
                items.append(rival)
        best = max(items, key=lambda item: item.share, default=None)
        value = _opening(parts[0], best, likeness) if best else ""
        if (
            value == OPEN
            and (lists := unlisted(query, parts[0].evidence, likeness))
            and query.claim
        ):
            value, best, items = query.claim.no, lists, [lists]
            notes.append(Caution("unlisted", f"原文列出的名单中没有{query.places[0].name}"))
        if value and best and (query.claim or query.bound):  # what decides stands at the verdict
            items = [best, *(item for item in items if item is not best)]
        yield from told(query, _lines(items), hits, notes, value)


def _side_by_side(
    query: Query, parts: Sequence[Part], hits: Sequence[Hit], likeness: WordLikeness
) -> Iterator[Answer]:
    """A table of the sides: in the order of time where the first or the last is asked for."""
    apart, which = parts[0].by_itself, asks_everywhere(query)
    latest = None if apart else latest_asked(query.understood)
    if latest is not None:
        rows, line, note = in_time(parts, latest=latest)
        return tabled(query, rows, hits, [note], line)
    rows = [_row(part, likeness, which=which) for part in parts]
    if apart:
        rows = _each_its_own(rows)
    notes = [] if apart or which else incomparable_rows(rows)
    return tabled(query, rows, hits, notes, _those(rows) if which else None)


def _opening(part: Part, best: Evidence, likeness: WordLikeness) -> str:
    """What an answer opens with: the verdict on what is claimed, or the value that is asked for."""
    said = verdict(part.query, best, part.answered, likeness)
    return said or value_of(part.query, best)


def _each_its_own(rows: Sequence[Row]) -> list[Row]:
    """Rows of several questions: the value that one is answered by answers no other, which is
    silent.
    """
    found: list[Row] = []
    for row in rows:
        taken = row.value and any(
            row.value == other.value and row.items[0].span == other.items[0].span
            and row.items[0].hit.text == other.items[0].hit.text
            for other in found if other.value
        )  # fmt: skip
        found.append(Row(row.name, []) if taken else row)
    return found


def _those(rows: Sequence[Row]) -> Result:
    """Which they are that say so, before each is told."""
    return Result("、".join(row.name for row in rows), f"（资料库中提到的共{han(len(rows))}处）")


def _row(part: Part, likeness: WordLikeness, *, which: bool) -> Row:
    """A side with its sentences; of a question by itself with the value that it asks for. Of those
    that are asked for by `which`, one sentence says that it is so.
    """
    if not part.evidence:
        return Row(part.label, [])
    if which:
        best = part.evidence[0]
        return Row(part.label, [replace(best, span=trimmed(part.query, best, likeness))])
    items = chosen(part, likeness)
    best = max(items, key=lambda item: item.share)
    if not part.by_itself:
        return Row(part.label, items)
    value = _opening(part, best, likeness)
    return Row(part.label, [best] if value else items, value, led=not part.query.places)


def _lines(items: Sequence[Evidence]) -> list[Line]:
    """A line for each sentence; of neighbours from one article only the first names the place."""
    before = [None, *items[:-1]]
    return [
        Line(lead(item, placed=bool(last and last.hit.title == item.hit.title)), item)
        for last, item in zip(before, items, strict=True)
    ]


def chosen(part: Part, likeness: WordLikeness) -> list[Evidence]:
    """As many of the best sentences as it takes to hold the answer with some certainty, the best
    first, or in the order of the source where they are a list; long ones trimmed.
    """
    if counted := _points(part):
        return counted
    told = [item for item, choice in _one_by_one(part) if choice is Choice.TOLD]
    if part.query.wants in LISTS:  # read on, they are the steps of one matter
        order = {id(item.hit): n for n, item in reversed(list(enumerate(told)))}
        told.sort(key=lambda item: (order[id(item.hit)], item.span.start))
    return [replace(item, span=trimmed(part.query, item, likeness)) for item in told]


def choices(part: Part) -> list[tuple[Evidence, Choice]]:
    """Every sentence of the evidence, best first, with whether it is told."""
    if _points(part):
        return [(item, Choice.POINTS) for item in part.evidence]
    return _one_by_one(part)


def _one_by_one(part: Part) -> list[tuple[Evidence, Choice]]:
    """Choices where no points are told."""
    limit = CELL_SENTENCES if part.label else SENTENCES.get(part.query.wants, FACT_SENTENCES)
    made: list[tuple[Evidence, Choice]] = []
    told, certain = 0, 0.0
    for item in part.evidence:
        if certain >= CERTAIN:
            choice = Choice.CERTAIN
        elif told and item.share < LEAST_SHARE:
            choice = Choice.UNLIKELY
        elif told == limit:
            choice = Choice.ENOUGH
        else:
            choice = Choice.TOLD
            told, certain = told + 1, certain + item.share
            opens = not part.label and item.share >= ALONE and value_of(part.query, item)
            if told == 1 and (opens or cell_asked(part.query, item)):
                certain = 1.0  # what stands around a cell or a value tells of other things
        made.append((item, choice))
    return made


def _points(part: Part) -> list[Evidence]:
    """The points that the source counts, where they are what the question asks for; else none."""
    asked = bool(part.evidence) and not part.label and part.query.wants in LISTS
    return _enumerated(part.evidence) if asked else []


def _enumerated(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The points that the best sentence's paragraph counts, where that sentence leads up to them or
    several of the best are points themselves; else none.
    """
    best = evidence[0]
    counted = points(best.hit.text)
    if not counted:
        return []
    leads = best.span.start < counted[0].start and best.span.end >= counted[0].start - 1
    near = [item for item in evidence[:NEAR_POINTS] if item.hit is best.hit]
    inside = {n for n, point in enumerate(counted) for item in near if point.begins(item.span)}
    if not leads and (len(inside) < MANY_POINTS or best.share >= CERTAIN):
        return []
    return [replace(best, span=opening(best.hit.text, point)) for point in counted]
