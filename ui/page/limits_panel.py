"""What a question can be limited to: bulletins, places, a period."""

from dataclasses import dataclass

import gradio as gr

from index.library import Library
from ui.page.library_menus import bulletin_choices, place_choices
from ui.views.page_words import label


@dataclass(frozen=True, slots=True)
class LimitsPanel:
    """The fields of the limits; what is empty limits nothing."""

    bulletins: gr.Dropdown
    places: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox


def limits_panel(library: Library) -> LimitsPanel:
    """Build the panel inside the page, closed."""
    with gr.Accordion(label("限定范围"), open=False, elem_id="jb-bounds"):
        bulletins = gr.Dropdown(
            bulletin_choices(library), multiselect=True, label=label("只问这些简报"),
            elem_id="jb-of-bulletins",
        )  # fmt: skip
        places = gr.Dropdown(
            place_choices(library), multiselect=True, label=label("只问这些地方"),
            elem_id="jb-of-places",
        )  # fmt: skip
        with gr.Row():
            since = gr.Textbox(
                "", label=label("从（如 2024 或 2024-06）"), max_length=10, elem_id="jb-since"
            )
            until = gr.Textbox("", label=label("到"), max_length=10, elem_id="jb-until")
    return LimitsPanel(bulletins, places, since, until)
