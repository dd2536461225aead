"""What happens when a question is asked on the page, or an answer stopped."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.page.asking_tab import AskingTab
from ui.page.chat_list import ChatList
from ui.page.talk import Bounds, Messages, Talk
from ui.page.visitor import PRIVATE, owner
from ui.server.admission import QUESTIONS
from ui.server.exports import whole_html


def answer_questions(
    talk: Talk, tab: AskingTab, chats: ChatList, current: gr.Textbox, at_once: int
) -> None:
    """Let the box and the button of the tab ask; `at_once` answers are made at a time. The links to
    the whole conversation follow `current`, the id of the open one.
    """

    def answer(
        question: str,
        messages: Messages,
        conversation: str,
        search: str,
        bulletins: list[str],
        about: list[str],
        first: str,
        last: str,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """Stream the answer to a question: box, conversation, its id, the list."""
        if not question.strip():
            yield "", messages, conversation, gr.skip()
            return
        bounds = Bounds(bulletins, about, first, last)
        for shown in talk.asked(owner(request), conversation or None, question, bounds):
            conversation = shown.conversation or ""
            yield shown.box, shown.messages, conversation, gr.skip()
        listed = chats.listed(owner(request), search, conversation)
        yield gr.skip(), gr.skip(), conversation, listed

    limits = tab.limits
    asked = [tab.box, tab.chat, current, chats.search,
             limits.bulletins, limits.places, limits.since, limits.until]  # fmt: skip
    answers: list[Any] = [
        event(
            answer,
            asked,
            [tab.box, tab.chat, current, chats.menu],
            concurrency_id=QUESTIONS,
            concurrency_limit=at_once,
            **PRIVATE,
        )
        for event in (tab.box.submit, tab.ask.click)
    ]
    tab.stop.click(None, cancels=answers, api_visibility="private")
    current.change(whole_html, current, tab.whole, **PRIVATE)
