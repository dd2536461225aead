"""Questions and answers as the page shows them: a conversation to messages, a question to more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import Runnable

from corpus.errors import CallError, JianbaoError
from index.library import Library
from index.scope import Scope, scope_of
from rag.answering.answer import Answer
from rag.answering.suggestions import suggestions
from rag.chain import Request, answer_chain
from rag.reading.reader import Reader
from ui.server.exports import export_address
from ui.store.answer_record import Record, Searched
from ui.store.conversations import Conversations, Exchange, turns_of
from ui.views.answer_view import answer_html, notice_html, question_html

Messages = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after a step: the messages, the conversation's id (None before anything
    is kept), and what stays in the question box.
    """

    messages: Messages
    conversation: str | None
    box: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a question is limited to, as chosen on the page; what is empty limits nothing."""

    bulletins: Sequence[str] = ()
    places: Sequence[str] = ()
    since: str = ""
    until: str = ""

    def scope(self) -> Scope:
        """:raises CallError: a date is none."""
        return scope_of(
            self.bulletins or None, self.places or None,
            self.since.strip() or None, self.until.strip() or None,
        )  # fmt: skip

    def searched(self, library: Library) -> Searched:
        """What a question with these bounds is asked of.

        :raises CallError: a date is none.
        """
        inside = library.entries(self.scope())
        titles = [entry.title for entry in inside if entry.id in self.bulletins]
        since, until = self.since.strip(), self.until.strip()
        period = [f"{since}–{until}"] if since or until else []
        return Searched(len(inside), (*titles, *self.places, *period))


EVERYTHING = Bounds()


@dataclass(frozen=True, slots=True)
class Talk:
    """Asks the chain over a library and keeps what was answered."""

    library: Library
    chain: Runnable[Request, Answer]
    conversations: Conversations
    reader: Reader | None = None

    def opened(self, owner: str, conversation: str) -> Shown:
        """A conversation that was kept.

        :raises CallError: the owner has no such conversation.
        """
        exchanges = self.conversations.exchanges(owner, conversation)
        return Shown(_messages(conversation, exchanges), conversation)

    def asked(
        self, owner: str, conversation: str | None, question: str, bounds: Bounds = EVERYTHING
    ) -> Iterator[Shown]:
        """The conversation with one more question and its growing answer, at last with questions to
        go on with. An answer that is broken off is kept as far as it came, for each of its
        sentences is checked before it is shown.
        """
        before: tuple[Exchange, ...] = ()
        last: Answer | None = None
        number = 0
        asked = _message("user", question_html(question))
        try:
            if conversation:
                before = self.conversations.exchanges(owner, conversation)
            shown = [*_messages(conversation, before), asked]
            scope, searched = bounds.scope(), bounds.searched(self.library)
            try:
                request = Request(question, turns_of(before), scope)
                for last in self.chain.stream(request):
                    body = answer_html(Record(last), complete=False)
                    yield Shown([*shown, _message("assistant", body)], conversation)
            finally:
                if last is not None:
                    conversation, number = self.conversations.append(
                        owner, conversation, question, last, searched
                    )
            if last is None:
                raise RuntimeError("the chain yielded no answer")
            record = Record(last, searched)
            tools = _tools(conversation, number)
            whole = answer_html(record, tools=tools)
            yield Shown([*shown, _message("assistant", whole)], conversation)
            if further := self._further(last, scope):
                whole = answer_html(record, tools=tools, further=further)
                yield Shown([*shown, _message("assistant", whole)], conversation)
        except JianbaoError as error:
            told = [*_messages(conversation, before), asked]
            yield Shown([*told, _message("assistant", notice_html(str(error)))], conversation,
                        question)  # fmt: skip

    def _further(self, answer: Answer, scope: Scope) -> tuple[str, ...]:
        """Questions to go on with inside the bounds of the one that was asked.

        Nobody has asked those that are tried: they are answered by a chain of their own, which no
        metric counts, no log tells of and no chat model writes for.
        """
        own = answer_chain(self.library, reader=self.reader)

        def answered(question: str) -> bool:
            try:
                return not own.invoke(Request(question, scope=scope)).refused
            except CallError:  # a longer name of a place makes a long question too long
                return False

        return suggestions(self.library, answered, answer, scope)


def _messages(conversation: str | None, exchanges: Sequence[Exchange]) -> Messages:
    return [
        message
        for one in exchanges
        for message in (
            _message("user", question_html(one.question)),
            _message("assistant", answer_html(one.record, tools=_tools(conversation, one.number))),
        )
    ]


def _tools(conversation: str | None, number: int) -> tuple[tuple[str, str], ...]:
    """Names and addresses of what can be done with an answer that is kept."""
    if conversation is None:
        return ()
    return (
        ("复制", export_address(conversation, "txt", number)),
        ("Markdown", export_address(conversation, "md", number)),
        ("Word", export_address(conversation, "docx", number)),
    )


def _message(role: str, html: str) -> dict[str, Any]:
    return {"role": role, "content": html}
