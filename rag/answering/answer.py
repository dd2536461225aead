"""What an answer is: text with markers, citations, or a refusal with its reason."""

from dataclasses import dataclass

from corpus.bulletin import Kind
from corpus.citation_label import citation_label
from rag.answering.sureness import Sureness
from rag.refusing.reasons import Reason
from rag.retrieval.search import Hit


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence of the answer stands: quote == text[start:end], always.

    `text` is the reading text of the whole unit, `position` its place among the bulletin's units,
    `paragraph` its number or None for a unit of another kind, `marker` the n of [n] in the answer.
    Of a table `row` is the name of the row quoted, `column` that of the column where only one is.
    `version` tells which bytes of the bulletin were read (see Hit), "" where that was not kept: by
    it the text that was cited is opened whatever replaced it.
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
    row: str = ""
    column: str = ""
    version: str = ""

    @property
    def label(self) -> str:
        """Human form: 《title》第N段, of a cell 《title》第N段·表 row column."""
        return citation_label(self.title, self.paragraph, self.kind, self.row, self.column)

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
            "row": self.row or None,
            "column": self.column or None,
        }


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning beside an answer: its kind, what it says, the repaired figure, if any, and the
    `figure` that it is about, as printed, "" where it is about something else; the text opens so.
    """

    kind: str
    text: str
    suggestion: str | None = None
    figure: str = ""

    @property
    def why(self) -> str:
        """What it says, where the figure itself stands before it."""
        return self.text.removeprefix(f"{self.figure}：")

    def as_dict(self) -> dict[str, object]:
        """The warning as `jianbao ask --json` prints it."""
        return {"kind": self.kind, "text": self.text, "suggestion": self.suggestion}


@dataclass(frozen=True, slots=True)
class Near:
    """A unit that a refusal offers as near, and where in the answer's text its label stands:
    label == text[start : start + len(label)], always.
    """

    label: str
    bulletin: str
    paragraph: int | None
    position: int
    start: int


@dataclass(frozen=True, slots=True)
class Struck:
    """A sentence that a chat model wrote and that did not stand: as written, names of its faults
    (rag/writing/objections.py), and what is said of each in Chinese, with the words that have it.
    """

    text: str
    faults: tuple[str, ...]
    why: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """What was struck as `jianbao ask --json` prints it."""
        return {"text": self.text, "faults": list(self.faults), "why": list(self.why)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or its refusal; `text` carries the markers [1], [2].

    `value` are the words that are the answer itself, which the text then opens with, "" where none
    stand out; `sureness` says how sure it is, None of what is no answer made of what was read.
    `offered` are questions to go on with, the last lines of the text.
    `nearest` are the units that a refusal offers, in the order of the text. Of a comparison `rows`
    are its table, the first the head, each what is compared and, with markers, what the bulletins
    say of it, and `result` the line above it, what the figures make together; `text` is the same
    line and table in Markdown. `struck` is what a chat model wrote beside it and is not told.
    `beside` are the cautions that stand in the text behind the markers of its sentences.
    """

    question: str
    understood: str
    text: str
    citations: tuple[Citation, ...]
    refused: bool
    reason: Reason | None
    warnings: tuple[Caution, ...]
    hits: tuple[Hit, ...]
    nearest: tuple[Near, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    value: str = ""
    sureness: Sureness | None = None
    offered: tuple[str, ...] = ()
    struck: tuple[Struck, ...] = ()
    result: str = ""
    beside: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The text without the cautions in it: what it says in the words of its sources."""
        text = self.text
        for caution in self.beside:
            text = text.replace(f"]{caution}", "]")
        return text

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The answer line by line: a row of a comparison is two cells, any other line is one."""
        if self.rows:
            return (*(((self.result,),) if self.result else ()), *self.rows)
        return tuple((line,) for line in self.text.split("\n"))

    def as_dict(self) -> dict[str, object]:
        """The answer as `jianbao ask --json` prints it."""
        return {
            "question": self.question,
            "understood": self.understood,
            "answer": self.text,
            "value": self.value or None,
            "sureness": self.sureness.value if self.sureness else None,
            "refused": self.refused,
            "reason": self.reason.value if self.reason else None,
            "citations": [citation.as_dict() for citation in self.citations],
            "warnings": [warning.as_dict() for warning in self.warnings],
            "retrieved": [hit.as_dict() for hit in self.hits],
            # of a chat model alone, and only where something was struck
            **({"struck": [one.as_dict() for one in self.struck]} if self.struck else {}),
        }
