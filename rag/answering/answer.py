"""What an answer is: text with markers, citations, or a refusal with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.bulletin import Kind, citation_label
from rag.retrieval.search import Hit


class Reason(StrEnum):
    """Why a question is refused."""

    PLACE = "place"  # the library says nothing about the place
    PERIOD = "period"  # nothing about the year
    SILENT = "silent"  # the place is covered, what is asked is not said
    ORDER = "order"  # it is no question but an order to the system
    DOMAIN = "domain"  # it asks for something that no bulletin is about
    PREMISE = "premise"  # it takes for granted what the bulletins do not say


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence of the answer stands: quote == text[start:end], always.

    `text` is the reading text of the whole unit, `position` its place among the bulletin's units,
    `paragraph` its number or None for a unit of another kind, `marker` the n of [n] in the answer.
    """

    marker: int
    bulletin: str
    title: str
    position: int
    paragraph: int | None
    kind: Kind
    page: int | None
    quote: str
    text: str
    start: int
    end: int

    @property
    def label(self) -> str:
        """Human form: 《title》第N段."""
        return citation_label(self.title, self.paragraph, self.kind)

    def as_dict(self) -> dict[str, object]:
        """The citation as `jianbao ask --json` prints it."""
        return {
            "marker": self.marker,
            "bulletin": self.bulletin,
            "title": self.title,
            "paragraph": self.paragraph,
            "kind": self.kind.value,
            "page": self.page,
            "quote": self.quote,
            "text": self.text,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning beside an answer: its kind, what it says, and the repaired figure, if any."""

    kind: str
    text: str
    suggestion: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The warning as `jianbao ask --json` prints it."""
        return {"kind": self.kind, "text": self.text, "suggestion": self.suggestion}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or its refusal; `text` carries the markers [1], [2]."""

    question: str
    understood: str
    text: str
    citations: tuple[Citation, ...]
    refused: bool
    reason: Reason | None
    warnings: tuple[Caution, ...]
    hits: tuple[Hit, ...]

    def as_dict(self) -> dict[str, object]:
        """The answer as `jianbao ask --json` prints it."""
        return {
            "question": self.question,
            "understood": self.understood,
            "answer": self.text,
            "refused": self.refused,
            "reason": self.reason.value if self.reason else None,
            "citations": [citation.as_dict() for citation in self.citations],
            "warnings": [warning.as_dict() for warning in self.warnings],
            "retrieved": [hit.as_dict() for hit in self.hits],
        }
