"""Whether a unit is about the places of a question."""

from collections.abc import Sequence

from corpus.bulletin import Unit
from corpus.text.bare_names import bare_places
from corpus.text.places import Place, ancestors, covers, find_places, place_named
from index.records import Found

# Factors on a unit's score. A unit that names the place, or whose article is about it, keeps its
# score; of a county its city's article may tell, as may a text about no place at all.
AROUND, NOWHERE, ELSEWHERE = 0.9, 0.8, 0.2


def place_factor(unit: Found, places: Sequence[Place]) -> float:
    """What a unit's score is worth for a question about these places; 1 where there are none."""
    if not places or any(code.startswith(place.code) for code in unit.places for place in places):
        return 1.0
    if unit.place is None:
        return NOWHERE
    return AROUND if any(place.code.startswith(unit.place) for place in places) else ELSEWHERE


def about_place(unit: Unit, place: Place) -> bool:
    """Whether a unit is about a place: its article is, or its text names it, or its row of a table.

    A province covers its cities, a city its counties.
    """
    own = place_named(unit.place) if unit.place else None
    if own is not None and covers(place, own):
        return True
    named = find_places(unit.text, [own] if own else [])
    if any(covers(place, other) for mention in named for other in mention.places):
        return True
    return own is not None and any(covers(place, other) for other in bare_places(unit.names, own))


def may_answer_for(unit: Unit, place: Place) -> bool:
    """As about_place, or the unit's article is about a division that the place belongs to."""
    own = place_named(unit.place) if unit.place else None
    return about_place(unit, place) or (own is not None and own in ancestors(place))
