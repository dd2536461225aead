"""Questions and answers as the page shows them: a conversation to messages, a question to more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import Runnable

from corpus.errors import JianbaoError
from index.scope import Scope, scope_of
from rag.answer import Answer
from rag.chain import Request
from ui.answer_view import answer_html, notice_html, question_html
from ui.conversations import Conversations, Exchange, turns_of
from ui.exports import export_address

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


EVERYTHING = Bounds()


@dataclass(frozen=True, slots=True)
class Talk:
    """Asks the chain and keeps what was answered."""

    chain: Runnable[Request, Answer]
    conversations: Conversations

    def opened(self, owner: str, conversation: str) -> Shown:
        """A conversation that was kept.

        :raises CallError: the owner has no such conversation.
        """
        exchanges = self.conversations.exchanges(owner, conversation)
        return Shown(_messages(conversation, exchanges), conversation)

    def asked(
        self, owner: str, conversation: str | None, question: str, bounds: Bounds = EVERYTHING
    ) -> Iterator[Shown]:
        """The conversation with one more question and its growing answer. An answer that is broken
        off is kept as far as it came, for each of its sentences is checked before it is shown.
        """
        before: tuple[Exchange, ...] = ()
        last: Answer | None = None
        number = 0
        try:
            if conversation:
                before = self.conversations.exchanges(owner, conversation)
            shown = [*_messages(conversation, before), _message("user", question_html(question))]
            try:
                request = Request(question, turns_of(before), bounds.scope())
                for last in self.chain.stream(request):
                    body = answer_html(last, complete=False)
                    yield Shown([*shown, _message("assistant", body)], conversation)
            finally:
                if last is not None:
                    conversation, number = self.conversations.append(
                        owner, conversation, question, last
                    )
        except JianbaoError as error:
            told = [*_messages(conversation, before), _message("user", question_html(question))]
            yield Shown([*told, _message("assistant", notice_html(str(error)))], conversation,
                        question)  # fmt: skip
            return
        if last is None:
            raise RuntimeError("the chain yielded no answer")
        whole = answer_html(last, tools=_tools(conversation, number))
        yield Shown([*shown, _message("assistant", whole)], conversation)


def _messages(conversation: str | None, exchanges: Sequence[Exchange]) -> Messages:
    return [
        message
        for one in exchanges
        for message in (
            _message("user", question_html(one.question)),
            _message("assistant", answer_html(one.answer, tools=_tools(conversation, one.number))),
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
