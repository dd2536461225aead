"""The answer chain as a server watches it: every answer counted and logged, its steps timed."""

import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from langchain_core.runnables import Runnable, RunnableLambda

from corpus.errors import JianbaoError, WorkError
from rag.answering.answer import Answer
from rag.chain import Request
from rag.trace import Findings, Recorder, Step, Trace

LOG = logging.getLogger("jianbao.answers")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request. `answer` is the last that was given, None before any; it is `whole`
    unless it was stopped or failed by `error`. `seconds` are those of each step that was taken,
    `findings` what the answer was made of, None where it did not come so far.
    """

    request: Request
    answer: Answer | None
    whole: bool
    error: Exception | None
    seconds: Mapping[Step, float]
    findings: Findings | None


class Observer(Protocol):
    """Who is told of requests."""

    def began(self) -> None:
        """A request is being answered."""
        ...

    def ended(self, outcome: Outcome) -> None:
        """It no longer is."""
        ...


def observed(
    chain: Runnable[Request, Answer], observers: Sequence[Observer]
) -> Runnable[Request, Answer]:
    """The chain with observers. An error that is no JianbaoError is a fault of the program: it
    reaches the observers whole, and whoever asked as a WorkError in a sentence.
    """

    def run(request: Request) -> Iterator[Answer]:
        recorder = Recorder()
        last: Answer | None = None
        failed: Exception | None = None
        whole = False
        for one in observers:
            one.began()
        try:
            for last in chain.stream(replace(request, trace=_Both(recorder, request.trace))):
                yield last
            whole = request.is_wanted()
        except JianbaoError as error:
            failed = error
            raise
        except Exception as error:
            failed = error
            raise WorkError(
                "回答时程序出错，已记入服务器日志；请换个问法或稍后再试 (the program failed, its "
                "log says how; ask in other words or later)"
            ) from error
        finally:
            outcome = Outcome(request, last, whole, failed, recorder.seconds, recorder.findings)
            for one in observers:
                one.ended(outcome)

    return RunnableLambda(run, name="observed")


@dataclass(frozen=True, slots=True)
class _Both:
    """A Trace that tells two."""

    first: Trace
    second: Trace

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        """See Trace.timed."""
        with self.first.timed(step), self.second.timed(step):
            yield

    def found(self, findings: Findings) -> None:
        """See Trace.found."""
        self.first.found(findings)
        self.second.found(findings)


@dataclass(frozen=True, slots=True)
class AnswerLog:
    """Logs every answer, without the question's text unless `questions`."""

    questions: bool = False

    def began(self) -> None:
        """See Observer.began."""

    def ended(self, outcome: Outcome) -> None:
        """See Observer.ended."""
        question, answer, error = outcome.request.question, outcome.answer, outcome.error
        values: dict[str, object] = {
            "characters": len(question),
            "milliseconds": {s.value: round(t * 1000, 1) for s, t in outcome.seconds.items()},
        }
        if self.questions:
            values["question"] = question
        if isinstance(error, JianbaoError):
            LOG.warning("not answered", extra={**values, "why": str(error)})
        elif error is not None:
            told = "".join(traceback.format_exception(error))
            if not self.questions:
                told = told.replace(question, "…")
            LOG.error("failed", extra={**values, "traceback": told})
        elif answer is None:
            LOG.info("stopped", extra=values)
        else:
            values |= {
                "refused": answer.refused,
                "reason": answer.reason.value if answer.reason else None,
                "citations": len(answer.citations),
            }
            LOG.info("answered" if outcome.whole else "stopped", extra=values)
