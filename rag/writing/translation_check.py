"""A sentence put into English, against the Chinese ones that it is made from.

Words cannot be held against each other across languages; figures, dates, what is more, less or
denied, and the places named can.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from corpus.bulletin import Unit
from corpus.figures.quantities import find_figures, han_number
from corpus.text.dates import find_dates
from corpus.text.reading_text import narrow
from index.words.english.english_places import PREFECTURE, find_english_places
from index.words.english.lemmas import cased_words
from rag.query.english_terms import month_number
from rag.query.rewriting import in_english
from rag.reading.denial import negations
from rag.retrieval.agreement import may_answer_for
from rag.writing.bound_figures import About, Bound, bound_figures
from rag.writing.english_figures import (
    PERCENT,
    YUAN,
    EnglishFigure,
    english_dates,
    english_figures,
    undated,
)
from rag.writing.objections import Fault, Objection
from rag.writing.verify import MARKER, unsupported

_DENIES = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|without|cannot|failed to|yet to)\b|n['’]t\b",
    re.IGNORECASE,
)
# What denies nothing: no less than 3, not only.
_LOOKALIKE = re.compile(
    r"\bno(?:t)? (?:less|fewer|more|lower|higher) than\b|\bnot only\b|\bno\. ?(?=\d)|\bnon-\w+",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_HAN_NUMBER = re.compile(r"[一二两三四五六七八九十百千]+")


def translation_faults(
    sentence: str, cited: Sequence[Unit], texts: Sequence[str]
) -> list[Objection]:
    """All that can be told to be wrong with a sentence in English, without marks and markers;
    `cited` are the units that it cites, `texts` the sentences of them that it is made from.
    """
    plain = narrow(sentence)
    found = chain(
        _figures(plain, texts), _dates(plain, texts), _denied(plain, texts), _places(plain, cited)
    )
    return list(dict.fromkeys(found))


def unproven(text: str, cited: Sequence[str]) -> list[str]:
    """What a text in either language states that no cited text holds: of one in Chinese see
    `unsupported`, of one put into English figures and dates.

    >>> unproven("In May 180 places were built.[1]", ["5月建成180个。"])
    []
    """
    if not in_english(text):
        return unsupported(text, cited)
    lines = [narrow(MARKER.sub("", line)) for line in text.split("\n")]
    missing = [
        one.words
        for line in lines
        if in_english(line)
        for one in (*_figures(line, cited), *_dates(line, cited))
    ]
    rest = "\n".join(line for line in lines if not in_english(line))
    return [*missing, *unsupported(rest, cited)]


def _figures(sentence: str, texts: Sequence[str]) -> Iterator[Objection]:
    """Figures that the Chinese has not, or has of another unit, or as more or less."""
    bound = [one for text in texts for one in bound_figures(text)]
    numbers = {number for text in texts for number in _numbers(narrow(text))}
    told = list(english_figures(sentence))
    named = frozenset[str]().union(*(one.units for one in told))
    for own in told:
        alike = [one for one in bound if one.value == own.value]
        if own.value in numbers and not own.units:
            continue
        if not alike:
            yield Objection(Fault.FIGURE, own.text)
        elif not any(_same_unit(own, one, named) for one in alike):
            yield Objection(Fault.UNIT, own.text)
        elif not any(_same_about(own, one) for one in alike):
            yield Objection(Fault.ABOUT, own.text)


def _same_unit(own: EnglishFigure, there: Bound, named: frozenset[str]) -> bool:
    """Whether both are percentages, or money, or neither; of 98 to 99 percent the first has the
    unit that the sentence names for the second.
    """
    units = own.units or named
    return there.unit in units or not (own.units or there.unit in PERCENT | YUAN)


def _same_about(own: EnglishFigure, there: Bound) -> bool:
    """Whether more and less are not mixed up, and not put where nothing is said of either."""
    return own.about in (About.EXACT, there.about) or (
        there.about is About.NEAR and own.about is About.BELOW
    )


def _numbers(text: str) -> Iterator[Decimal]:
    """The numbers of a Chinese text that are no quantities: years, 三级, 第十五次."""
    taken = {n for one in find_figures(text) for n in range(one.start, one.end)}
    for match in _PLAIN_NUMBER.finditer(text):
        if match.start() not in taken:
            yield Decimal(match[0].replace(",", ""))
    for match in _HAN_NUMBER.finditer(text):
        if match.start() not in taken:
            yield Decimal(str(han_number(match[0])))


def _dates(sentence: str, texts: Sequence[str]) -> Iterator[Objection]:
    """Months and days that the Chinese does not name."""
    there = [date for text in texts for date in find_dates(narrow(text))]
    for own in english_dates(sentence):
        month, day = month_number(own["month"]), own.groupdict().get("day")
        named = [one for one in there if one.month == month]
        if not any(day is None or int(day) == one.day for one in named):
            yield Objection(Fault.DATE, own[0])


def _denied(sentence: str, texts: Sequence[str]) -> Iterator[Objection]:
    """What is denied here and nowhere there, or denied throughout there and not here."""
    here = _DENIES.search(_LOOKALIKE.sub(" ", sentence))
    if here and not any(negations(text) for text in texts):
        yield Objection(Fault.DENIED, here[0])


def _places(sentence: str, cited: Sequence[Unit]) -> Iterator[Objection]:
    """Provinces, cities and what is said to be a county or a district, that nothing cited is about.
    A county's bare name may be another word.
    """
    for named in find_english_places(cased_words(undated(sentence))):
        known = named.sure or any(len(place.code) <= PREFECTURE for place in named.places)
        if known and not any(
            may_answer_for(unit, place) for unit in cited for place in named.places
        ):
            yield Objection(Fault.PLACE, named.places[0].name)
