"""A bulletin in short: its sections in order, each with the sentence that carries it, cited."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Bulletin, Kind, Span, Unit
from corpus.text.list_marks import TOLD_POINT
from corpus.text.sentences import split_sentences
from index.library import Library
from index.passages import RUN_IN_CHARS
from index.scope import OPEN, Scope
from rag.answering.library_questions import articles_asked, cut, entries_asked
from rag.answering.telling import Line
from rag.answering.trimming import split_clauses
from rag.answering.unit_evidence import unit_evidence
from rag.query.intents import Aspect
from rag.query.length_wanted import LengthWanted, length_wanted
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.reading.reader import Reader
from rag.reading.unit_passages import passage_of

MAX_BULLETINS = 10  # that are told of
MAX_POINTS = 14  # of an article; more is no summary, and then its sections have to do
OPENINGS = 8  # paragraphs of an article without sections or points whose first sentences are told
LEAST_CHARS = 12  # of a sentence that carries a section; a shorter one heads it
LONG = 90  # characters of a sentence of a summary; a longer one is told by its first clauses
MARKER_CHARS = 3  # of [1], which count towards a wanted length as well
SHARE = 1.1  # of the wanted length that may be filled


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a summary, and how far it carries what it stands for: a logit, 0 where nothing was
    read.
    """

    line: Line
    weight: float = 0.0


def summarised(
    library: Library, reader: Reader | None, query: Query, scope: Scope = OPEN
) -> tuple[Line, ...]:
    """The summary of the articles asked about, in the bulletins inside the scope, of the length
    that is wanted; empty where the question wants none. Without a reader sections are carried by
    their first sentence.
    """
    if query.aspect is not Aspect.OVERVIEW:
        return ()
    entries = entries_asked(library, query, scope)
    head = [cut(len(entries), MAX_BULLETINS)] if len(entries) > MAX_BULLETINS else []
    found: list[Told] = []
    for entry in entries[:MAX_BULLETINS]:
        bulletin = library.bulletin(entry.id)
        for number, _ in articles_asked(bulletin, query):
            found += _article(reader, query, bulletin, number)
    wanted = length_wanted(query.understood)
    if wanted == LengthWanted():
        lines = [told.line for told in found]
    else:
        lines = _fitted([told for told in found if told.weight != math.inf], wanted)
    return (*head, *lines) if lines else ()


def _article(
    reader: Reader | None, query: Query, bulletin: Bulletin, article: int
) -> Iterator[Told]:
    """The title of an article, which has no weight that could be compared, and its points."""
    own = [(n, unit) for n, unit in enumerate(bulletin.units) if unit.article == article]
    for n, unit in own:
        if unit.kind is Kind.TITLE:
            yield Told(Line("", _evidence(bulletin, n)), math.inf)
    points = list(_points(reader, query, bulletin, own))
    if len(points) > MAX_POINTS:
        points = list(_sections(reader, query, bulletin, own))[:MAX_POINTS]
    if not points:
        paragraphs = [n for n, unit in own if unit.kind is Kind.PARAGRAPH][:OPENINGS]
        points = [Told(Line("", _opening(bulletin, n))) for n in paragraphs]
    yield from points


def _points(
    reader: Reader | None, query: Query, bulletin: Bulletin, own: Sequence[tuple[int, Unit]]
) -> Iterator[Told]:
    """The points that the article marks itself; of a section without any the sentence that carries
    it.
    """
    marked = {n for n, unit in own if unit.kind is Kind.PARAGRAPH and TOLD_POINT.match(unit.text)}
    with_points = {bulletin.units[n].section[-1:] for n in marked}
    sections = {
        told.line.item.hit.unit.section[-1:]: told
        for told in _sections(reader, query, bulletin, own)
        if told.line.item is not None
    }
    for n, unit in own:
        if n in marked:
            yield _point(reader, query, bulletin, n)
        elif (unit.text,) in sections and (unit.text,) not in with_points:
            yield sections[unit.text,]


