"""Questions and answers as the page shows them: a conversation to HTML, a question to more."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import cast

from langchain_core.runnables import Runnable

from corpus.errors import CallError, JianbaoError
from index.library import Library
from index.sight import WHOLE, Sight
from rag.answering.answer import Answer
from rag.answering.suggestions import suggestions
from rag.chain import Request, answer_chain
from rag.reading.reader import Reader
from ui.page.question_bounds import EVERYTHING, Bounds
from ui.page.underway import Running, State, Underway
from ui.store.answer_record import Record
from ui.store.conversations import Conversations, Exchange, turns_of
from ui.views.turn_view import answered_html, awaited_html, stopped_html, turns_html

BUSY = (
    "这个对话的上一个问题还在作答，请等它答完或先停止 (the question before is still being answered)"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after a step: the earlier questions with their answers and the latest
    one, as HTML; the conversation's id, None before anything is kept; what stands in the question
    box. None of `past` and `box` leaves them as they are.
    """

    past: str | None
    now: str
    conversation: str | None
    box: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Asks the chain over a library and keeps what was answered."""

    library: Library
    chain: Runnable[Request, Answer]
    conversations: Conversations
    reader: Reader | None
    underway: Underway

    def opened(self, owner: str, conversation: str) -> Iterator[Shown]:
        """A conversation that was kept; where a question of it is being answered, as it grows.

        :raises CallError: the owner has no such conversation.
        """
        running = self.underway.of(conversation)  # first: what is over by then has been kept
        exchanges = self.conversations.exchanges(owner, conversation)
        if running is None:
            return iter([self._whole(conversation, exchanges)])
        before = exchanges[: running.state.number - 1] if running.state.number else exchanges
        return self._followed(running, before)

    def asked(
        self,
        owner: str,
        conversation: str | None,
        question: str,
        bounds: Bounds = EVERYTHING,
        sight: Sight = WHOLE,
    ) -> Iterator[Shown]:
        """The conversation with one more question and its growing answer, at last with questions to
        go on with, from what `sight` has of the library. An answer that is broken off is kept
        as far as it came, for each of its sentences is checked before it is shown.
        """
        before: tuple[Exchange, ...] = ()
        try:
            if conversation:
                before = self.conversations.exchanges(owner, conversation)
            scope, searched = bounds.scope(), bounds.searched(self.library.seen_by(sight))
            asked = conversation or self.conversations.begin(owner, question)
        except JianbaoError as error:
            now = stopped_html(question, str(error))
            yield Shown(turns_html(conversation, before), now, conversation, question)
            return
        request = Request(question, turns_of(before), scope, sight)
        running = Running(owner, asked, request, searched)
        if not self.underway.start(running, self._answer):
            now = stopped_html(question, BUSY)
            yield Shown(turns_html(conversation, before), now, conversation, question)
            return
        for n, shown in enumerate(self._followed(running, before)):
            yield replace(shown, box="") if n == 0 and shown.box is None else shown

    def stop(self, owner: str, conversation: str) -> None:
        """Leave the answer that is being made in a conversation as far as it has come."""
        running = self.underway.of(conversation)
        if running is not None and running.owner == owner and running.state.is_awaited:
            running.tell(stopped=True)
            self._keep(running)  # whoever makes it may hear of this late
            running.tell(over=True)

    def _followed(self, running: Running, before: Sequence[Exchange]) -> Iterator[Shown]:
        past: str | None = turns_html(running.conversation, before)
        for state in running.states():
            yield self._at(running, state, past, alone=not before)
            past = None

    def _at(self, running: Running, state: State, past: str | None, *, alone: bool) -> Shown:
        """A conversation with the last question as far as it is, `alone` where it is the first."""
        conversation, question = running.conversation, running.request.question
        if state.error or (state.over and not state.number):  # stopped before anything had come
            self.conversations.forget_empty(running.owner, conversation)
            kept = None if alone and not state.number else conversation
            return Shown(past, stopped_html(question, state.error), kept, question)
        if state.number and state.answer is not None:
            record = Record(state.answer, running.searched)
            now = answered_html(conversation, state.number, question, record, state.further)
            return Shown(past, now, conversation)
        return Shown(past, awaited_html(question, state.stage, state.answer), conversation)

    def _whole(self, conversation: str, exchanges: Sequence[Exchange]) -> Shown:
        past, last = exchanges[:-1], exchanges[-1:]
        return Shown(turns_html(conversation, past), turns_html(conversation, last), conversation)

    def _answer(self, running: Running) -> None:
        """Make the answer and keep it, then look for questions to go on with."""
        request = replace(
            running.request, trace=running, is_wanted=lambda: not running.state.stopped
        )
        try:
            with closing(cast("Generator[Answer]", self.chain.stream(request))) as answers:
                for answer in answers:
                    if running.state.stopped:
                        break
                    running.tell(answer=answer)
        except JianbaoError as error:
            self._keep(running)
            running.tell(error=str(error))
            return
        self._keep(running)
        if running.state.answer is not None and not running.state.stopped:
            running.tell(further=self._further(running, running.state.answer))

    def _keep(self, running: Running) -> None:
        def save(answer: Answer) -> int:
            _, number = self.conversations.append(
                running.owner, running.conversation, running.request.question, answer,
                running.searched,
            )  # fmt: skip
            return number

        try:
            running.keep(save)
        except JianbaoError as error:  # deleted meanwhile, or the disk is full
            running.tell(error=str(error))

    def _further(self, running: Running, answer: Answer) -> tuple[str, ...]:
        """Questions to go on with inside the bounds of the one that was asked.

        Nobody has asked those that are tried: they are answered by a chain of their own, which no
        metric counts, no log tells of and no chat model writes for.
        """
        scope, seen = running.request.scope, self.library.seen_by(running.request.sight)
        own = answer_chain(seen, reader=self.reader)

        def answered(question: str) -> bool:
            try:
                stopped = running.state.stopped
                return not (stopped or own.invoke(Request(question, scope=scope)).refused)
            except CallError:  # a longer name of a place makes a long question too long
                return False

        return suggestions(seen, answered, answer, scope)
