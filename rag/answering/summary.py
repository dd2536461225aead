"""A bulletin in short: its sections in order, each with the sentences that carry it, cited."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Bulletin, Kind
from index.library import Library
from index.scope import OPEN, Scope
from rag.answering.articles_told import MAX_BULLETINS, articles_chosen
from rag.answering.beside import beside
from rag.answering.carrying import (
    LONG,
    LOOKED_AT,
    LOOKED_AT_OF_MANY,
    SHORT,
    WeighedSentence,
    quoted,
    sentences_of,
)
from rag.answering.fitting import SizedWay, fitted
from rag.answering.library_questions import cut, entries_asked
from rag.answering.outline import SECTION_SAID, agreement, outlined
from rag.answering.sections import Stretch, stretches
from rag.answering.telling import Line, doubtful
from rag.answering.unit_evidence import unit_evidence
from rag.query.intents import Aspect
from rag.query.length_wanted import LengthWanted, length_wanted
from rag.query.question import Query, understand
from rag.query.summary_subject import subject_of
from rag.reading.reader import Reader

# Characters of a summary whose length nobody asked for: half a page of one article, together two
# pages of many, and of each at least a paragraph.
ONE_ARTICLE, ALL_ARTICLES, LEAST_ARTICLE = 560, 1500, 120
SHARE = 1.1  # of the wanted length that may be filled
MARKER_CHARS = 5  # of [12] and the end of the line, which count towards a length as well
TIGHT = 70  # characters for each section below which its heading gives way to what it says
# What lines are worth: any sentence of a section, more the more it carries; a cut one less, and a
# second one of the same section less than the first one of another.
CARRIES, CUT, SECOND = 4.0, 0.85, 0.3
MANY = 4  # articles, from which on less of each is weighed


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to tell a section."""

    lines: tuple[Line, ...]
    worth: float

    @property
    def choice(self) -> SizedWay:
        """The way as it is weighed against others."""
        return SizedWay(sum(map(line_length, self.lines)), self.worth)


def summarised(
    library: Library, reader: Reader | None, query: Query, scope: Scope = OPEN
) -> tuple[Line, ...]:
    """The summary of the articles asked about, in the bulletins inside the scope, of the length
    that is wanted; empty where the question wants none.
    """
    return summarised_as(library, reader, query, scope) if query.aspect is Aspect.OVERVIEW else ()


def summarised_as(
    library: Library, reader: Reader | None, query: Query, scope: Scope = OPEN
) -> tuple[Line, ...]:
    """The summary of what a question names, whatever it wants of it."""
    return tuple(_told(library, reader, query, scope))


def told_by_sections(library: Library, query: Query, scope: Scope = OPEN) -> bool:
    """Whether a question is answered by the sections of a bulletin, one of them or all."""
    if query.aspect is Aspect.OVERVIEW:
        return bool(entries_asked(library, query, scope))
    return bool(outlined(library, query, scope))