def _point(reader: Reader | None, query: Query, bulletin: Bulletin, position: int) -> Told:
    """A point that a paragraph opens with: its first sentence, or where that only heads it, the
    sentence behind it that carries it.
    """
    text = bulletin.units[position].text
    first = split_sentences(text)[0]
    heading = text[first.start : first.end]
    if len(heading) > RUN_IN_CHARS or first.end == len(text):
        return Told(Line("", _opening(bulletin, position)))
    item, weight = _carrying(reader, query, bulletin, heading, [position])
    if item.span.start < first.end:
        return Told(Line("", item), weight)
    return Told(Line(f"{heading.rstrip('。；')}：", item), weight)


def _sections(
    reader: Reader | None, query: Query, bulletin: Bulletin, own: Sequence[tuple[int, Unit]]
) -> Iterator[Told]:
    """Each heading with the sentence below it that carries what it says."""
    for _, heading in own:
        below = [
            n
            for n, unit in own
            if unit.kind is Kind.PARAGRAPH and unit.section[-1:] == (heading.text,)
        ]
        if heading.kind is Kind.HEADING and below:
            item, weight = _carrying(reader, query, bulletin, heading.text, below)
            yield Told(Line(f"{TOLD_POINT.sub('', heading.text).strip()}：", item), weight)


def _carrying(
    reader: Reader | None, query: Query, bulletin: Bulletin, heading: str, below: Sequence[int]
) -> tuple[Evidence, float]:
    """The sentence of some paragraphs that says best what was done about a heading."""
    if reader is None:
        return _opening(bulletin, below[0]), 0.0
    asked = f"{TOLD_POINT.sub('', heading).strip()}，具体做了什么"
    of_heading = replace(query, question=asked, understood=asked, before="", terms=(), aspect=None)
    passages = [passage_of(bulletin, bulletin.units[n]) for n in below]
    weighed = [
        (read.answers + math.log(one.share), n, one.span)
        for n, read in zip(below, reader.read(of_heading, passages), strict=True)
        for one in read.sentences
        if one.share > 0
        and one.span.end - one.span.start >= LEAST_CHARS
        and not bulletin.units[n].text.startswith(heading, one.span.start)
    ]
    if not weighed:
        return _opening(bulletin, below[0]), 0.0
    weight, n, span = max(weighed, key=lambda one: (one[0], -one[1]))
    return _shortened(_evidence(bulletin, n, span)), weight


def _fitted(told: Sequence[Told], wanted: LengthWanted) -> list[Line]:
    """The lines that carry most, in their order, as many as the wanted length has room for."""
    best = sorted(range(len(told)), key=lambda n: (-told[n].weight, n))
    if wanted.lines is not None:
        return [told[n].line for n in sorted(best[: wanted.lines])]
    room = SHARE * (wanted.chars or 0)
    kept: list[int] = []
    for n in best:
        length = _length(told[n].line)
        if length <= room:
            kept.append(n)
            room -= length
    if not kept and told:  # the shortest, as far as it goes
        kept = [min(best, key=lambda n: _length(told[n].line))]
    return [told[n].line for n in sorted(kept)]


def _length(line: Line) -> int:
    quote = line.item.quote if line.item else ""
    return len(line.lead) + len(quote) + MARKER_CHARS + 1


def _shortened(item: Evidence) -> Evidence:
    """A sentence, or the first clauses of a long one."""
    if len(item.quote) <= LONG:
        return item
    ends = [clause.end for clause in split_clauses(item.quote) if LEAST_CHARS <= clause.end <= LONG]
    if not ends:
        return item
    return replace(item, span=Span(item.span.start, item.span.start + ends[-1]))


def _opening(bulletin: Bulletin, position: int) -> Evidence:
    """The first sentence of a paragraph."""
    return _shortened(
        _evidence(bulletin, position, split_sentences(bulletin.units[position].text)[0])
    )


def _evidence(bulletin: Bulletin, position: int, span: Span | None = None) -> Evidence:
    return unit_evidence(bulletin, position, "提纲", span)
