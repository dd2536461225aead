"""The panel at the right, in which markers of answers open their bulletins."""

import gradio as gr

from index.library import Library
from ui.page.scripts import script
from ui.page.visitor import seen
from ui.views.source_view import nothing_html, source_html

SCRIPTS = ("say.js", "source.js", "answer.js")


def source_panel(library: Library) -> gr.HTML:
    """Build the panel inside the page."""

    def open_source(address: str, request: gr.Request) -> str:
        return source_html(seen(library, request), address)

    return gr.HTML(
        nothing_html(), elem_id="jb-panel", server_functions=[open_source],
        apply_default_css=False, js_on_load=script(*SCRIPTS),
    )  # fmt: skip
