"""The rows of tables that a question is about: a row tells of what it names alone."""

import re
from collections.abc import Sequence

from corpus.bulletin import Kind, Unit
from corpus.text.bare_names import bare_places
from corpus.text.places import Place, covers, find_places, place_named
from rag.query.intents import Wants
from rag.query.question import Query
from rag.retrieval.hit import Hit

MIN_NAME = 2  # characters of a row's name; a shorter one stands in a question by chance
COUNTY = 6  # digits of the code of a county or district, which no total of a table is about
_IN_BRACKETS = re.compile(r"（[^）]*）")  # the unit of a column, which a row has behind its figure
_TOTAL = re.compile(r"合计|总计|小计|全(?:市|省|县|区|国|部)")


def row_name(text: str) -> str:
    """What a row is called, behind the names of the part of the table that it stands in.

    >>> row_name("序号1，一、城区·涧西区：数量46个，增长8.1%")
    '涧西区'
    """
    return text.partition("：")[0].rpartition("，")[2].rpartition("·")[2]


def places_called_by(unit: Unit, name: str) -> list[Place]:
    """The places that a name of a row or column calls; inside the unit's own place a district may
    lack its ending.
    """
    around = place_named(unit.place) if unit.place else None
    own = [p for m in find_places(name, [around] if around else []) for p in m.places]
    return own or (bare_places([name], around) if around else [])


def about_rows(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those rows of a table that tell of something else: of another place, or of
    another thing than the row of that bulletin that the question names; of a number of the whole
    where it names none, those that tell of a part. With these goes the head of the table: each row
    reads under the names of its columns.
    """
    kept = [hit for hit in hits if hit.kind is not Kind.TABLE or not _elsewhere(hit, query.places)]
    for bulletin in {hit.bulletin for hit in kept if hit.kind is Kind.TABLE}:
        rows = [hit for hit in kept if hit.kind is Kind.TABLE and hit.bulletin == bulletin]
        if asked := _named(query.chinese, rows) or _totals(query, rows):
            others = {hit.position for hit in rows} - {hit.position for hit in asked}
            others |= {hit.position for hit in kept if _is_head(hit, asked[0])}
            kept = [hit for hit in kept if hit.bulletin != bulletin or hit.position not in others]
    return kept


def _is_head(hit: Hit, row: Hit) -> bool:
    """Whether a unit only names the columns that a row reads under."""
    _, *columns = (_IN_BRACKETS.sub("", name) for name in hit.text.split("，"))
    head = hit.kind is Kind.CAPTION and hit.bulletin == row.bulletin
    return head and bool(columns) and all(name in row.text for name in columns)


def _elsewhere(hit: Hit, places: Sequence[Place]) -> bool:
    """Whether a row is about other places than those asked about, or about a whole around them."""
    name = row_name(hit.text)
    own = places_called_by(hit.unit, name)
    if not places or (not own and not _TOTAL.search(name)):
        return False
    if not own:
        return all(len(place.code) == COUNTY for place in places)
    return not any(covers(place, one) for place in places for one in own)


def _named(asked: str, rows: Sequence[Hit]) -> list[Hit]:
    """The rows whose names stand in the question, those aside whose names are part of another's."""
    names = {row_name(hit.text) for hit in rows}
    said = {name for name in names if len(name) >= MIN_NAME and name in asked}
    whole = {name for name in said if not any(name != one and name in one for one in said)}
    return [hit for hit in rows if row_name(hit.text) in whole]


def _totals(query: Query, rows: Sequence[Hit]) -> list[Hit]:
    """The rows that sum up the others, where these are parts of the place asked about."""
    if query.wants is not Wants.NUMBER or not query.places:
        return []
    parts = [hit for hit in rows if places_called_by(hit.unit, row_name(hit.text))]
    return [hit for hit in rows if parts and _TOTAL.search(row_name(hit.text))]
