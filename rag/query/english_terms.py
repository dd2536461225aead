"""An English question carried over to Chinese: its terms, and what kind of answer it wants."""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from corpus.text.places import Place, ancestors
from corpus.text.reading_text import is_han
from index.words.english.dictionary import FUNCTION_WORDS, LONGEST_PHRASE, look_up
from index.words.english.english_places import Named, find_english_places
from index.words.english.lemmas import cased_words
from index.words.english.pinyin import syllables
from index.words.terms import Term

# The words of a phrase that was found whole say less than the phrase: day, care and centre of a
# day-care centre find what is like it where there is none.
PART_WEIGHT = 0.5
# A district without its kind (山阳 of 山阳区) is also part of other names.
STEM_WEIGHT = 0.7
# Capitalised words that may be one name in pinyin: Ouyang Xiu Ying.
LONGEST_PERSON = 3
MOST_SYLLABLES = 4
_ASKING_WORDS = frozenset("many much long often far number date dates name names list".split())
MONTHS = ("january february march april may june july august september october november "
           "december").split()  # fmt: skip
_MONTH = "|".join(f"{month}|{month[:3]}|{month[:4]}" for month in MONTHS)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
DATES = (
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+{_DAY}\b", re.I),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?", re.I),
    re.compile(rf"\b(?:in|of|by|since|until|from|early|late|mid)[ -](?P<month>{_MONTH})\b", re.I),
)  # fmt: skip
_MILLIONS = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>thousand|million|billion)", re.I
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.I)


def is_english(text: str) -> bool:
    """Whether a question is in Latin letters: no Chinese character, and at least one word.

    >>> is_english("How many?"), is_english("GDP是多少"), is_english("2024?")
    (True, False, False)
    """
    return not any(map(is_han, text)) and any(word[0].isalpha() for word in cased_words(text))


def english_places(question: str) -> tuple[tuple[Place, ...], int]:
    """Places that a question asks about, and how many names they come from: one name may be spelt
    like that of several places. Of "Shanyang District in Jiaozuo" the district is asked about.
    """
    named = find_english_places(cased_words(question))
    above = {parent for n in named for place in n.places for parent in ancestors(place)}
    asked = {n.places for n in named if not above.issuperset(n.places)}
    kept = [place for n in named if n.places in asked for place in n.places]
    return tuple(dict.fromkeys(kept)), len(asked)


def names(term: Term, place: Place) -> bool:
    """Whether a term is the name of a place."""
    return any(word == place.short for word, _ in term.alternatives)


def translate(question: str) -> tuple[Term, ...]:
    """The terms that an English question asks about, in its order.

    Places first, then the longest phrases that the word list has, their words, dates and figures
    as Chinese writes them. A word is also looked for as it is written, and one that may be a name
    in pinyin for what is spelt so.
    """
    terms = [Term(((date, 1.0),)) for date in _dates(question)]
    terms += [Term(((amount, 1.0),)) for amount in _amounts(question)]
    words = cased_words(_ORDINAL.sub("", _without(question, (*DATES, _MILLIONS))))
    places = {named.start: named for named in find_english_places(words)}
    i = 0
    while i < len(words):
        if i in places:
            terms.append(_place_term(places[i]))
            i = places[i].end
            continue
        until = min((start for start in places if start > i), default=len(words))
        found, used = _phrase(words[i:until]) or _name(words[i:until]) or _word(words[i])
        terms += found
        i += used
    return tuple(dict.fromkeys(terms))


def gist(terms: Sequence[Term]) -> str:
    """The terms in Chinese, each by its best alternative: for what reads Chinese only."""
    return " ".join(term.alternatives[0][0] for term in terms if term.alternatives)


def _place_term(named: Named) -> Term:
    """A place in its everyday form, and without its kind."""
    found: dict[str, float] = {}
    for place in named.places:
        found[place.short] = 1.0
        if len(place.short) > 2 and place.short[-1] in "县区旗":
            found.setdefault(place.short[:-1], STEM_WEIGHT)
    return Term(tuple(found.items()))


def _phrase(words: Sequence[str]) -> tuple[list[Term], int] | None:
    """The longest phrase of the word list that the words begin with, and its words beside it."""
    lower = [word.lower() for word in words[:LONGEST_PHRASE]]
    for length in range(len(lower), 1, -1):
        phrase = lower[:length]
        if phrase[0] in FUNCTION_WORDS or phrase[-1] in FUNCTION_WORDS:
            continue
        if found := look_up(phrase):
            parts = [_weakened(look_up([word])) for word in phrase if word not in FUNCTION_WORDS]
            return [Term(found), *(Term(part) for part in parts if part)], length
    return None


def _name(words: Sequence[str]) -> tuple[list[Term], int] | None:
    """Capitalised words that read as pinyin and are no English ones: a name."""
    for length in range(min(LONGEST_PERSON, len(words)), 0, -1):
        name = [word.removesuffix("'s") for word in words[:length]]
        if not all(word[0].isupper() for word in name):
            continue
        if length == 1 and look_up([name[0].lower()]):
            continue
        ways = [sum(way, ()) for way in product(*(syllables(word) for word in name))]
        ways = [way for way in ways if 2 <= len(way) <= MOST_SYLLABLES]
        if ways:
            written = tuple((word.lower(), 1.0) for word in name)
            return [Term(written, tuple(ways[:MOST_SYLLABLES]))], length
    return None


def _word(word: str) -> tuple[list[Term], int]:
    """A single word; nothing where it carries no subject."""
    lower = word.lower()
    if lower in FUNCTION_WORDS or lower in _ASKING_WORDS:
        return [], 1
    own = lower.removesuffix("'s")
    return [Term((*look_up([lower]), (own, 1.0)))], 1


def _weakened(words: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple((word, weight * PART_WEIGHT) for word, weight in words)


def _dates(question: str) -> Iterator[str]:
    """May 16 as 5月16日, in May as 5月."""
    for pattern in DATES:
        for match in pattern.finditer(question):
            month = month_number(match["month"])
            day = match.groupdict().get("day")
            yield f"{month}月{day}日" if day else f"{month}月"


def month_number(name: str) -> int:
    """The number of a month by its name or the beginning of it.

    >>> month_number("Sept")
    9
    """
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _amounts(question: str) -> Iterator[str]:
    """20 million as 2000万, 1.5 billion as 15亿."""
    for match in _MILLIONS.finditer(question):
        value = float(match["number"].replace(",", "")) * _SCALES[match["scale"].lower()]
        for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
            if value >= size:
                yield f"{value / size:.10g}{name}"
                break


def _without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text
