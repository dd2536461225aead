"""The grounds on which a question is refused: a function for each, in the order of asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.text.dates import find_dates
from corpus.text.places import Place, place_named
from index.library import Library
from rag.query.asking import without_asking
from rag.query.question import Query
from rag.reading.evidence import Read
from rag.refusing.outside import gives_orders, is_elsewhere
from rag.refusing.premise import unstated_act
from rag.refusing.reasons import Reason
from rag.refusing.refusal import Holdings, Missing, Refusal
from rag.refusing.unheard_place import unheard_place
from rag.retrieval.agreement import covers
from rag.retrieval.search import Hit, about_place

# Probability of being answered below which a question is refused. From 0.4 to 0.6 our questions and
# those of other bulletins get as many right answers; above it questions that have one are refused.
MIN_ANSWERED = 0.5
MAX_TOPIC = 30  # characters of a topic that a refusal repeats
NEAREST = 3  # paragraphs offered with a refusal


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: a question, what was found for it, and what was read in that."""

    library: Library
    query: Query
    hits: tuple[Hit, ...]
    read: Read

    @property
    def near(self) -> tuple[Hit, ...]:
        """The hit of the sentence that would answer; all hits where none would."""
        return (self.read.evidence[0].hit,) if self.read.evidence else self.hits


Ground = Callable[[Case], Refusal | None]


def refusal(library: Library, query: Query, hits: Sequence[Hit], read: Read) -> Refusal | None:
    """The refusal that a question gets, or None where it can be answered by what was read."""
    case = Case(library, query, tuple(hits), read)
    for ground in GROUNDS:
        if no := ground(case):
            return replace(no, in_english=bool(query.terms))
    return None


def order_given(case: Case) -> Refusal | None:
    """It is an order to the system."""
    if not gives_orders(case.query.understood):
        return None
    return Refusal(Reason.ORDER, holdings=_holdings(case.library))


def other_domain(case: Case) -> Refusal | None:
    """It asks for what no bulletin is about."""
    if not is_elsewhere(case.query.understood, "".join(hit.text for hit in case.near[:1])):
        return None
    return Refusal(Reason.DOMAIN, holdings=_holdings(case.library))


def places_not_found(case: Case) -> Refusal | None:
    """Nothing found is about its places, though a bulletin has an article about one of them."""
    return _silent(case) if _covered(case.library, _missing_places(case)) else None


def places_not_covered(case: Case) -> Refusal | None:
    """Nothing found is about its places; asked after places_not_found, no bulletin is."""
    if not (missing := _missing_places(case)):
        return None
    places = tuple(place.name for place in missing)
    return Refusal(Reason.PLACE, Missing(places=places), holdings=_holdings(case.library))


def place_unheard_of(case: Case) -> Refusal | None:
    """It opens with a city or county that there is not."""
    if not (unheard := unheard_place(case.library, case.query.understood)):
        return None
    return Refusal(Reason.PLACE, Missing(places=(unheard,)), holdings=_holdings(case.library))


def years_not_covered(case: Case) -> Refusal | None:
    """The articles that would answer neither name its years nor appeared in them."""
    years = [y for y in case.query.years if not any(_speaks_of(case, hit, y) for hit in case.near)]
    return _out_of_period(case, years) if years else None


def other_years_told(case: Case) -> Refusal | None:
    """The sentence that would answer gives its figures of other years."""
    asked, evidence = case.query.years, case.read.evidence
    if not (asked and evidence):
        return None
    told = {str(date.year) for date in find_dates(evidence[0].quote) if date.year}
    return _out_of_period(case, asked) if told and not told & set(asked) else None


def act_unstated(case: Case) -> Refusal | None:
    """It takes an act for granted that nothing found speaks of."""
    evidence = case.read.evidence
    if not evidence:
        return None
    act = unstated_act(case.query.understood, [hit.text for hit in case.hits])
    return Refusal(Reason.PREMISE, Missing(act=act), said=evidence[0]) if act else None


def not_answered(case: Case) -> Refusal | None:
    """No sentence answers it with enough probability."""
    return _silent(case) if case.read.answered < MIN_ANSWERED else None


# The first that holds decides: what is no question of the bulletins before what they lack, the
# place before the year, and what can be named before mere silence.
GROUNDS: tuple[Ground, ...] = (
    order_given,
    other_domain,
    places_not_found,
    places_not_covered,
    place_unheard_of,
    years_not_covered,
    other_years_told,
    act_unstated,
    not_answered,
)


def _silent(case: Case) -> Refusal:
    """The place is covered, what is asked is not said; by name as far as it can be named."""
    topic = without_asking(case.query.understood)
    named = not case.query.terms and 1 < len(topic) <= MAX_TOPIC
    missing = Missing(topic=topic if named else "", words=case.read.unsaid)
    return Refusal(Reason.SILENT, missing, nearest=case.hits[:NEAREST])


def _out_of_period(case: Case, years: Sequence[str]) -> Refusal:
    return Refusal(Reason.PERIOD, Missing(years=tuple(years)), nearest=case.hits[:NEAREST])


def _missing_places(case: Case) -> tuple[Place, ...]:
    """All places asked about, where no hit is about any of them; else none."""
    asked = case.query.places
    found = any(about_place(hit.unit, place) for place in asked for hit in case.hits)
    return () if found else tuple(asked)


def _covered(library: Library, places: Sequence[Place]) -> bool:
    """Whether a bulletin has an article about one of the places, found or not."""
    if not places:
        return False
    named = {name for entry in library.entries() for name in entry.places}
    own = [place for name in named if (place := place_named(name))]
    return any(covers(place, other) for place in places for other in own)


def _speaks_of(case: Case, hit: Hit, year: str) -> bool:
    """Whether the article that a hit belongs to names the year or appeared in it."""
    bulletin = case.library.bulletin(hit.bulletin)
    units = (unit for unit in bulletin.units if unit.article == hit.unit.article)
    return year in (bulletin.date or "") or any(year in unit.text for unit in units)


def _holdings(library: Library) -> Holdings:
    entries = library.entries()
    places = dict.fromkeys(place for entry in entries for place in entry.places)
    return Holdings(len(entries), tuple(places))
