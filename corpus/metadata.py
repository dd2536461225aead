"""What a bulletin says of itself: series, issue, date, publisher, recipients, articles, places.

Nothing is guessed: what the file does not state is None or empty.
"""

import re
from collections.abc import Sequence

from corpus.bulletin import Article, Kind, Unit
from corpus.figures.quantities import whole_number
from corpus.headline_places import decided, only_place, opening_place, places_in
from corpus.layout import imprint
from corpus.most_named import mostly_about
from corpus.text import list_marks
from corpus.text.dates import find_dates
from corpus.text.gazetteer import COUNTY, PREFECTURE
from corpus.text.list_marks import TEN
from corpus.text.places import Place, covers, find_places, place_named
from corpus.text.reading_text import solid

ISSUE_KINDS = frozenset({Kind.MASTHEAD, Kind.DISTRIBUTION, Kind.PAGE_CREDIT, Kind.PAGE_NUMBER})
_CONTRIBUTOR = re.compile(r"[（(]?\s*(?:供稿(?:单位|人)?\s*[：:])?\s*(.+?)\s*(?:供稿)?\s*[）)]?$")
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
            return whole_number(match[1])
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
        own = [unit for unit in units if unit.article == index]
        credit = next((unit for unit in own if unit.kind is Kind.CREDIT), None)
        contributor = None
        if credit is not None and (match := _CONTRIBUTOR.match(credit.text)):
            contributor = match[1]
        place, district = _places_of(title.text, contributor or "", units, own)
        articles.append(
            Article(
                _said_once(title.text),
                place.label if place else None,
                contributor,
                district.label if district else None,
            )
        )
    return tuple(articles)


def _said_once(title: str) -> str:
    """A title without its second printing: a page names it, and the paper below names it again."""
    lines = title.split("　")
    for n in range(1, len(lines)):
        if solid("".join(lines[:n])) == solid("".join(lines[n:])):
            return "　".join(lines[:n])
    return title


def place_of(unit: Unit, articles: Sequence[Article], untitled: str | None = None) -> str | None:
    """Place that a unit is about: of the nearest heading that names one, else its article's; of a
    text that no title heads, `untitled`.

    A heading may lead to a part of the article's place, and elsewhere only if it opens with that:
    二、学习外地经验 tells of home. So may a point of a list over places: 3.江苏省….
    """
    if unit.article is None and (articles or unit.kind in ISSUE_KINDS):
        return None
    around = articles[unit.article].place if unit.article is not None else untitled
    home = place_named(around) if around else None
    item = opening_place(unit.text) if home is None and list_marks.POINT.match(unit.text) else None
    if item is not None:
        return item.label
    for heading in reversed(unit.section):
        place = only_place(places_in(heading, [home] if home else []))
        if place is not None and (home is None or covers(home, place)):
            return place.label
        if (place := opening_place(heading)) is not None:
            return place.label
    return around


def untitled_place(units: Sequence[Unit]) -> str | None:
    """Place that a text without any title is about: the one that it names most, else the one whose
    series it is of (许昌市人大常委会视察简报).
    """
    place = mostly_about([unit.text for unit in units if unit.kind not in ISSUE_KINDS])
    if place is None and (series := series_of(units)):
        place = only_place(places_in(series))
    return place.label if place else None


def _places_of(
    title: str, contributor: str, units: Sequence[Unit], own: Sequence[Unit]
) -> tuple[Place | None, Place | None]:
    """The place that an article is about, and the district of it that contributed it: what the
    title names, else the contributor, else what its paragraphs name most, else who passed or
    signed it.
    """
    named, credited = _places_in(title, units), only_place(_places_in(contributor, units))
    if not named and credited is None:
        if len(sections := {p for u in own for h in u.section if (p := opening_place(h))}) > 1:
            return only_place(list(sections)), None
        about = mostly_about([unit.text for unit in own if unit.number])
        signed = [p for u in own if u.kind is Kind.BYLINE for p in _places_in(u.text, units)]
        return about or only_place(signed), None
    place = only_place(named) if named else credited
    if place is None or credited is None or credited == place or not covers(place, credited):
        return place, None
    if len(place.code) < PREFECTURE:  # 河南：…, told by a city of it
        return credited, None
    return place, credited if len(credited.code) == COUNTY else None


def _places_in(line: str, units: Sequence[Unit]) -> list[Place]:
    """Places in a line of a bulletin; what it names beyond doubt anywhere decides between others
    of one name.
    """
    if all(len(mention.places) == 1 for mention in find_places(line)):
        return places_in(line)
    return places_in(line, [m.place for unit in units for m in decided(unit.text)])
