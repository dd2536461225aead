"""The way from question to answer as data: what was found and chosen, and how long each step took.

Whoever wants to know hands a Recorder in with the request; without one nothing is kept or timed.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from rag.answering.sureness import Sureness, sureness_of
from rag.answering.telling import Line
from rag.query.question import Query
from rag.query.rewriting import Rewriting
from rag.query.small_talk import SmallTalk
from rag.reading.evidence import Part, Read
from rag.refusing.refusal import Refusal
from rag.retrieval.search import Hit

T = TypeVar("T")


class Step(StrEnum):
    """A step of the way; together they are nearly all of an answer's time."""

    UNDERSTAND = "understand"
    SEARCH = "search"
    EVIDENCE = "evidence"  # sentences read and weighed, refusals, the catalogue
    ANSWER = "answer"  # sentences put together, or written by a chat model and checked


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at for one side of a comparison, or for the question alone under label "".

    `refusal` is what this side gets by itself; where another side is answered, it may yet be told.
    `things` are as in Part.
    """

    label: str
    query: Query
    hits: tuple[Hit, ...]
    read: Read
    refusal: Refusal | None
    things: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What was understood, found and chosen; with a refusal, nothing is answered.

    `parts` are the query and its evidence; of a comparison, those of each side; `looks` what each
    of them was chosen from. `lines` are the whole answer where the catalogue gives it, without
    parts. Of `small_talk` nothing is looked for. Where the answer before is to be rewritten, by
    `rewriting`, all but the query is what was found for that answer.
    """

    query: Query
    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]
    refusal: Refusal | None
    lines: tuple[Line, ...] = ()
    looks: tuple[Look, ...] = ()
    small_talk: SmallTalk | None = None
    rewriting: Rewriting | None = None

    @property
    def sureness(self) -> Sureness | None:
        """How sure what was read makes an answer, None of what is made of nothing read; of a
        comparison that of its least sure side that is answered.
        """
        if self.refusal is not None or self.lines or self.rewriting is not None:
            return None
        answered = [look.read.answered for look in self.looks if look.refusal is None]
        return sureness_of(min(answered)) if answered else None

    @property
    def told_from(self) -> list[Hit]:
        """The hits that the answer is made of, best first, then whatever else was found."""
        cited = [item.hit for part in self.parts for item in part.evidence]
        cited += [line.item.hit for line in self.lines if line.item is not None]
        return list({(hit.bulletin, hit.position): hit for hit in (*cited, *self.hits)}.values())


class Trace(Protocol):
    """What the chain tells of its way."""

    def timed(self, step: Step) -> AbstractContextManager[None]:
        """A context whose time belongs to a step; a step may be entered again."""
        ...

    def found(self, findings: Findings) -> None:
        """What the answer is about to be made of."""
        ...


class Silent:
    """A Trace that keeps nothing."""

    def timed(self, step: Step) -> AbstractContextManager[None]:
        """See Trace.timed."""
        return nullcontext()

    def found(self, findings: Findings) -> None:
        """See Trace.found."""


@dataclass(slots=True)
class Recorder:
    """A Trace of one request: `seconds` of each step that was taken, and the findings, None until
    they are there.
    """

    seconds: dict[Step, float] = field(default_factory=dict)
    findings: Findings | None = None

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        """See Trace.timed."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - began

    def found(self, findings: Findings) -> None:
        """See Trace.found."""
        self.findings = findings


SILENT = Silent()
Wanted = Callable[[], bool]  # whether whoever asked still waits; asked from other threads


def wanted_always() -> bool:
    """Of a request that nobody stops."""
    return True


def timed_parts(trace: Trace, step: Step, parts: Iterator[T]) -> Iterator[T]:
    """The parts as they come, the time that making them takes told as a step's: without the time
    that whoever takes them spends on each.
    """
    while True:
        with trace.timed(step):
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part
