"""What a bulletin says of itself: series, issue, date, publisher, recipients, articles, places.

Nothing is guessed: what the file does not state is None or empty.
"""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.bulletin import Article, Kind, Unit
from corpus.figures.quantities import han_number
from corpus.layout import imprint
from corpus.text.dates import find_dates
from corpus.text.list_marks import TEN
from corpus.text.places import Place, ancestors, find_places, place_named

ISSUE_KINDS = frozenset({Kind.MASTHEAD, Kind.DISTRIBUTION, Kind.PAGE_CREDIT, Kind.PAGE_NUMBER})
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # cities with the rank of a province
COUNTY = 6  # digits of the code of a county or district
_CONTRIBUTOR = re.compile(r"[（(]?\s*(?:供稿(?:单位|人)?\s*[：:])?\s*(.+?)\s*(?:供稿)?\s*[）)]?$")
_OPENING = re.compile(rf"(?:[{TEN}]{{1,3}}、)?([一-鿿]{{2,4}})[：:]")
_NUMBER = rf"(\d+|[{TEN}百零〇]+)"
# In this order: an issue of the year, a number in brackets that is no year, the number in all.
_ISSUES = (
    re.compile(rf"(?<!总)第\s*{_NUMBER}\s*期"),
    re.compile(rf"[（(]\s*(?!(?:19|20)\d\d\D){_NUMBER}\s*期?\s*[）)]"),
    re.compile(rf"总?第\s*{_NUMBER}\s*期"),
)
_WEB_DATE = re.compile(r"(?:发布|发稿|更新|上传|公开|录入)?(?:日期|时间)\s*[：:]|来源\s*[：:]")
_PUBLISHER = re.compile(
    r"^(?:(?:(?:主办|编印|主编)(?:单位)?|发文机关)\s*[：:]\s*(.+)|(.+?)\s*(?:主办|编印|编))$"
)
_RECIPIENTS = re.compile(r"^[一-鿿]{1,4}\s*[：:]\s*")


def series_of(units: Sequence[Unit]) -> str | None:
    """The masthead, its lines once each, document numbers left out."""
    lines = dict.fromkeys(
        unit.text
        for unit in units
        if unit.kind is Kind.MASTHEAD and not imprint.is_document_number(unit.text)
    )
    return " ".join(lines) or None


def issue_of(series: str | None) -> int | None:
    """Number of the issue that a masthead carries: （四十七）, 第12期."""
    for pattern in _ISSUES:
        if match := pattern.search(series or ""):
            return int(match[1]) if match[1].isdecimal() else int(han_number(match[1]))
    return None


def date_of(units: Sequence[Unit]) -> tuple[str, str] | tuple[None, None]:
    """Date of the issue, ISO 8601, and the unit it was read from: masthead or imprint first, then
    the line under a letter or a title, then when a page was put on the web.
    """
    dating = [unit for unit in units if unit.kind in ISSUE_KINDS or unit.kind is Kind.BYLINE]
    dating.sort(key=lambda unit: (_of_web(unit), unit.kind is Kind.BYLINE))
    for unit in dating:
        for mention in find_dates(unit.text):
            if (day := mention.as_date()) is not None:
                return day.isoformat(), unit.text
    return None, None


def _of_web(unit: Unit) -> bool:
    """Whether a line tells when a page was published, which may be years after its text."""
    return unit.kind is Kind.PAGE_CREDIT and bool(_WEB_DATE.match(unit.text))


def publisher_of(units: Sequence[Unit]) -> str | None:
    """Who publishes the issue, where the imprint says so: …主办, …办公室　2025年3月12日."""
    for unit in units:
        if unit.kind is not Kind.PAGE_CREDIT:
            continue
        if organ := imprint.publisher_in(unit.text):
            return organ
        if match := _PUBLISHER.match(unit.text):
            return match[1] or match[2]
    return None


def recipients_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """The lines of the list of recipients, without 报： and 发：."""
    lists = (unit.text for unit in units if unit.kind is Kind.DISTRIBUTION)
    lines = (line for text in lists for line in _RECIPIENTS.sub("", text).split("\n"))
    return tuple(line for line in lines if line)


def articles_of(units: Sequence[Unit]) -> tuple[Article, ...]:
    """The articles: a title each, with the contributor of its credit line and its places."""
    articles = []
    for index, title in enumerate(unit for unit in units if unit.kind is Kind.TITLE):
        credit = next((u for u in units if u.kind is Kind.CREDIT and u.article == index), None)
        contributor = None
        if credit is not None and (match := _CONTRIBUTOR.match(credit.text)):
            contributor = match[1]
        named = [m.place for m in find_places(title.text) + find_places(contributor or "")]
        if not named:
            named = _mostly_named([u for u in units if u.article == index and u.number])
        city = only_city(named)
        inside = {p.name for p in named if len(p.code) == COUNTY and p.name != city}
        district = inside.pop() if city and len(inside) == 1 else None
        articles.append(Article(title.text, city, contributor, district))
    return tuple(articles)


def place_of(unit: Unit, articles: Sequence[Article]) -> str | None:
    """City that a unit is about: of the nearest heading that names one, else its article's."""
    if unit.article is None:
        return None
    for heading in reversed(unit.section):
        if city := only_city(_named_in(heading)):
            return city
    return articles[unit.article].place


def only_city(places: Sequence[Place]) -> str | None:
    """The city of all these places, if it is one; a province beside its county says no more."""
    around = {above for place in places for above in ancestors(place)}
    cities = {_city(place).name for place in places if place not in around}
    return cities.pop() if len(cities) == 1 else None


def _named_in(heading: str) -> list[Place]:
    """Places in a heading. What a heading opens with and sets off by a colon (开平：…) is a place
    even where its short name is a word elsewhere.
    """
    opening = _OPENING.match(heading)
    if opening is not None:
        for suffix in ("市", "县", "区"):
            if (place := place_named(opening[1] + suffix)) is not None:
                return [place]
    return [mention.place for mention in find_places(heading)]


def _mostly_named(units: Sequence[Unit]) -> list[Place]:
    """The city that more than half of all places named in an article's paragraphs belong to."""
    text = "".join(unit.text for unit in units)
    cities = Counter(_city(mention.place) for mention in find_places(text))
    top = cities.most_common(1)
    return [top[0][0]] if top and top[0][1] * 2 > cities.total() else []


def _city(place: Place) -> Place:
    """The city that a place is or lies in; of a county without one, itself."""
    chain = (place, *ancestors(place))
    return next((p for p in chain if len(p.code) == 4 or p.code in MUNICIPALITIES), place)
