"""What a question can be limited to: bulletins, places, a period."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import CallError
from index.library import Library
from ui.page.library_menus import library_menu
from ui.page.question_bounds import Bounds
from ui.page.visitor import PRIVATE, seen
from ui.views.limits_view import limits_html
from ui.views.page_words import label

NO_LIMITS: tuple[Any, ...] = ([], [], "", "")  # the values of LimitsPanel.fields


@dataclass(frozen=True, slots=True)
class LimitsPanel:
    """The fields of the limits; what is empty limits nothing."""

    bulletins: gr.Dropdown
    places: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox

    @property
    def fields(self) -> list[Any]:
        """All of them, as Bounds takes them."""
        return [self.bulletins, self.places, self.since, self.until]


def limits_panel(library: Library) -> LimitsPanel:
    """Build the panel inside the page, closed; beside it stands what is set. Its menus are filled
    for each who comes, by what each may see.
    """
    with gr.Accordion(label("限定范围"), open=False, elem_id="jb-bounds"), gr.Row():
        bulletins = library_menu(
            multiselect=True, label=label("只问这些简报"),
            elem_id="jb-of-bulletins", scale=3, min_width=200,
        )  # fmt: skip
        places = library_menu(
            multiselect=True, label=label("只问这些地方"),
            elem_id="jb-of-places", scale=2, min_width=140,
        )  # fmt: skip
        since = gr.Textbox(
            "", label=label("从"), max_length=12, elem_id="jb-since", min_width=130,
            placeholder=label("如 2024、去年"),
        )  # fmt: skip
        until = gr.Textbox(
            "", label=label("到"), max_length=12, elem_id="jb-until", min_width=90
        )  # fmt: skip
        clear = gr.Button(label("不限"), elem_id="jb-unlimited", size="sm", min_width=70, scale=0)
    limited = gr.HTML("", elem_id="jb-limited", apply_default_css=False)
    panel = LimitsPanel(bulletins, places, since, until)
    clear.click(lambda: NO_LIMITS, None, panel.fields, **PRIVATE)

    def tell(
        bulletins: list[str], about: list[str], first: str, last: str, request: gr.Request
    ) -> str:
        bounds = Bounds(bulletins, about, first, last)
        try:
            return limits_html(bounds.searched(seen(library, request)))
        except CallError as error:
            return limits_html(None, str(error))

    for field in panel.fields:
        field.change(tell, panel.fields, limited, **PRIVATE)
    return panel
