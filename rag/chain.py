"""The chain: question -> Answer, a LangChain Runnable that streams."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from corpus.text.places import Place, place_named
from index.library import Library
from index.scope import OPEN, Scope
from rag.answering.aligned_sides import aligned
from rag.answering.answer import Answer
from rag.answering.compose import compose
from rag.answering.courtesy import courteous
from rag.answering.drafting import drafted
from rag.answering.issues_about import about, topic_asked
from rag.answering.library_questions import catalogued
from rag.answering.outline import outlined
from rag.answering.sayings import said_by
from rag.answering.summary import summarised
from rag.answering.sureness import Sureness, sureness_of
from rag.answering.telling import Line, told
from rag.answering.who_is import office_of
from rag.query.followup import carried_place
from rag.query.misspelt import mended
from rag.query.operations import operation_of, question_of_each
from rag.query.question import Query, Turn, understand
from rag.query.sides import asks_everywhere, sides
from rag.query.small_talk import small_talk
from rag.query.spoken import SpokenLines
from rag.reading.evidence import NOTHING, Part, Read, find_evidence
from rag.reading.read_evidence import read_evidence
from rag.reading.reader import Reader
from rag.recent_findings import RecentFindings
from rag.refusing.grounds import refusal
from rag.refusing.outside import gives_orders
from rag.refusing.reasons import Reason
from rag.refusing.unanswered import refused_unread
from rag.refusing.wording import refused
from rag.retrieval.new_topic import is_new_topic
from rag.retrieval.search import Hit, in_turn, search, search_one
from rag.retrieval.stages import ALL_STAGES, Stages
from rag.trace import SILENT, Findings, Look, Step, Trace, timed_parts

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Probability of being answered that a side of a comparison needs where another side is answered.
SIDE_ANSWERED = 0.4
Gather = Callable[[Query, Sequence[Hit]], Read]  # what answers a question in its hits
ANSWER_HITS = 10  # hits an answer carries along, for whoever wants to look further


@dataclass(frozen=True, slots=True)
class Request:
    """A question, the conversation before it, the part of the library that it is asked of, and who
    is told of the way to the answer.
    """

    question: str
    history: tuple[Turn, ...] = ()
    scope: Scope = OPEN
    trace: Trace = field(default=SILENT, compare=False, repr=False)


def answer_chain(
    library: Library,
    model: "BaseChatModel | None" = None,
    stages: Stages = ALL_STAGES,
    *,
    reader: Reader | None = None,
) -> Runnable[Request, Answer]:
    """The chain over a library; without a chat model the answer is made of the source's sentences.
    The reader picks them, or the linear one where none is given.

    `invoke` returns the whole Answer, `stream` yields it growing: each one yielded replaces the one
    before.
    """
    recent = RecentFindings(library)
    spoken = SpokenLines(library.vector)

    def evidence(query: Query, hits: Sequence[Hit]) -> Read:
        if reader is None:
            return find_evidence(library, query, hits)
        return read_evidence(library, reader, query, hits)

    def find(request: Request) -> tuple[Request, Findings]:
        trace = request.trace
        with trace.timed(Step.UNDERSTAND):
            query = _understood(library, request)
        said = tuple((turn["role"], turn["content"]) for turn in request.history)
        asked = request.question, said, request.scope
        findings = recent.of(asked, lambda: look_up(query, request.scope, trace))
        trace.found(findings)
        return request, findings

    def told_whole(query: Query, scope: Scope) -> tuple[Line, ...]:
        return (
            about(library, reader, query, scope)
            or office_of(library, query, scope)
            or said_by(library, query, scope)
            or drafted(library, reader, query, scope)
            or summarised(library, reader, query, scope)
            or outlined(library, query, scope)
        )

    def look_up(query: Query, scope: Scope, trace: Trace) -> Findings:
        if said := spoken.surely(query):
            return Findings(query, (), (), None, small_talk=said)
        if no := refused_unread(query, model=model is not None):
            return Findings(query, (), (), no)
        carried = place_named(carried_place(query.question, query.understood))
        alone = replace(understand(query.question), told=query.told) if carried else query
        if carried and is_new_topic(library, alone, carried, scope):
            query, carried = alone, None
        found = look_closer(query, scope, trace)
        if _is_vague(found) and (said := spoken.likely(query)):
            return Findings(query, (), (), None, small_talk=said)
        if found.refusal is None or found.refusal.reason is Reason.ORDER:
            return found
        if carried:  # the place has nothing on it: it is asked of the whole library
            anew = look_closer(alone, scope, trace)
            if anew.refusal is None:
                return anew
        return found

    def look_closer(query: Query, scope: Scope, trace: Trace) -> Findings:
        if not gives_orders(query.understood):
            with trace.timed(Step.EVIDENCE):
                listed = (
                    None if topic_asked(query.understood) else catalogued(library, query, scope)
                )
                lines = listed.lines if listed is not None else told_whole(query, scope)
            if listed is not None or lines:
                with trace.timed(Step.SEARCH):
                    found = search(library, query, ANSWER_HITS, scope, stages, reader=reader)
                return _of_lines(library, query, lines, found)
        looks = []
        for side in sides(query):
            with trace.timed(Step.SEARCH):
                found = search_one(library, side.query, ANSWER_HITS, scope, stages, reader=reader)
            with trace.timed(Step.EVIDENCE):
                read = evidence(side.query, found)
                no = refusal(library, side.query, found, read)
            looks.append(Look(side.label, side.query, tuple(found), read, no))
        with trace.timed(Step.EVIDENCE):
            return _of_looks(library, evidence, query, looks)

    def answer(told_of: tuple[Request, Findings]) -> Iterator[Answer]:
        request, findings = told_of
        yield from timed_parts(request.trace, Step.ANSWER, answers(findings, request.scope))

    def answers(findings: Findings, scope: Scope) -> Iterator[Answer]:
        if findings.small_talk is not None:
            yield courteous(library, findings.query, findings.small_talk, scope)
            return
        for one in composed(findings):
            yield replace(one, sureness=_sureness(findings))

    def composed(findings: Findings) -> Iterator[Answer]:
        if findings.refusal is not None:
            yield refused(findings.query, findings.refusal, findings.hits)
        elif findings.lines:
            yield from told(findings.query, findings.lines, findings.hits)
        elif model is None:
            yield from compose(findings.query, findings.parts, findings.hits, library.likeness)
        else:
            from rag.writing.generate import generate

            yield from generate(
                model, findings.query, findings.parts, findings.hits, library.likeness
            )

    return RunnableLambda(find, name="find") | RunnableLambda(answer, name="answer")


def _is_vague(findings: Findings) -> bool:
    """Whether nothing answers, or not surely."""
    if findings.refusal is not None:
        return findings.refusal.reason is Reason.SILENT
    return _sureness(findings) not in (None, Sureness.SURE)


def _sureness(findings: Findings) -> Sureness | None:
    """Of a comparison that of its least sure side that is answered."""
    if findings.refusal is not None or findings.lines:
        return None
    answered = [look.read.answered for look in findings.looks if look.refusal is None]
    return sureness_of(min(answered)) if answered else None


def _of_looks(library: Library, evidence: Gather, query: Query, looks: Sequence[Look]) -> Findings:
    """What was found for each side, weighed together."""
    parts = [Part(one.query, () if one.refusal else one.read.evidence, one.label) for one in looks]
    if any(part.evidence for part in parts):  # what one side says, another may say less clearly
        for n, (no, read) in enumerate((one.refusal, one.read) for one in looks):
            if no and no.reason is Reason.SILENT and read.answered >= SIDE_ANSWERED:
                parts[n] = replace(parts[n], evidence=read.evidence)
    merged = tuple(in_turn(one.hits for one in looks)[:ANSWER_HITS])
    no = looks[0].refusal if len(looks) == 1 else None
    if no is None and all(one.refusal for one in looks):  # the refusal names all the places
        no = refusal(library, query, merged, NOTHING)
    if len(parts) == 1 and parts[0].evidence and asks_everywhere(query):
        places = _each_place(evidence, query, looks[0].hits)
        if len(places) > 1:
            looks = places
            parts = [Part(query, one.read.evidence, one.label) for one in looks]
    return Findings(query, tuple(aligned(library, parts)), merged, no, looks=tuple(looks))


def _each_place(evidence: Gather, query: Query, hits: tuple[Hit, ...]) -> list[Look]:
    """A look at each place that answers."""
    looks = []
    for name in dict.fromkeys(hit.unit.place for hit in hits if hit.unit.place):
        if place := place_named(name):
            one = _of_place(query, place)
            read = evidence(one, hits)
            if read.answered >= SIDE_ANSWERED:
                looks.append(Look(name, one, hits, read, None))
    return looks


def _understood(library: Library, request: Request) -> Query:
    """What is asked, with a place of the library that was typed wrongly put right."""
    query = understand(request.question, request.history)
    if query.places or small_talk(query.question):
        return query
    places = dict.fromkeys(name for entry in library.entries() for name in entry.places)
    known = (place for name in places if (place := place_named(name)))
    meant = mended(request.question, [place.short for place in known])
    if meant == request.question:
        return query
    return replace(understand(meant, request.history), question=query.question)


def _of_place(query: Query, place: Place) -> Query:
    """What a question over all places asks of one of them."""
    if operation_of(query.understood) is None:
        return replace(query, places=(place,))
    asked = understand(f"{place.name}{question_of_each(query.understood)}")
    return replace(asked, told=query.told)


def _of_lines(
    library: Library, query: Query, lines: Sequence[Line], found: Sequence[Hit]
) -> Findings:
    """Lines that are the whole answer, their units before whatever else was found."""
    hits = in_turn([[line.item.hit for line in lines if line.item is not None]])
    known = {(hit.bulletin, hit.position) for hit in hits}
    hits += [hit for hit in found if (hit.bulletin, hit.position) not in known]
    no = None if lines else refusal(library, query, found, NOTHING)
    looks = (Look("", query, tuple(found), NOTHING, no),)
    return Findings(query, (), tuple(hits[:ANSWER_HITS]), no, tuple(lines), looks)
