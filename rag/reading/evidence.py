"""What evidence is: sentences of hits that answer, with what the reader gave them; and which hits
are read for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bulletin import Figure, Kind, Span
from rag.query.question import Query
from rag.reading.reader import Point
from rag.reading.table_rows import about_rows
from rag.retrieval.search import Hit, may_answer_for

NAMES_ONLY = frozenset({Kind.HEADING, Kind.TITLE})  # they say what is told of, and tell nothing
READ_HITS = 8  # units whose sentences are looked at; the answer is among them or nowhere


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit: quote == hit.text[span.start:span.end].

    `share`, 0 to 1, is the reader's probability that among the sentences read this one answers;
    whether any of them does is another question. `focus` are the words of hit.text, inside the
    span, that are the answer itself, where the reader can tell; `points` the likelier places in
    hit.text at which such words begin.
    """

    hit: Hit
    span: Span
    share: float
    focus: Span | None = None
    points: tuple[Point, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence in the words of the source."""
        return self.hit.text[self.span.start : self.span.end]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the sentence, where they stand in hit.text."""
        return tuple(filter(self.span.begins, self.hit.unit.figures))

    def pointed_at(self, figure: Figure) -> bool:
        """Whether the reader points at a figure, or at a part of it."""
        return self.focus is not None and self.focus.overlaps(figure)

    def begun_at(self, figure: Figure) -> float:
        """The probability that words that answer begin in a figure, among all places read."""
        return sum(one.probability for one in self.points if figure.start <= one.start < figure.end)


@dataclass(frozen=True, slots=True)
class Part:
    """A question with its evidence, best first; of a comparison one for each side, under its label.

    `label` is "" for a question that compares nothing; a part that stands `by_itself` is one of
    several questions, set beside no other. `answered` is the probability, 0 to 1, that the evidence
    answers at all. `things` are those that the question names to be reckoned with, each asked about
    by itself in the texts that answer it.
    """

    query: Query
    evidence: tuple[Evidence, ...]
    label: str = ""
    by_itself: bool = False
    answered: float = 1.0
    things: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in hits: all their sentences, best first; the probability, 0 to 1, that the
    first of them answers the question at all, 0 without any; its words that no bulletin has.
    """

    evidence: tuple[Evidence, ...]
    answered: float
    unsaid: tuple[str, ...] = ()


NOTHING = Read((), 0.0)


def readable(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The best hits that may answer for a place asked about, of a table the rows asked about."""
    telling = [hit for hit in hits if may_tell(hit) and may_speak(query, hit)]
    return about_rows(query, telling)[:READ_HITS]


def may_tell(hit: Hit) -> bool:
    """Whether a unit is of a kind that tells anything."""
    return hit.kind not in NAMES_ONLY


def may_speak(query: Query, hit: Hit) -> bool:
    """Whether a unit may answer for a place that is asked about, where any is."""
    return not query.places or any(may_answer_for(hit.unit, place) for place in query.places)
