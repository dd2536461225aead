"""Questions to go on with, each of which the library answers."""

from collections.abc import Callable, Iterator

from corpus.bulletin import Kind
from corpus.errors import CallError
from corpus.text.places import find_places, place_named
from index.library import Library
from index.scope import OPEN, Scope
from rag.answering.answer import Answer
from rag.answering.section_questions import asked_of_section, asked_of_whole
from rag.answering.summary import told_by_sections
from rag.query.question import understand

MAX_SUGGESTIONS = 3
MAX_TRIED = 2  # other places for which a question is tried: each try costs an answer


def suggestions(
    library: Library, answered: Callable[[str], bool], answer: Answer, scope: Scope = OPEN
) -> tuple[str, ...]:
    """Up to three questions that lead on from an answer: the same one of another place that was
    found, the points of a section of the bulletin cited, its outline.

    `answered` tells whether the library answers a question inside `scope`, of which the answer is.
    """
    asked = answer.understood
    found = dict.fromkeys((*_elsewhere(asked, answer, answered), *_within(library, answer, scope)))
    return tuple(question for question in found if question != asked)[:MAX_SUGGESTIONS]


def _elsewhere(asked: str, answer: Answer, answered: Callable[[str], bool]) -> Iterator[str]:
    """The question, its only place changed for one that other hits are about."""
    mentions = find_places(asked)
    if len(mentions) != 1:
        return
    (named,) = mentions
    places = (place_named(name) for hit in answer.hits if (name := hit.unit.place))
    others = dict.fromkeys(p for p in places if p and p.code[:4] != named.place.code[:4])
    for place in list(others)[:MAX_TRIED]:
        question = f"{asked[: named.start]}{place.short}{asked[named.end :]}"
        if answered(question):
            yield question
            return


def _within(library: Library, answer: Answer, scope: Scope) -> Iterator[str]:
    """Questions for the sections and the outline of the article that is cited first, or that came
    nearest.
    """
    for lead in answer.citations or answer.hits:
        try:
            bulletin = library.bulletin(lead.bulletin)
        except CallError:
            continue  # taken out since the answer
        if lead.position >= len(bulletin.units):
            continue  # replaced since by a shorter one
        # what all articles share, such as a masthead, is of the first one
        article = bulletin.units[lead.position].article or 0
        if bulletin.articles and (place := place_named(bulletin.articles[article].place or "")):
            break
    else:
        return
    sections = (
        asked_of_section(place.short, unit)
        for unit in bulletin.units
        if unit.kind is Kind.HEADING and unit.article == article
    )
    for question in (*sections, asked_of_whole(place.short)):
        if told_by_sections(library, understand(question), scope):
            yield question
