"""The tab of questions: the conversation, the box below it, limits and examples."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.library import Library
from rag.query.question import MAX_QUESTION_CHARS
from ui.page.library_menus import bulletin_choices, place_choices
from ui.page.limits_panel import LimitsPanel, limits_panel
from ui.page.opinion_form import opinion_form
from ui.store.feedback import Feedback
from ui.views.page_words import label

EXAMPLES = (
    "三门峡建成了多少个老年助餐场所？",
    "安阳的联动监督工作指南包含哪些内容？",
    "吕梁建了多少个农村老年人日间照料中心？",
    "三门峡60岁以上人口有多少？",
    "鹤壁和安阳各有多少个调研重点？",
    "郑州建了多少个老年助餐点？",
)


@dataclass(frozen=True, slots=True)
class AskingTab:
    """The conversation, the question box with its buttons, the links to the conversation as a file,
    the limits, and the menu of the form in which a reader names the right bulletin.
    """

    chat: gr.Chatbot
    box: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    whole: gr.HTML
    limits: LimitsPanel
    right: gr.Dropdown

    @property
    def menus(self) -> list[Any]:
        """The menus that change with the library."""
        return [self.limits.bulletins, self.limits.places, self.right]


def asking_tab(library: Library, feedback: Feedback, current: gr.Textbox) -> AskingTab:
    """Build what stands in the tab; `current` holds the id of the open conversation."""
    chat = gr.Chatbot(
        elem_id="jb-talk", show_label=False, height="calc(100vh - 400px)", latex_delimiters=[],
        buttons=[], feedback_options=("Like", "Dislike"), layout="bubble",
        placeholder=str(label("请就简报内容提问")),
    )  # fmt: skip
    with gr.Row():
        box = gr.Textbox(
            elem_id="jb-question", label=label("提问"), show_label=False, scale=8, autofocus=True,
            placeholder=label("例如：三门峡建成了多少个老年助餐场所？"),
            max_length=MAX_QUESTION_CHARS, min_width=160,
        )  # fmt: skip
        ask = gr.Button(label("提问"), elem_id="jb-ask", variant="primary", min_width=70)
        stop = gr.Button(label("停止"), elem_id="jb-stop", min_width=60)
    right = opinion_form(library, feedback, current, chat)
    whole = gr.HTML("", elem_id="jb-whole")
    limits = limits_panel(library)
    gr.Examples([[one] for one in EXAMPLES], inputs=[box], label=label("试试这些问题"))
    return AskingTab(chat, box, ask, stop, whole, limits, right)


def new_menus(library: Library) -> tuple[Any, ...]:
    """What AskingTab.menus become when the library has changed, nothing chosen in them."""
    bulletins = bulletin_choices(library)
    return (
        gr.update(choices=bulletins, value=[]),
        gr.update(choices=place_choices(library), value=[]),
        gr.update(choices=bulletins, value=None),
    )
