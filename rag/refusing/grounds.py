"""The grounds on which a question is refused: a function for each, in the order of asking."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.figures.quantities import find_figures
from corpus.text.places import Place, covers, place_named
from corpus.text.years import own_years
from index.library import Library
from rag.query.asking import without_asking
from rag.query.leaning import says_nothing_alone
from rag.query.question import Query
from rag.reading.evidence import Read
from rag.reading.years_told import issue_year, years_of
from rag.refusing.outside import gives_orders, is_elsewhere
from rag.refusing.premise import unstated_act
from rag.refusing.reasons import Reason
from rag.refusing.refusal import Coverage, Missing, Refusal
from rag.refusing.unheard_place import unheard_place
from rag.retrieval.search import Hit, about_place

# Probability of being answered below which a question is refused. From .50 over .52 to .55 of 178
# questions on other documents that have no answer 95, 98 and 108 are refused, and of 494 that have
# one 31, 34 and 39; questions on our own bulletins about damaged figures stand at .53.
MIN_ANSWERED = 0.525
# The same beside an answer: of a question that only changes the one before (那漯河呢), and of one
# side of a comparison where another is answered. Of .35 and .28 our questions are answered alike; a
# sum over two of the shipped bulletins has its second term at .31.
MIN_ANSWERED_BESIDE = 0.28
MAX_TOPIC = 40  # characters of a topic that a refusal repeats
MAX_UNSAID = 2  # words that a refusal names as found nowhere; more are everyday's, not a matter
NEAREST = 3  # paragraphs offered with a refusal


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is judged: a question, what was found for it, and what was read in that."""

    library: Library
    query: Query
    hits: tuple[Hit, ...]
    read: Read

    @property
    def near(self) -> tuple[Hit, ...]:
        """The hit of the sentence that would answer; all hits where none would."""
        return (self.read.evidence[0].hit,) if self.read.evidence else self.hits

    @property
    def nearest(self) -> tuple[Hit, ...]:
        """What a refusal offers to look at: the first hits, of a place asked about where any is."""
        places = self.query.places
        own = [hit for hit in self.hits if any(about_place(hit.unit, one) for one in places)]
        return tuple(own or self.hits)[:NEAREST]


Ground = Callable[[Attempt], Refusal | None]


def refusal(library: Library, query: Query, hits: Sequence[Hit], read: Read) -> Refusal | None:
    """The refusal that a question gets, or None where it can be answered by what was read."""
    attempt = Attempt(library, query, tuple(hits), read)
    for ground in GROUNDS:
        if no := ground(attempt):
            return replace(no, in_english=bool(query.terms))
    return None


def any_answers(answered: Sequence[float]) -> bool:
    """Whether of several questions, each answered with a probability, one likely is:
    1 - (1 - p)(1 - q)… is what a question needs by itself.

    >>> any_answers([0.35, 0.4]), any_answers([0.1, 0.2, 0.1])
    (True, False)
    """
    return 1 - math.prod(1 - each for each in answered) >= MIN_ANSWERED


def order_given(attempt: Attempt) -> Refusal | None:
    """It is an order to the system."""
    if not gives_orders(attempt.query.understood):
        return None
    return Refusal(Reason.ORDER, coverage=_coverage(attempt.library))


def other_domain(attempt: Attempt) -> Refusal | None:
    """It asks for what no bulletin is about."""
    if not is_elsewhere(attempt.query.understood, "".join(hit.text for hit in attempt.near[:1])):
        return None
    return Refusal(Reason.DOMAIN, coverage=_coverage(attempt.library))


def places_not_found(attempt: Attempt) -> Refusal | None:
    """Nothing found is about its places, though a bulletin has an article about one of them."""
    return _silent(attempt) if _covered(attempt.library, _missing_places(attempt)) else None


def places_not_covered(attempt: Attempt) -> Refusal | None:
    """Nothing found is about its places; asked after places_not_found, no bulletin is."""
    if not (missing := _missing_places(attempt)):
        return None
    places = tuple(dict.fromkeys(place.name for place in missing))
    return Refusal(Reason.PLACE, Missing(places=places), coverage=_coverage(attempt.library))


