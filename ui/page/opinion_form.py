"""What a reader says of an answer: thumbs, and the form that a thumb down opens."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import CallError
from index.library import Library
from ui.page.library_menus import library_menu
from ui.page.visitor import PRIVATE, owner, said, seen, told
from ui.store.feedback import Feedback
from ui.views.page_words import label

_THANKS, _TITLE = "谢谢，已记下 (noted)", "简报问答"
MAX_PARAGRAPH = 99_999


@dataclass(frozen=True, slots=True)
class OpinionForm:
    """The menu of bulletins in the form, which changes with them."""

    bulletin: gr.Dropdown


def opinion_form(
    library: Library, feedback: Feedback, current: gr.Textbox, turns: tuple[gr.HTML, ...]
) -> OpinionForm:
    """Build the form inside the page; the answers in `turns` have the thumbs.

    A thumb up is kept at once; a thumb down may say why, and which paragraph would be right.
    """

    def thumb(given: gr.EventData, conversation: str, request: gr.Request) -> tuple[Any, ...]:
        number, good = said(given, "number"), bool(said(given, "good"))
        if not isinstance(number, int):
            raise gr.Error(
                "没有这个回答 (there is no such answer)", title=_TITLE, print_exception=False
            )
        _keep(request, conversation, number, good=good)
        if good:
            gr.Info(_THANKS, title=_TITLE)
        return number, gr.update(visible=not good)

    def explain(
        number: int | None,
        reason: str,
        bulletin: str | None,
        paragraph: str,
        conversation: str,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        right = None
        if bulletin and paragraph.strip():
            right = _known(bulletin, request), _paragraph(paragraph)
        _keep(request, conversation, number or 0, good=False, reason=reason, right=right)
        gr.Info(_THANKS, title=_TITLE)
        return _EMPTY

    def _known(bulletin: str, request: gr.Request) -> str:
        try:
            return seen(library, request).kept.entry(bulletin).id
        except CallError as error:
            raise told(error) from error

    def _keep(request: gr.Request, conversation: str, number: int, **said: Any) -> None:
        try:
            feedback.record(owner(request), conversation or "", number, **said)
        except CallError as error:
            raise told(error) from error

    number = gr.State(None)
    with gr.Group(visible=False, elem_id="jb-opinion") as form:
        reason = gr.Textbox("", label=label("哪里不对？（可不填）"), elem_id="jb-reason", lines=2)
        with gr.Row():
            bulletin = library_menu(
                value=None, elem_id="jb-right-bulletin", scale=3,
                label=label("正确的段落在哪份简报（可不填）"),
            )  # fmt: skip
            paragraph = gr.Textbox(
                "", label=label("第几段"), elem_id="jb-right-paragraph", min_width=90, max_length=5,
            )  # fmt: skip
        with gr.Row():
            send = gr.Button(label("提交"), elem_id="jb-send-opinion", size="sm", variant="primary")
            leave = gr.Button(label("取消"), elem_id="jb-leave-opinion", size="sm")
    fields = [reason, bulletin, paragraph, form]
    for html in turns:
        html.opinion(thumb, current, [number, form], **PRIVATE)
    send.click(explain, [number, reason, bulletin, paragraph, current], fields, **PRIVATE)
    # what was said of one conversation is not sent with another
    leave.click(lambda: _EMPTY, None, fields, **PRIVATE)
    current.change(lambda: _EMPTY, None, fields, **PRIVATE)
    return OpinionForm(bulletin)


_EMPTY: tuple[Any, ...] = ("", None, "", gr.update(visible=False))


def _paragraph(written: str) -> int:
    """:raises gr.Error: it is no number of a paragraph."""
    text = written.strip()
    if not text.isdecimal() or not 1 <= int(text) <= MAX_PARAGRAPH:
        raise gr.Error(
            f"“第几段”请填段落的数字，如 9；现在是“{text}” (the paragraph is a number such as 9)",
            title=_TITLE,
            print_exception=False,
        )
    return int(text)
