"""Whether a question behind a conversation is about something else than the place spoken of."""

from dataclasses import replace

from corpus.text.places import Place
from index.library import Library
from index.scope import OPEN, Scope
from rag.query.question import Query, subject_words

LOOKED_AT = 5  # units in which the words of a question are looked for
# Share of a question's words that a unit elsewhere has beyond any of the place's: half of them.
ELSEWHERE = 0.5


def is_new_topic(library: Library, query: Query, place: Place, scope: Scope = OPEN) -> bool:
    """Whether a unit inside the scope has far more of a question's words than any about the place
    has: 科技创新座谈会 where one spoke of a city's canteens. The question must name no place.
    """
    words = [word for word in dict.fromkeys(subject_words(query)) if len(word) > 1]
    if not words or scope.places is not None:
        return False
    here = _said(library, query, words, replace(scope, places=(place,)))
    return _said(library, query, words, scope) - here >= ELSEWHERE


def _said(library: Library, query: Query, words: list[str], scope: Scope) -> float:
    """The greatest share of the words that one unit has."""
    found = library.search_words(query.understood, LOOKED_AT, scope)
    texts = [library.unit(one)[1].text for one in found]
    return max((sum(word in text for word in words) / len(words) for text in texts), default=0.0)