def _told(library: Library, reader: Reader | None, query: Query, scope: Scope) -> Iterator[Line]:
    chosen = articles_chosen(library, reader, query, scope)
    wanted = length_wanted(query.understood)
    if chosen.bulletins > MAX_BULLETINS:
        yield cut(chosen.bulletins, MAX_BULLETINS)
    parts = [
        (one.bulletin, own)
        for one in chosen.articles
        if (own := _asked(library, query, one.bulletin, stretches(one.bulletin, one.number)))
    ]
    if wanted.lines is not None:
        yield from _so_many(library, parts, wanted.lines)
        return
    number = max(1, len(parts))
    looked_at = LOOKED_AT if number < MANY else LOOKED_AT_OF_MANY
    room = wanted.chars or max(LEAST_ARTICLE * number, min(ONE_ARTICLE * number, ALL_ARTICLES))
    most = int(room * SHARE) if wanted.chars else room
    for bulletin, own in parts:
        if wanted == LengthWanted():
            yield from _title(bulletin, own[0])
        yield from _fitting(library, bulletin, own, (room // number, most // number), looked_at)


def _asked(
    library: Library, query: Query, bulletin: Bulletin, own: Sequence[Stretch]
) -> list[Stretch]:
    """The stretches of the section that the question names; all where it names none."""
    subject = subject_of(query.chinese)
    sections = list(dict.fromkeys(one.section for one in own if one.section))
    if not subject or len(sections) < 2:
        return list(own)
    about = understand(subject)
    shares = [agreement(about, name, library.likeness) for name in sections]
    best = max(shares)
    if best < SECTION_SAID:
        return list(own)
    return [one for one in own if one.section == sections[shares.index(best)]]


def _title(bulletin: Bulletin, first: Stretch) -> Iterator[Line]:
    article = bulletin.units[first.positions[0]].article
    for n, unit in enumerate(bulletin.units):
        if unit.kind is Kind.TITLE and unit.article == article:
            yield Line("", unit_evidence(bulletin, n, "摘要"))


def _fitting(
    library: Library,
    bulletin: Bulletin,
    own: Sequence[Stretch],
    room: tuple[int, int],
    looked_at: int,
) -> Iterator[Line]:
    """The lines that carry most, in their order, as many as there is room for: the characters that
    are wanted and the most. Where a length is asked for that leaves little to each section,
    headings give way to what is said below them.
    """
    wanted, most = room
    led = wanted == most or wanted >= TIGHT * len(own)
    ways = [_ways(library, bulletin, one, looked_at, led=led) for one in own]
    chosen = fitted([[way.choice for way in ways_of] for ways_of in ways], wanted, most)
    if not any(n is not None for n in chosen):  # the shortest, as far as it goes
        shortest = min((way for of in ways for way in of), key=lambda way: way.choice.length)
        yield from shortest.lines
    for ways_of, n in zip(ways, chosen, strict=True):
        if n is not None:
            yield from ways_of[n].lines


def _so_many(
    library: Library, parts: Sequence[tuple[Bulletin, Sequence[Stretch]]], number: int
) -> Iterator[Line]:
    """The first sentences of the sections that carry most; second ones where there are too few."""
    ways = [
        way
        for bulletin, own in parts
        for one in own
        for way in _sentence_by_sentence(library, bulletin, one)
    ]
    best = sorted(range(len(ways)), key=lambda n: (-ways[n].worth, n))[:number]
    for n in sorted(best):
        yield from ways[n].lines


def _ways(
    library: Library, bulletin: Bulletin, one: Stretch, looked_at: int, *, led: bool
) -> list[_Way]:
    """The ways to tell a section: by its best sentence cut short, by that, by the two best."""
    best = sentences_of(library, bulletin, one.positions, one.skip, looked_at)[:2]
    if not best:
        return [_Way((_heading_alone(bulletin, one),), 1.0)]
    lead = f"{one.heading}：" if one.heading and led else ""
    first = Line(lead, quoted(bulletin, best[0]))
    worth = 1.0 + CARRIES * (best[0].weight - 0.8)
    short = Line(lead if led else "", quoted(bulletin, best[0], SHORT))
    ways = [_Way((short,), CUT * worth), _Way((first,), worth)]
    if len(best) > 1:
        in_order = sorted(best, key=lambda s: (s.position, s.span.start))
        both = [Line("", quoted(bulletin, sentence)) for sentence in in_order]
        both[0] = replace(both[0], lead=lead)
        ways.append(_Way(tuple(both), worth + SECOND * (1.0 + CARRIES * (best[1].weight - 0.8))))
    return ways


def _sentence_by_sentence(library: Library, bulletin: Bulletin, one: Stretch) -> Iterator[_Way]:
    best: list[WeighedSentence] = sentences_of(library, bulletin, one.positions, one.skip)[:2]
    for number, sentence in enumerate(best):
        lead = f"{one.heading}：" if one.heading and not number else ""
        worth = (1.0 + CARRIES * (sentence.weight - 0.8)) * (SECOND if number else 1.0)
        yield _Way((Line(lead, quoted(bulletin, sentence)),), worth)


def _heading_alone(bulletin: Bulletin, one: Stretch) -> Line:
    """The first paragraph of a section that has nothing but short sentences."""
    text = bulletin.units[one.positions[0]].text
    item = unit_evidence(bulletin, one.positions[0], "摘要")
    end = min(len(text), LONG)
    found = re.match(r".*[。；，]", text[:end])
    span = replace(item.span, end=found.end()) if found and len(text) > LONG else item.span
    return Line("", replace(item, span=span))


def line_length(line: Line) -> int:
    """Characters that a line has in an answer, with its marker and what stands beside it."""
    if line.item is None:
        return len(line.lead) + 1
    return len(line.lead) + len(line.item.quote) + MARKER_CHARS + len(beside(doubtful(line.item)))
