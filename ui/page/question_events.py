"""What happens when a question is asked on the page, or an answer stopped."""

from collections.abc import Iterator

import gradio as gr

from ui.page.asking_tab import AskingTab
from ui.page.chat_list import ChatList
from ui.page.question_bounds import Bounds
from ui.page.talk import Talk
from ui.page.viewers import Outputs, Viewers
from ui.page.visitor import PRIVATE, owner, seen, unchanged
from ui.server.admission import QUESTIONS
from ui.views.whole_view import whole_html


def answer_questions(
    talk: Talk, tab: AskingTab, chats: ChatList, current: gr.Textbox, viewers: Viewers, at_once: int
) -> None:
    """Let the box of the tab ask; `at_once` answers are made at a time. The links to the whole
    conversation follow `current`, the id of the open one.
    """

    def answer(
        question: str,
        conversation: str,
        search: str,
        bulletins: list[str],
        about: list[str],
        first: str,
        last: str,
        request: gr.Request,
    ) -> Iterator[Outputs]:
        """Stream the answer to a question: box, past, now, id of the conversation, the list."""
        if not question.strip():
            yield "", *unchanged(4)
            return
        bounds, own = Bounds(bulletins, about, first, last), seen(talk.library, request)

        def steps(conversation: str) -> Iterator[Outputs]:
            for shown in talk.asked(
                owner(request), conversation or None, question, bounds, own.sight
            ):
                box, past = (gr.skip() if x is None else x for x in (shown.box, shown.past))
                listed = gr.skip()
                if shown.past is not None or (shown.conversation or "") != conversation:
                    listed = chats.listed(owner(request), search, shown.conversation)
                conversation = shown.conversation or ""
                yield box, past, shown.now, conversation, listed

        turn = viewers.turn(request.session_hash)
        yield from viewers.followed(turn, steps(conversation), unchanged(5))

    def stop(conversation: str, request: gr.Request) -> None:
        talk.stop(owner(request), conversation)

    tab.box.submit(
        answer,
        [tab.box, current, chats.search, *tab.limits.fields],
        [tab.box, tab.past, tab.now, current, chats.menu],
        concurrency_id=QUESTIONS,
        concurrency_limit=at_once,
        trigger_mode="multiple",  # the page itself keeps a question back while one is answered
        **PRIVATE,
    )
    tab.box.stop(stop, current, None, **PRIVATE)
    current.change(whole_html, current, tab.whole, **PRIVATE)
