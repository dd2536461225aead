"""What a clerk says of a bulletin: its date, place and series, beside the text and never in it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from corpus import metadata
from corpus.bulletin import Article, Bulletin, DateWhere, FoundDate, Unit
from corpus.errors import CallError
from corpus.text.places import place_named
from corpus.text.reading_text import narrow

LONGEST_SERIES = 100  # characters; a masthead has some twenty


@dataclass(frozen=True, slots=True)
class HandFacts:
    """What was set by hand; None is left as the file has it. `date` is ISO 8601 (2024-03-12,
    2024-03, 2024), `place` a label as corpus.text.places gives it.
    """

    date: str | None = None
    place: str | None = None
    series: str | None = None

    @classmethod
    def checked(cls, day: str | None, place: str | None, series: str | None) -> Self:
        """What a caller gives, as it is kept.

        :raises CallError: the date is none, the place is not known, or the series is no name.
        """
        return cls(
            None if day is None else _day(day),
            None if place is None else _label(place),
            None if series is None else _name(series),
        )


NO_FACTS = HandFacts()


def with_facts(bulletin: Bulletin, facts: HandFacts) -> Bulletin:
    """The bulletin as these facts have it: a date, a series with its issue, or the place of all its
    articles and of what under them no heading leads elsewhere.
    """
    if facts.date is not None:
        found = FoundDate(facts.date, DateWhere.HAND, facts.date)
        bulletin = replace(
            bulletin, date=facts.date, date_source=None, dates=(found, *bulletin.dates)
        )
    if facts.series is not None:
        issue = metadata.issue_of(facts.series)
        issue = bulletin.issue if issue is None else issue
        bulletin = replace(bulletin, series=facts.series, issue=issue)
    if facts.place is not None:
        articles = tuple(_about(article, facts.place) for article in bulletin.articles)
        units = tuple(_within(unit, articles, facts.place) for unit in bulletin.units)
        bulletin = replace(bulletin, articles=articles, units=units)
    return bulletin


def _about(article: Article, place: str) -> Article:
    return replace(article, place=place, district=None)


def _within(unit: Unit, articles: tuple[Article, ...], place: str) -> Unit:
    return replace(unit, place=metadata.place_of(unit, articles, place))


# 2024-03-12, 2024年3月12日, 2024/3/12, 2024.3.12, and without the day or the month.
_DAY = re.compile(r"(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?", re.ASCII)


def _day(text: str) -> str:
    match = _DAY.fullmatch("".join(narrow(text).split()))
    if match is None or not _is_date(int(match[1]), int(match[2] or 1), int(match[3] or 1)):
        raise CallError(
            f"date is {text!r}; write a day, month or year: 2024-03-12, 2024-03 or 2024 "
            "(请写日期，如 2024-03-12、2024-03 或 2024)"
        )
    return "-".join(part.zfill(2) for part in match.groups() if part)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _label(name: str) -> str:
    place = place_named(name.strip())
    if place is None:
        raise CallError(
            f"no place named {name!r} is known; give a province, city or county "
            "(没有这个地名，请写省、市或县)"
        )
    return place.label


def _name(series: str) -> str:
    name = " ".join(series.split())
    if not name or not name.isprintable() or len(name) > LONGEST_SERIES:
        raise CallError(
            f"series is {series[:LONGEST_SERIES]!r}; write its name in 1 to {LONGEST_SERIES} "
            "characters (请写刊名)"
        )
    return name
