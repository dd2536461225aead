"""Signs of whether a question is answered by what was read for it, each a function with a name.

The reader's own word counts most. Beside it stand exact signs that need no model: the kind of thing
asked for, numbers and names of the question.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.figures.quantities import find_figures, same_family
from corpus.text.dates import find_dates
from rag.query.intents import Wants
from rag.query.persons import PERSON, persons
from rag.query.question import Query
from rag.reading.reader import Passage, ReadPassage, ReadSentence

_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年|\D|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
FAR_BELOW = 4.0  # logits: a passage below that answers nothing, however far below


@dataclass(frozen=True)  # no slots: what several signs need is kept
class Sighted:
    """A question with what was read for it: at least one passage that has sentences."""

    query: Query
    passages: tuple[Passage, ...]
    read: tuple[ReadPassage, ...]

    @cached_property
    def order(self) -> list[int]:
        """Numbers of the passages, the one that answers best first."""
        return sorted(range(len(self.read)), key=lambda n: -self.read[n].answers)

    @cached_property
    def text(self) -> str:
        """The best passage, under what stands above it."""
        best = self.passages[self.order[0]]
        return f"{best.context} {best.text}"

    @cached_property
    def sentence(self) -> ReadSentence:
        """The best sentence of the best passage."""
        return max(self.read[self.order[0]].sentences, key=lambda one: one.share)

    @cached_property
    def quote(self) -> str:
        """Its words."""
        span = self.sentence.span
        return self.passages[self.order[0]].text[span.start : span.end]


def best_passage(sighted: Sighted) -> float:
    """The logit that the best passage answers."""
    return max(-FAR_BELOW, sighted.read[sighted.order[0]].answers)


def best_three(sighted: Sighted) -> float:
    """The mean logit of the best three passages: what is answered in one is often spoken of in its
    neighbours, and what is answered nowhere may look answered in one.
    """
    logits = [max(-FAR_BELOW, sighted.read[n].answers) for n in sighted.order[:3]]
    return sum(logits) / len(logits)


def one_sentence(sighted: Sighted) -> float:
    """How far one sentence of the best passage has the answer alone, 0 to 1."""
    return sighted.sentence.share


def figure_missing(sighted: Sighted) -> float:
    """1 where a number is asked for and the best sentence has no figure of its unit."""
    query = sighted.query
    if query.wants is not Wants.NUMBER:
        return 0.0
    units = [figure.unit for figure in find_figures(sighted.quote)]
    fits = [unit for unit in units if not query.unit or same_family(unit, query.unit)]
    return float(not fits)


def date_missing(sighted: Sighted) -> float:
    """1 where a date is asked for and the best sentence has none."""
    asked = sighted.query.wants is Wants.DATE
    return float(asked and not find_dates(sighted.quote))


def person_missing(sighted: Sighted) -> float:
    """1 where a person is asked for and the best passage names none."""
    asked = sighted.query.wants is Wants.PERSON
    return float(asked and not PERSON.search(sighted.text))


def numbers_missing(sighted: Sighted) -> float:
    """The share of the question's numbers, years left out, that the best passage does not have."""
    asked = {float(one) for one in _NUMBER.findall(_YEAR.sub(" ", sighted.query.understood))}
    if not asked:
        return 0.0
    held = {float(number) for number in _NUMBER.findall(sighted.text)}
    held |= {figure.value for figure in find_figures(sighted.text)}
    return len(asked - held) / len(asked)


def names_missing(sighted: Sighted) -> float:
    """1 where the question names a person whom nothing that was read names."""
    texts = [f"{one.context} {one.text}" for one in sighted.passages]
    asked = persons(sighted.query.understood)
    return float(any(not any(name in text for text in texts) for name in asked))


SIGNS: Mapping[str, Callable[[Sighted], float]] = {
    "best passage": best_passage,
    "best three": best_three,
    "one sentence": one_sentence,
    "figure missing": figure_missing,
    "date missing": date_missing,
    "person missing": person_missing,
    "numbers missing": numbers_missing,
    "names missing": names_missing,
}
