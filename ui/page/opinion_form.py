"""Thumbs under each answer, and the form that a thumb down opens."""

from typing import Any

import gradio as gr

from corpus.errors import CallError
from index.library import Library
from ui.page.library_menus import bulletin_choices
from ui.page.visitor import PRIVATE, owner
from ui.store.feedback import Feedback
from ui.views.page_words import label

_THANKS = "谢谢，已记下 (noted)"


def opinion_form(
    library: Library, feedback: Feedback, current: gr.Textbox, chat: gr.Chatbot
) -> gr.Dropdown:
    """Build the form inside the page; return the menu of bulletins in it, which changes with them.

    A thumb up is kept at once; a thumb down may say why, and which paragraph would be right.
    """

    def thumb(given: gr.LikeData, conversation: str | None, request: gr.Request) -> tuple[Any, ...]:
        number = _number(given.index)
        _keep(request, conversation, number, good=bool(given.liked))
        if given.liked:
            gr.Info(_THANKS)
        return number, gr.update(visible=not given.liked)

    def explain(
        number: int | None,
        reason: str,
        bulletin: str | None,
        paragraph: float | None,
        conversation: str | None,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        right = (bulletin, int(paragraph)) if bulletin and paragraph else None
        _keep(request, conversation, number or 0, good=False, reason=reason, right=right)
        gr.Info(_THANKS)
        return "", None, None, gr.update(visible=False)

    def _keep(request: gr.Request, conversation: str | None, number: int, **said: Any) -> None:
        try:
            feedback.record(owner(request), conversation or "", number, **said)
        except CallError as error:
            raise gr.Error(str(error), print_exception=False) from error

    number = gr.State(None)
    with gr.Group(visible=False, elem_id="jb-opinion") as form:
        reason = gr.Textbox("", label=label("哪里不对？（可不填）"), elem_id="jb-reason", lines=2)
        with gr.Row():
            bulletin = gr.Dropdown(
                bulletin_choices(library), value=None, elem_id="jb-right-bulletin", scale=3,
                label=label("正确的段落在哪份简报（可不填）"),
            )  # fmt: skip
            paragraph = gr.Number(
                None, label=label("第几段"), elem_id="jb-right-paragraph", minimum=1,
                precision=0, min_width=90,
            )  # fmt: skip
        send = gr.Button(label("提交"), elem_id="jb-send-opinion", size="sm")
    chat.like(thumb, current, [number, form], **PRIVATE)
    send.click(
        explain, [number, reason, bulletin, paragraph, current],
        [reason, bulletin, paragraph, form], **PRIVATE,
    )  # fmt: skip
    return bulletin


def _number(index: int | tuple[int, int]) -> int:
    """Number of the answer whose message stands at an index: every second one, from 1."""
    position = index if isinstance(index, int) else index[0]
    return (position + 1) // 2