def place_unheard_of(attempt: Attempt) -> Refusal | None:
    """It opens with a city or county that there is not."""
    if not (unheard := unheard_place(attempt.library, attempt.query.understood)):
        return None
    return Refusal(Reason.PLACE, Missing(places=(unheard,)), coverage=_coverage(attempt.library))


def years_not_covered(attempt: Attempt) -> Refusal | None:
    """The articles that would answer neither name its years nor appeared in them."""
    near = attempt.near
    years = [y for y in attempt.query.years if not any(_speaks_of(attempt, hit, y) for hit in near)]
    return _out_of_period(attempt, years) if years else None


def other_years_told(attempt: Attempt) -> Refusal | None:
    """The sentence that would answer gives its figures of other years: those that it names, or the
    paragraph, headings and title around it.
    """
    asked, evidence = attempt.query.years, attempt.read.evidence
    if not (asked and evidence):
        return None
    bulletin = attempt.library.bulletin(evidence[0].hit.bulletin)
    told = {str(year) for year in years_of(bulletin, evidence[0])}
    return _out_of_period(attempt, asked) if told and not told & set(asked) else None


def act_unstated(attempt: Attempt) -> Refusal | None:
    """It takes an act for granted that nothing found speaks of."""
    evidence = attempt.read.evidence
    if not evidence:
        return None
    act = unstated_act(attempt.query.understood, [hit.text for hit in attempt.hits])
    return Refusal(Reason.PREMISE, Missing(act=act), said=evidence[0]) if act else None


def not_answered(attempt: Attempt) -> Refusal | None:
    """No sentence answers it with enough probability."""
    leans = says_nothing_alone(attempt.query.question)
    least = MIN_ANSWERED_BESIDE if leans else MIN_ANSWERED
    return _silent(attempt) if attempt.read.answered < least else None


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


def _silent(attempt: Attempt) -> Refusal:
    """The place is covered, what is asked is not said; by name as far as it can be named."""
    whole = attempt.query.understood.rstrip("？?。！!")
    topic = without_asking(whole)
    topic = topic if topic in whole else whole  # what is left of it may be no words any more
    named = not attempt.query.terms and 1 < len(topic) <= MAX_TOPIC
    unsaid = attempt.read.unsaid
    words = unsaid if len(unsaid) <= MAX_UNSAID else ()
    missing = Missing(topic=topic if named else "", words=words)
    return Refusal(Reason.SILENT, missing, nearest=attempt.nearest)


def _out_of_period(attempt: Attempt, years: Sequence[str]) -> Refusal:
    return Refusal(Reason.PERIOD, Missing(years=tuple(years)), nearest=attempt.nearest)


def _missing_places(attempt: Attempt) -> tuple[Place, ...]:
    """All places asked about, where no hit is about any of them; else none."""
    asked = attempt.query.places
    found = any(about_place(hit.unit, place) for place in asked for hit in attempt.hits)
    return () if found else tuple(asked)


def _covered(library: Library, places: Sequence[Place]) -> bool:
    """Whether a bulletin has an article about one of the places, found or not."""
    if not places:
        return False
    named = {name for entry in library.entries() for name in entry.places}
    own = [place for name in named if (place := place_named(name))]
    return any(covers(place, other) for place in places for other in own)


def _speaks_of(attempt: Attempt, hit: Hit, year: str) -> bool:
    """Whether the article that a hit belongs to names the year or appeared in it."""
    bulletin = attempt.library.bulletin(hit.bulletin)
    this_year = issue_year(bulletin)
    units = (unit for unit in bulletin.units if unit.article == hit.unit.article)
    named = any(
        int(year) in own_years(unit.text, this_year) or _number_in(year, unit.text)
        for unit in units
    )
    return named or this_year == int(year)


def _number_in(year: str, text: str) -> bool:
    """Whether it stands there by itself: 2023辽宁乡村文化旅游季. 2021年 may be one that is compared
    with, 2023人 is a number.
    """
    figures = find_figures(text)
    return any(
        not any(one.start <= found.start() < one.end for one in figures)
        for found in re.finditer(rf"(?<!\d){year}(?!\d|\s*年)", text)
    )


def _coverage(library: Library) -> Coverage:
    entries = library.entries()
    places = dict.fromkeys(place for entry in entries for place in entry.places)
    return Coverage(len(entries), tuple(places))
