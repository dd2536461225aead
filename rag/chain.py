"""The chain: question -> Answer, a LangChain Runnable that streams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda

from corpus.text.places import place_named
from index.library import Library
from index.scope import OPEN, Scope
from index.sight import WHOLE, Sight
from rag.answering.answer import Answer
from rag.answering.compose import compose
from rag.answering.courtesy import courteous
from rag.answering.drafting import drafted
from rag.answering.issues_about import about, topic_asked
from rag.answering.library_questions import catalogued
from rag.answering.outline import outlined
from rag.answering.sayings import said_by
from rag.answering.summary import summarised
from rag.answering.sureness import Sureness
from rag.answering.telling import Line, told
from rag.answering.who_is import office_of
from rag.looking import ANSWER_HITS, Looker
from rag.query.followup import carried_place, may_stand_alone
from rag.query.question import Query, Turn, understand
from rag.query.rewriting import Rewriting, rewriting_of, without_rewritings
from rag.query.spoken import SpokenLines
from rag.reading.evidence import NOTHING
from rag.reading.reader import Reader
from rag.reading.readers import default_reader
from rag.recent_findings import RecentFindings
from rag.refusing.grounds import refusal
from rag.refusing.outside import gives_orders
from rag.refusing.reasons import Reason, was_refused
from rag.refusing.unanswered import refused_unread
from rag.refusing.wording import refused, unsaid
from rag.retrieval.new_topic import is_new_topic
from rag.retrieval.search import Hit, in_turn, search
from rag.retrieval.stages import ALL_STAGES, Stages
from rag.trace import SILENT, Findings, Look, Step, Trace, Wanted, timed_parts, wanted_always
from rag.understanding import Understanding

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from rag.reading.entailment import Entailment


@dataclass(frozen=True, slots=True)
class Request:
    """A question, the conversation before it, the part of the library that it is asked of, what of
    it whoever asks may see, who is told of the way to the answer, and who tells whether it is still
    wanted.
    """

    question: str
    history: tuple[Turn, ...] = ()
    scope: Scope = OPEN
    sight: Sight = WHOLE
    trace: Trace = field(default=SILENT, compare=False, repr=False)
    is_wanted: Wanted = field(default=wanted_always, compare=False, repr=False)


def answer_chain(
    library: Library,
    model: "BaseChatModel | None" = None,
    stages: Stages = ALL_STAGES,
    *,
    reader: Reader | None = None,
    judge: "Entailment | None" = None,
) -> Runnable[Request, Answer]:
    """The chain over a library; without a chat model the answer is made of the source's sentences.
    The reader picks them, by default the embedded one; the judge looks at what a chat model wrote,
    after all that is checked exactly.

    `invoke` returns the whole Answer, `stream` yields it growing: each one yielded replaces the one
    before.
    """
    recent, reader = RecentFindings(), reader or default_reader()
    spoken, understanding = SpokenLines(library.vector), Understanding(library)

    def find(request: Request) -> tuple[Request, Findings]:
        again = None if model is None else rewriting_of(request.question, request.history)
        findings = found_for(request) if again is None else found_again(request, again)
        request.trace.found(findings)
        return request, findings

    def found_for(request: Request) -> Findings:
        if model is not None:
            request = replace(request, history=without_rewritings(request.history))
        trace, seen = request.trace, library.seen_by(request.sight)
        with trace.timed(Step.UNDERSTAND):
            query = understanding.asked(seen, request.question, request.history)
        said = tuple((turn["role"], turn["content"]) for turn in request.history)
        asked = request.question, said, request.scope
        return recent.of(seen, asked, lambda: look_up(seen, query, request))

    def found_again(request: Request, again: Rewriting) -> Findings:
        with request.trace.timed(Step.UNDERSTAND):
            query = understand(request.question)
        before = Findings(query, (), (), None)
        if again.said:
            before = found_for(replace(request, question=again.question, history=again.history))
        return replace(before, query=query, rewriting=again, small_talk=None)

    def told_whole(seen: Library, query: Query, scope: Scope) -> tuple[Line, ...]:
        return (
            about(seen, reader, query, scope)
            or office_of(seen, query, scope)
            or said_by(seen, query, scope)
            or drafted(seen, reader, query, scope)
            or summarised(seen, reader, query, scope)
            or outlined(seen, query, scope)
        )

    def look_up(seen: Library, query: Query, request: Request) -> Findings:
        scope, trace = request.scope, request.trace
        if said := spoken.surely(query):
            return Findings(query, (), (), None, small_talk=said)
        if no := refused_unread(query, model=model is not None):
            return Findings(query, (), (), no)
        carried = place_named(carried_place(query.question, query.understood))
        alone = query
        if carried or (query.before and _needs_no_history(request)):
            alone = understanding.alone(query.question)
        if carried and is_new_topic(seen, alone, carried, scope):
            query, carried = alone, None
        found = look_closer(seen, query, scope, trace)
        if _is_vague(found) and (said := spoken.likely(query)):
            return Findings(query, (), (), None, small_talk=said)
        if found.refusal is None or found.refusal.reason is Reason.ORDER:
            return found
        if alone is not query:  # what was spoken of has nothing on it: it is asked by itself
            anew = look_closer(seen, alone, scope, trace)
            if anew.refusal is None or not carried:
                return anew
        return found

    def look_closer(seen: Library, query: Query, scope: Scope, trace: Trace) -> Findings:
        if not gives_orders(query.understood):
            with trace.timed(Step.EVIDENCE):
                listed = None if topic_asked(query.understood) else catalogued(seen, query, scope)
                lines = listed.lines if listed is not None else told_whole(seen, query, scope)
            if listed is not None or lines:
                with trace.timed(Step.SEARCH):
                    found = search(seen, query, ANSWER_HITS, scope, stages, reader=reader)
                return _of_lines(seen, query, lines, found)
        return Looker(seen, reader, stages, scope, trace).findings(query)

    def answer(told_of: tuple[Request, Findings]) -> Iterator[Answer]:
        request, findings = told_of
        yield from timed_parts(request.trace, Step.ANSWER, answers(findings, request))

    def answers(findings: Findings, request: Request) -> Iterator[Answer]:
        if findings.small_talk is not None:
            seen = library.seen_by(request.sight)
            yield courteous(seen, findings.query, findings.small_talk, request.scope)
            return
        for one in composed(findings, request.is_wanted):
            yield replace(one, sureness=findings.sureness)

    def composed(findings: Findings, is_wanted: Wanted) -> Iterator[Answer]:
        if model is not None and findings.rewriting is not None:
            from rag.writing.rewrite import rewritten

            yield from rewritten(
                model, findings.query, findings.rewriting, findings.told_from, judge, is_wanted
            )
        elif findings.refusal is not None:
            yield unsaid(refused(findings.query, findings.refusal, findings.hits), findings.query)
        elif findings.lines:
            yield from told(findings.query, findings.lines, findings.hits)
        elif model is None:
            yield from compose(findings.query, findings.parts, findings.hits, library.likeness)
        else:
            from rag.writing.generate import generate

            yield from generate(
                model, findings.query, findings.parts, findings.hits, library.likeness, judge,
                is_wanted,
            )  # fmt: skip

    return RunnableLambda(find, name="find") | RunnableLambda(answer, name="answer")


def _needs_no_history(request: Request) -> bool:
    """Whether a question that is refused with what was said before may yet be asked without it:
    that was refused too, or the question is bound to a part of the library.
    """
    said = [turn["content"] for turn in request.history if turn["role"] == "assistant"]
    refused_before = bool(said) and was_refused(said[-1])
    bound = request.scope.bulletins is not None or request.scope.places is not None
    return (refused_before or bound) and may_stand_alone(request.question)


def _is_vague(findings: Findings) -> bool:
    """Whether nothing answers, or not surely."""
    if findings.refusal is not None:
        return findings.refusal.reason is Reason.SILENT
    return findings.sureness not in (None, Sureness.SURE)


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
