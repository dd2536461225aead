"""Whether a sentence tells of the place that is asked about, or of a whole around it."""

from corpus.text.places import covers, find_places, place_named
from rag.query.question import Query
from rag.reading.evidence import Evidence


def is_of_place(query: Query, item: Evidence) -> bool:
    """Whether a sentence tells of a place asked about: by name, or in a text about that place. What
    is said of a whole province is not said of its city.
    """
    if not query.places:
        return True
    own = place_named(item.hit.unit.place) if item.hit.unit.place else None
    if own is None or any(covers(place, own) for place in query.places):
        return True
    named = {place for mention in find_places(item.quote, [own]) for place in mention.places}
    return any(covers(place, other) for place in query.places for other in named)
