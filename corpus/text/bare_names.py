"""Districts and counties that a table calls without their ending: 涧西 for 涧西区.

In running text such a name may be any word. In a cell by itself, in a table about the city or
province around, it is the place.
"""

import re
from collections.abc import Iterable
from functools import cache

from corpus.text.gazetteer import COUNTY, Place, all_places, covers

MIN_STEM = 2  # characters; 县 and 区 stay with a name of one (范县, 城区)
_ENDING = re.compile(r"(?:(?:[一-鿿]{1,4}族)+自治[县州旗]|[区县市旗]|林区|特区|地区|盟)$")


def bare_places(names: Iterable[str], around: Place) -> list[Place]:
    """The places inside `around` that names call, each the whole text of a cell, with their ending
    or without it.
    """
    found = (place for name in names for place in _by_stem().get(bare(name), ()))
    return [place for place in dict.fromkeys(found) if place != around and covers(around, place)]


def bare(name: str) -> str:
    """A place's name without its ending, where enough of it remains.

    >>> bare("涧西区"), bare("范县"), bare("恩施土家族苗族自治州")
    ('涧西', '范县', '恩施')
    """
    found = _ENDING.search(name, MIN_STEM)
    return name[: found.start()] if found else name


@cache
def _by_stem() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in all_places():
        if len(place.code) <= COUNTY:
            found.setdefault(bare(place.name), []).append(place)
    return found
