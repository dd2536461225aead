"""What place a headline is about."""

import re
from collections.abc import Sequence

from corpus.local_names import inner_names
from corpus.text.bare_names import bare_places
from corpus.text.gazetteer import MUNICIPALITIES, PREFECTURE
from corpus.text.list_marks import TEN
from corpus.text.places import Mention, Place, ancestors, find_places, places_called

# 开平：…, 二、开平：…, 【重庆璧山】…
_OPENING = re.compile(
    rf"(?:[{TEN}]{{1,3}}、)?(?:(?P<name>[一-鿿]{{2,8}})[：:]|【(?P<inside>[一-鿿]{{2,8}})】)"
)
_BESIDE = frozenset("、和与及")
_MARK = re.compile(rf"(?:[（(]?[{TEN}\d]{{1,3}}[）)、.．]|第[{TEN}]{{1,3}}[章节篇部分]+)?\s*")


def only_place(places: Sequence[Place]) -> Place | None:
    """The place that all these places are or lie in, if it is no larger than a city; those around
    another of them say no more than it does.
    """
    around = {above for place in places for above in ancestors(place)}
    inner = {place for place in places if place not in around}
    if len(inner) == 1:
        return inner.pop()
    cities = {city_of(place) for place in inner}
    city = cities.pop() if len(cities) == 1 else None
    return city if city is not None and city not in inner else None


def city_of(place: Place) -> Place:
    """The city that a place is or lies in; of a county without one, itself."""
    chain = (place, *ancestors(place))
    return next((p for p in chain if len(p.code) == PREFECTURE or p.code in MUNICIPALITIES), place)


def places_in(headline: str, near: Sequence[Place] = ()) -> list[Place]:
    """Places in a headline, those that it leaves open left out. What it opens with and sets off by
    a colon (开平：…) is a place even where its short name is a word elsewhere.
    """
    if (place := _set_off(headline)) is not None:
        return [place]
    return [mention.place for mention in decided(headline, near)]


def _set_off(headline: str) -> Place | None:
    """The place that a headline opens with before a colon or in brackets; behind the name of what
    it lies in a district may lack its ending.
    """
    if (opening := _OPENING.match(headline)) is None:
        return None
    name = opening["name"] or opening["inside"]
    forms = [name + suffix for suffix in ("", "市", "县", "区")]
    if place := next((one[0] for form in forms if len(one := places_called(form)) == 1), None):
        return place
    first = next(iter(find_places(name)), None)
    if first is None or first.start > 0 or len(first.places) > 1:
        return None
    inside = bare_places([name[first.end :]], first.place)
    return inside[0] if len(inside) == 1 else None


def opening_place(line: str) -> Place | None:
    """The place that a line begins with behind its number, None if others stand beside it.

    >>> [place and place.name for place in map(opening_place, ("二、新乡的做法", "二、学习新乡"))]
    ['新乡市', None]
    """
    if (named := _set_off(line)) is not None:
        return named
    at, place = _MARK.match(line).end(), None  # type: ignore[union-attr] # it matches any line
    for mention in decided(line):
        if mention.start != at:
            break
        at, place = mention.end, mention.place
    return None if line[at : at + 1] in _BESIDE else place


def decided(text: str, near: Sequence[Place] = ()) -> list[Mention]:
    """The mentions in a text that call one place, with the counties that stand without their ending
    behind what they lie in (苏州相城).
    """
    found = [mention for mention in find_places(text, near) if len(mention.places) == 1]
    return inner_names(text, found)
