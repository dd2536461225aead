"""The tab of questions: the conversation, and fixed below it the question box with its limits."""

from dataclasses import dataclass

import gradio as gr

from index.library import Library
from rag.query.question import MAX_QUESTION_CHARS
from ui.page.limits_panel import LimitsPanel, limits_panel
from ui.page.opinion_form import OpinionForm, opinion_form
from ui.page.scripts import script
from ui.store.feedback import Feedback
from ui.views.page_words import label
from ui.views.welcome_view import greeting_html

MAX_LINES = 8  # to which the box grows with its text; a longer one scrolls


@dataclass(frozen=True, slots=True)
class AskingTab:
    """Earlier questions with their answers, the latest one, the question box, the links to the
    conversation as a file, the limits, and the form of opinions.
    """

    past: gr.HTML
    now: gr.HTML
    box: gr.Textbox
    whole: gr.HTML
    limits: LimitsPanel
    opinion: OpinionForm


def asking_tab(library: Library, feedback: Feedback, current: gr.Textbox) -> AskingTab:
    """Build what stands in the tab; `current` holds the id of the open conversation."""
    scripts = script("turns.js")
    with gr.Column(elem_id="jb-scroll"):
        past = gr.HTML("", elem_id="jb-past", apply_default_css=False, js_on_load=scripts)
        now = gr.HTML(
            greeting_html(), elem_id="jb-now", apply_default_css=False, js_on_load=scripts
        )
        whole = gr.HTML("", elem_id="jb-whole", apply_default_css=False)
    with gr.Column(elem_id="jb-composer"):
        opinion = opinion_form(library, feedback, current, (past, now))
        box = gr.Textbox(
            elem_id="jb-question", label=label("提问"), show_label=False, autofocus=True,
            placeholder=label("问简报里的事：多少、谁、何时"),
            lines=1, max_lines=MAX_LINES, max_length=MAX_QUESTION_CHARS, container=False,
            submit_btn=True, stop_btn=True,
        )  # fmt: skip
        limits = limits_panel(library)
    return AskingTab(past, now, box, whole, limits, opinion)
