"""The chain: question -> Answer, a LangChain Runnable that streams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from corpus.places import place_named
from index.library import Library
from index.scope import OPEN, Scope
from rag.answer import Answer, Reason
from rag.catalogue import catalogued
from rag.compose import compose
from rag.evidence import NOTHING, Part, find_evidence
from rag.outline import outlined
from rag.outside import gives_orders
from rag.question import Query, Turn, understand
from rag.refusal import Refusal, refusal
from rag.rows import aligned
from rag.search import Hit, search
from rag.sides import asks_everywhere, sides
from rag.stages import ALL_STAGES, Stages
from rag.telling import Line, cautions, cite, told

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Probability of being answered that a side of a comparison needs where another side is answered.
SIDE_ANSWERED = 0.4
ANSWER_HITS = 10  # hits an answer carries along, for whoever wants to look further


@dataclass(frozen=True, slots=True)
class Request:
    """A question, the conversation before it, and the part of the library that it is asked of."""

    question: str
    history: tuple[Turn, ...] = ()
    scope: Scope = OPEN


@dataclass(frozen=True, slots=True)
class Findings:
    """What was understood, found and chosen; with a refusal, nothing is answered.

    `parts` are the query and its evidence; of a comparison, those of each side.
    `lines` are the whole answer where the catalogue gives it.
    """

    query: Query
    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]
    refusal: Refusal | None
    lines: tuple[Line, ...] = ()


def answer_chain(
    library: Library, model: "BaseChatModel | None" = None, stages: Stages = ALL_STAGES
) -> Runnable[Request, Answer]:
    """The chain over a library; without a chat model the answer is made of the source's sentences.

    `invoke` returns the whole Answer, `stream` yields it growing: each one yielded replaces the one
    before.
    """

    def find(request: Request) -> Findings:
        query = understand(request.question, request.history)
        if not gives_orders(query.understood):
            listed = catalogued(library, query, request.scope)
            lines = listed.lines if listed is not None else outlined(library, query, request.scope)
            if listed is not None or lines:
                found = search(library, query, ANSWER_HITS, request.scope, stages)
                return _of_lines(library, query, lines, found)
        parts, hits, refusals, reads = [], [], [], []
        for side in sides(query):
            found = search(library, side.query, ANSWER_HITS, request.scope, stages)
            read = find_evidence(library, side.query, found)
            no = refusal(library, side.query, found, read)
            parts.append(Part(side.query, () if no else read.evidence, side.label))
            reads.append(read)
            hits.append(found)
            refusals.append(no)
        if any(part.evidence for part in parts):  # what one side says, another may say less clearly
            for n, (no, read) in enumerate(zip(refusals, reads, strict=True)):
                if no and no.reason is Reason.SILENT and read.answered >= SIDE_ANSWERED:
                    parts[n] = replace(parts[n], evidence=read.evidence)
        if len(parts) == 1 and asks_everywhere(query):
            parts = _of_each_place(library, query, hits[0], parts[0])
        merged = _merged(hits)
        no = refusals[0] if len(refusals) == 1 else None
        if no is None and all(refusals):  # none of the places: the refusal names them all
            no = refusal(library, query, merged, NOTHING)
        return Findings(query, tuple(aligned(library, parts)), merged, no)

    def answer(findings: Findings) -> Iterator[Answer]:
        if findings.refusal is not None:
            yield _refused(findings, findings.refusal)
        elif findings.lines:
            yield from told(findings.query, findings.lines, findings.hits)
        elif model is None:
            yield from compose(findings.query, findings.parts, findings.hits)
        else:
            from rag.generate import generate

            yield from generate(model, findings.query, findings.parts, findings.hits)

    return RunnableLambda(find, name="find") | RunnableLambda(answer, name="answer")


def _of_each_place(library: Library, query: Query, hits: Sequence[Hit], whole: Part) -> list[Part]:
    """A part for each place that answers; `whole` alone where fewer than two do."""
    parts = []
    for name in dict.fromkeys(hit.unit.place for hit in hits if hit.unit.place):
        if place := place_named(name):
            read = find_evidence(library, replace(query, places=(place,)), hits)
            if read.answered >= SIDE_ANSWERED:
                parts.append(Part(query, read.evidence, name))
    return parts if whole.evidence and len(parts) > 1 else [whole]


def _of_lines(
    library: Library, query: Query, lines: Sequence[Line], found: Sequence[Hit]
) -> Findings:
    """Lines that are the whole answer, their units before whatever else was found."""
    hits = _merged([[line.item.hit for line in lines if line.item is not None]])
    known = {(hit.bulletin, hit.position) for hit in hits}
    hits = (*hits, *(h for h in found if (h.bulletin, h.position) not in known))[:ANSWER_HITS]
    no = None if lines else refusal(library, query, found, NOTHING)
    return Findings(query, (), hits, no, tuple(lines))


def _merged(lists: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Hits of all parts in turn, the first of each, then the second: each place gets its share."""
    merged: dict[tuple[str, int], Hit] = {}
    for row in zip_longest(*lists):
        for hit in row:
            if hit is not None:
                merged.setdefault((hit.bulletin, hit.position), hit)
    return tuple(merged.values())[:ANSWER_HITS]


def _refused(findings: Findings, no: Refusal) -> Answer:
    """The refusal as an answer; what the source does say is quoted and cited."""
    said = no.said
    return Answer(
        question=findings.query.question,
        understood=findings.query.understood,
        text=f"{no.text}{said.quote}[1]" if said else no.text,
        citations=(cite(said, 1),) if said else (),
        refused=True,
        reason=no.reason,
        warnings=tuple(cautions(said)) if said else (),
        hits=findings.hits,
    )
