"""A question as it is asked of a library, whose places are known."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.text.places import place_named
from index.library import Library
from rag.query.leaning_told import LeaningTold
from rag.query.misspelt import mended
from rag.query.question import Query, Turn, understand
from rag.query.small_talk import small_talk


def understood_in(
    library: Library,
    question: str,
    history: Sequence[Turn] = (),
    leaning: LeaningTold | None = None,
) -> Query:
    """What is asked, with a place of the library that was typed wrongly put right."""
    lean = leaning.told(question) if leaning and history else None
    query = understand(question, history, lean)
    if query.places or small_talk(query.question):
        return query
    places = dict.fromkeys(name for entry in library.entries() for name in entry.places)
    known = (place for name in places if (place := place_named(name)))
    meant = mended(question, [place.short for place in known])
    if meant == question:
        return query
    return replace(understand(meant, history, lean), question=query.question)
