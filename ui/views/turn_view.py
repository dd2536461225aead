"""A conversation as HTML: each question with its answer, and the one that is being answered."""

from collections.abc import Sequence

from rag.answering.answer import Answer
from ui.store.answer_record import Record
from ui.store.conversations import Exchange
from ui.views.addresses import ExportKind, export_address
from ui.views.answer_view import answer_html, notice_html, question_html
from ui.views.escaping import escape
from ui.views.page_words import both
from ui.views.waiting import Stage

# A thumb, drawn: not every system has the sign in a font. The style sheet turns the second down.
_THUMB = (
    '<svg aria-hidden="true" viewBox="0 0 24 24" width="17" height="17" fill="none" '
    'stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"><path d="M7 11v9H4v-9zm0 0 '
    '4-8c1.7 0 3 1.2 3 3v4h5a2 2 0 0 1 2 2.3l-1.1 6A2 2 0 0 1 18 20H7"/></svg>'
)


def turns_html(conversation: str | None, exchanges: Sequence[Exchange]) -> str:
    """Questions that were answered, oldest first."""
    return "".join(
        answered_html(conversation, one.number, one.question, one.record, good=one.good)
        for one in exchanges
    )


def answered_html(
    conversation: str | None,
    number: int,
    question: str,
    record: Record,
    further: Sequence[str] = (),
    *,
    good: bool | None = None,
) -> str:
    """A question with its whole answer and what can be done with it; `good` is what was said of it
    before.
    """
    actions = _actions(conversation, number, question, good)
    body = answer_html(record, actions=actions, further=further)
    return _turn(question, body, number)


def awaited_html(question: str, stage: Stage, answer: Answer | None) -> str:
    """A question whose answer is being made: how far it is, and what there is of it."""
    every = list(Stage)
    at = every.index(stage)
    stages = "".join(
        f'<li{_state(n, at)}><span class="jb-dot"></span>{both(one.chinese)}</li>'
        for n, one in enumerate(every)
    )
    body = f'<ol class="jb-progress">{stages}</ol>'
    if answer is not None:
        body += answer_html(Record(answer), complete=False)
    return _turn(question, body, running=True)


def stopped_html(question: str, error: str) -> str:
    """A question without an answer: what went wrong, or that it was stopped."""
    return _turn(question, notice_html(error) if error else _stopped())


def _turn(question: str, body: str, number: int = 0, *, running: bool = False) -> str:
    state = " jb-running" if running else ""
    return (
        f'<article class="jb-turn{state}" data-number="{number}">'
        f"{question_html(question)}{body}</article>"
    )


def _state(n: int, at: int) -> str:
    if n > at:
        return ""
    return ' class="jb-done"' if n < at else ' class="jb-at" aria-current="step"'


def _stopped() -> str:
    return f'<div class="jb-answer jb-refused"><p>{both("已停止")}</p></div>'


def _actions(conversation: str | None, number: int, question: str, good: bool | None) -> str:
    """One row of what can be done with an answer; the script of the page knows the buttons."""
    if conversation is None:
        return ""
    kinds: tuple[tuple[ExportKind, str, str], ...] = (
        ("txt", both("复制"), ""), ("docx", "Word", " download"), ("md", "Markdown", " download"),
    )  # fmt: skip
    files = "".join(
        f'<a class="jb-tool" href="{escape(export_address(conversation, kind, number))}"'
        f"{download}>{name}</a>"
        for kind, name, download in kinds
    )
    thumbs = "".join(
        f'<button type="button" class="jb-tool jb-thumb" data-good="{value}" '
        f'aria-pressed="{"true" if good is bool(value) else "false"}">'
        f'{_THUMB}<span class="jb-hidden">{both(words)}</span></button>'
        for value, words in ((1, "答得对"), (0, "答得不对"))
    )
    limit = (
        f'<button type="button" class="jb-tool jb-limit" data-question="{escape(question)}">'
        f"{both('限定范围再问')}</button>"
    )
    return f'<div class="jb-actions">{files}{limit}<span class="jb-thumbs">{thumbs}</span></div>'
