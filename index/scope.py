"""What part of a library is searched: bulletins, places, a period, kinds of unit."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.bulletin import Kind
from corpus.errors import CallError
from corpus.text.places import Place, place_named


@dataclass(frozen=True, slots=True)
class Scope:
    """Bounds of a search; None leaves one open, an empty tuple lets nothing through.

    A unit is inside if its bulletin is one of `bulletins`; if it is about one of `places` or about
    a place within them, by its article or by its own words; if its bulletin is dated from `since`
    to `until`, both ISO 8601 days and included (an undated bulletin is outside any period, one of
    which only the month or the year is known inside those that hold all of it); and if its kind is
    one of `kinds`. Whatever lies in a folder of `closed`, at the top of the tree, is outside, but
    for the bulletins `shared` with another one: what somebody may see (index/sight.py).
    """

    bulletins: tuple[str, ...] | None = None
    places: tuple[Place, ...] | None = None
    since: str | None = None
    until: str | None = None
    kinds: tuple[Kind, ...] | None = None
    closed: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether everything is inside."""
        return self == OPEN


OPEN = Scope()


def ids_below(folder: str) -> tuple[str, str]:
    """What all ids in a folder are not before, and what they are before, compared as bytes.

    >>> ids_below("保密")
    ('保密/', '保密0')
    """
    return f"{folder}/", f"{folder}{chr(ord('/') + 1)}"


def begun_at(since: str) -> tuple[str, ...]:
    """The month and the year that begin on a day: dates that are shorter than the day and so
    come before it as text, and are yet not before it.

    >>> begun_at("2024-01-01"), begun_at("2024-02-01"), begun_at("2024-02-02")
    (('2024-01', '2024'), ('2024-02',), ())
    """
    month = (since[:7],) if since.endswith("-01") else ()
    return (*month, since[:4]) if since.endswith("-01-01") else month


def unended_at(until: str) -> tuple[str, ...]:
    """The month and the year of a day that go on behind it: dates that come before it as text, and
    are yet not over.

    >>> unended_at("2024-06-15"), unended_at("2024-06-30"), unended_at("2024-12-31")
    (('2024-06', '2024'), ('2024',), ())
    """
    year, month = int(until[:4]), int(until[5:7])
    last = int(until[8:]) >= monthrange(max(year, 1), month)[1]
    return () if until[5:] == "12-31" else (until[:4],) if last else (until[:7], until[:4])


def scope_of(
    bulletins: Iterable[str] | None = None,
    places: Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    kinds: Iterable[str] | None = None,
) -> Scope:
    """The scope that a caller describes in words: ids, names of places in full or short form,
    days (2025-11-28), months (2025-11) or years (2025), and names of kinds (paragraph, heading…).

    :raises CallError: a place or a kind is unknown, or a date is none.
    """
    return Scope(
        bulletins=None if bulletins is None else _names("bulletins", bulletins),
        places=None if places is None else tuple(map(_place, _names("places", places))),
        since=None if since is None else _day("since", since, last=False),
        until=None if until is None else _day("until", until, last=True),
        kinds=None if kinds is None else tuple(map(_kind, _names("kinds", kinds))),
    )


def _names(argument: str, names: Iterable[str]) -> tuple[str, ...]:
    if isinstance(names, str):  # its letters would be taken for names one by one
        raise CallError(f"{argument} is {names!r}; give a list, such as [{names!r}]")
    return tuple(names)


def _place(name: str) -> Place:
    place = place_named(name)
    if place is None:
        raise CallError(f"no place named {name!r} is known; give a province, city or county")
    return place


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        known = ", ".join(kind.value for kind in Kind)
        raise CallError(f"no kind of unit is named {name!r}; there are {known}") from None


def _day(argument: str, text: str, *, last: bool) -> str:
    """ISO day of a day, month or year: its first day, or its last."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if match is None:
        raise CallError(f"{argument} is {text!r}; write a year, 2025-11 or 2025-11-28")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise CallError(f"{argument} is {text!r}: {error}") from error
    # days are compared as text, so the 31st closes any month
    return f"{year}-{month or ('12' if last else '01')}-{day or ('31' if last else '01')}"
