"""How many people a place can have at the most.

populations.tsv: code of the province, residents on 1 November 2020; facts of the seventh census:
National Bureau of Statistics, 第七次全国人口普查公报（第三号）, 11 May 2021. The 31 add up to
1,409,778,724, which is its total without the armed forces.
"""

from functools import cache
from importlib.resources import files

from corpus.text.places import place_named

# Registered people can outnumber residents (河南 by a sixth), and both grow.
_MARGIN = 1.5
_PROVINCE = 2  # digits of a province's code


def most_people(place: str | None) -> float | None:
    """The number of people that the place with that name cannot exceed: its province's, with a
    margin. None where the place is unknown.
    """
    known = place_named(place) if place else None
    residents = _residents().get(known.code[:_PROVINCE]) if known else None
    return residents * _MARGIN if residents else None


@cache
def _residents() -> dict[str, int]:
    table = files("corpus.figures").joinpath("populations.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {code: int(residents) for code, residents in rows}
