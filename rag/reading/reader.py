"""The seam to whatever reads: a question and texts in, what each sentence answers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from corpus.bulletin import Span
from rag.query.question import Query


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be read; `context` is what stands above it and names its subject: its article's
    title, or the words that the article opens with.
    """

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a passage, by its character, at which words that answer begin, and the
    `probability`, 0 to 1, of it among all places of what was read at once.
    """

    start: int
    probability: float


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a passage: `share` of the answer that stands in it, 0 to 1, and the `focus`,
    the words in it that are the answer itself, where the reader can tell; `points` are the likelier
    places at which such words begin, of which a sum has several.
    """

    span: Span
    share: float
    focus: Span | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """What was read in a passage: every sentence in order, their shares summing to 1, and how far
    the passage `answers` the question at all: the logit of its probability.
    """

    sentences: tuple[ReadSentence, ...]
    answers: float


@runtime_checkable  # pydantic asks, where a retriever of LangChain holds one
class Reader(Protocol):
    """Reads passages for a question; the same call always gives the same result."""

    def read(self, query: Query, passages: Sequence[Passage]) -> tuple[ReadPassage, ...]:
        """What each passage says to the question, in the order of the passages.

        :raises ModelError: the model cannot be loaded.
        """
        ...
