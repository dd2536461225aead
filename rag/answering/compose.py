"""Evidence to answer in the source's words: it selects and connects, it never writes facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from corpus.bulletin import Figure, Span
from index.vectors.likeness import WordLikeness
from rag.answering.answer import Answer, Caution
from rag.answering.cell import cell_asked, cell_names
from rag.answering.comparability import incomparable
from rag.answering.conflict import conflicting
from rag.answering.enumeration import opening, points
from rag.answering.namesakes import left_open
from rag.answering.reckoning import NAMES, Addend, cautions_of, reckoned
from rag.answering.tabling import Row, tabled
from rag.answering.telling import Line, told
from rag.answering.trimming import trimmed
from rag.answering.value import figure_in, value_of
from rag.query.intents import Wants
from rag.query.operations import Operation, operation_of
from rag.query.question import Query
from rag.reading.evidence import Evidence, Part
from rag.retrieval.search import Hit

# Sentences an answer may have, by what is asked: as many as it takes to be certain.
SENTENCES = {Wants.WAY: 4}
FACT_SENTENCES = 3
# The reader's probability, summed over the sentences told, at which no further one is needed, and
# the least that a further one must have of its own. Less certainty costs right answers (.823 of our
# questions with .5 and .15 against .845), more of it citations of what was not asked.
CERTAIN, LEAST_SHARE = 0.8, 0.08
# Kinds of answer that may be the points that a paragraph counts, and of how many of the best
# sentences so many must be points.
LISTS = frozenset({Wants.LIST, Wants.WAY})
NEAR_POINTS, MANY_POINTS = 4, 2
TERMS_LOOKED_AT = 3  # sentences of a side in which a figure to reckon with is looked for


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
    operation = operation_of(query.understood) if len(parts) > 1 else None
    terms = _in_order(parts, _terms(parts)) if operation else []
    if operation and len(terms) > 1:
        yield from _reckoned(query, operation, terms, parts, hits, likeness)
    elif len(parts) > 1:
        rows = [Row(part.label, chosen(part, likeness) if part.evidence else []) for part in parts]
        yield from tabled(query, rows, hits, _incomparable(rows))
    else:
        items = chosen(parts[0], likeness)
        notes = [] if query.terms else list(left_open(query, items))
        if found := conflicting(query, parts[0].evidence):
            rival, note = found
            notes.append(note)
            if all(rival.hit is not item.hit or rival.span != item.span for item in items):
                items.append(rival)
        best = max(items, key=lambda item: item.share, default=None)
        value = value_of(query, best) if best else ""
        yield from told(query, _lines(items), hits, notes, value)


def _terms(parts: Sequence[Part]) -> Iterator[Addend]:
    """The sides that a figure answers for, each by its best sentence that has one which can be
    reckoned with that of the surest side.
    """
    surest = max(parts, key=lambda part: part.evidence[0].share if part.evidence else 0.0)
    like: Figure | None = None
    for part in (surest, *(part for part in parts if part is not surest)):
        for item in part.evidence[:TERMS_LOOKED_AT]:
            figure = figure_in(part.query, item, like)
            if figure is not None:
                like = like or figure
                yield Addend(part.label, figure, item)
                break


def _in_order(parts: Sequence[Part], terms: Iterable[Addend]) -> list[Addend]:
    order = [part.label for part in parts]
    return sorted(terms, key=lambda term: order.index(term.label))


def _reckoned(
    query: Query,
    operation: Operation,
    terms: Sequence[Addend],
    parts: Sequence[Part],
    hits: Sequence[Hit],
    likeness: WordLikeness,
) -> Iterator[Answer]:
    """A table of the terms, closed by what they make."""
    asked = {part.label: part.query for part in parts}
    rows = [
        Row(term.label, [_cut(asked[term.label], term, likeness)], term.figure.text)
        for term in terms
    ]
    silent = [part.label for part in parts if part.label not in {term.label for term in terms}]
    result = NAMES[operation], reckoned(operation, terms, silent)
    notes = [*_incomparable(rows), *cautions_of(operation, terms)]
    yield from tabled(query, rows, hits, notes, result)


def _cut(query: Query, term: Addend, likeness: WordLikeness) -> Evidence:
    """The sentence of a term, trimmed around its figure."""
    focus = Span(term.figure.start, term.figure.end)
    item = replace(term.item, focus=focus)
    return replace(item, span=trimmed(replace(query, wants=Wants.NUMBER), item, likeness))


def _incomparable(rows: Sequence[Row]) -> list[Caution]:
    return incomparable([(row.name, item.quote) for row in rows for item in row.items])


def _lines(items: Sequence[Evidence]) -> list[Line]:
    """A line for each sentence; of neighbours from one article only the first names the place."""
    before = [None, *items[:-1]]
    return [
        Line(lead(item, placed=bool(last and last.hit.title == item.hit.title)), item)
        for last, item in zip(before, items, strict=True)
    ]


def chosen(part: Part, likeness: WordLikeness) -> list[Evidence]:
    """As many of the best sentences as it takes to hold the answer with some certainty, in the
    order of the source; long ones trimmed.
    """
    if counted := _points(part):
        return counted
    told = [item for item, choice in _one_by_one(part) if choice is Choice.TOLD]
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
    limit = SENTENCES.get(part.query.wants, FACT_SENTENCES)
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
            if told == 1 and cell_asked(part.query, item):
                certain = 1.0  # what stands around a table tells of the whole, or of other things
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
    inside = {
        n
        for n, point in enumerate(counted)
        for item in near
        if point.start <= item.span.start < point.end
    }
    if not leads and (len(inside) < MANY_POINTS or best.share >= CERTAIN):
        return []
    return [replace(best, span=opening(best.hit.text, point)) for point in counted]


def lead(item: Evidence, *, placed: bool = False) -> str:
    """Names the place where the sentence itself does not and it is not `placed` by the one before
    it; of a table's value the row too.
    """
    place, row = item.hit.unit.place, cell_names(item)[0]
    row = "" if row in item.quote else row
    named = placed or place is None or place.rstrip("市县区省") in f"{row}{item.quote}"
    names = "·".join(filter(None, ("" if named else place, row)))
    return f"{names}：" if names else ""
