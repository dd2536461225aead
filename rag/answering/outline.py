"""The points under the heading that says what is asked, each by the sentence that opens it; under
a short one that only heads it, by what carries it.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.bulletin import Bulletin, Kind
from corpus.text.list_marks import TOLD_POINT
from corpus.text.sentences import split_sentences
from index.library import Library
from index.records import Entry
from index.scope import OPEN, Scope
from index.vectors.likeness import WordLikeness
from index.words.tokenizer import tokenize
from rag.answering.carrying import quoted, sentences_of
from rag.answering.library_questions import articles_asked, entries_asked
from rag.answering.sections import run_in
from rag.answering.telling import Line
from rag.answering.unit_evidence import unit_evidence
from rag.query.intents import Aspect, Wants
from rag.query.meanings import asked_terms, said
from rag.query.question import Query, subject_words

MAX_BULLETINS = 10  # whose sections are looked through
SECTION_SAID = 0.7  # how far a heading and a question must agree, on average of their terms
SHORT_HEADING = 6  # characters of a heading that names a subject and nothing of what is said of it
# What a heading has beside its subject: 二、主要成效 is about 成效.
_FRAME = re.compile(rf"{TOLD_POINT.pattern}|主要|基本|有关|具体|情况|工作|的")


def outlined(library: Library, query: Query, scope: Scope = OPEN) -> tuple[Line, ...]:
    """The points of the section whose heading says what is asked, in the bulletins inside the
    scope; empty where the question asks for no such thing.
    """
    if not (query.places and query.wants in (Wants.LIST, Wants.WAY, Wants.FACT)):
        return ()
    if query.aspect is Aspect.OVERVIEW:
        return ()
    entries = entries_asked(library, query, scope)
    if len(entries) > MAX_BULLETINS:  # no one section says it for all of them
        return ()
    found = _section(library, query, entries)
    return tuple(_line(library, bulletin, n) for bulletin, n in found)


def _line(library: Library, bulletin: Bulletin, position: int) -> Line:
    """A point: its short heading and the sentence behind that carries it, or its first sentence."""
    text = bulletin.units[position].text
    first, head = split_sentences(text)[0], run_in(text)
    carries = sentences_of(library, bulletin, (position,), (head,))[:1] if head else []
    if not carries:
        return Line("", unit_evidence(bulletin, position, "提纲", first))
    heading = text[first.start : first.end].rstrip("。；：")
    return Line(f"{heading}：", quoted(bulletin, carries[0]))


def _articles(
    library: Library, query: Query, entries: Sequence[Entry]
) -> Iterator[tuple[Bulletin, int]]:
    """Their articles about the places asked of; all where none is named."""
    for entry in entries:
        bulletin = library.bulletin(entry.id)
        for number, _ in articles_asked(bulletin, query):
            yield bulletin, number


def _section(
    library: Library, query: Query, entries: Sequence[Entry]
) -> Iterator[tuple[Bulletin, int]]:
    """The numbered points under the heading that says what is asked."""
    for bulletin, number in _articles(library, query, entries):
        units = bulletin.units
        headings = [u.text for u in units if u.kind is Kind.HEADING and u.article == number]
        if not headings:
            continue
        shares = [agreement(query, text, library.likeness) for text in headings]
        best = headings[shares.index(max(shares))]
        points = [
            n
            for n, unit in enumerate(units)
            if unit.article == number
            and unit.section[-1:] == (best,)
            and TOLD_POINT.match(unit.text)
        ]
        if max(shares) >= SECTION_SAID and len(points) > 1:
            yield from ((bulletin, n) for n in points)


def agreement(query: Query, heading: str, likeness: WordLikeness) -> float:
    """How far a heading is what is asked about, 0 to 1: the question says all of a short heading,
    or the heading all that the question asks.
    """
    subject = _FRAME.sub(" ", heading).strip()
    asked = " ".join(subject_words(query))
    there = said(asked_terms(subject), [tokenize(asked)], likeness)
    back = said(asked_terms(asked), [tokenize(heading)], likeness)
    short = there.size and len(subject) <= SHORT_HEADING
    return max(float(there.mean()) if short else 0.0, float(back.mean()) if back.size else 0.0)
