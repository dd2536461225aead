"""The panel at the right, in which markers of answers open their bulletins."""

from importlib.resources import files

import gradio as gr

from index.library import Library
from ui.views.source_view import source_html, welcome_html

SCRIPTS = ("source.js", "answer.js")


def source_panel(library: Library) -> gr.HTML:
    """Build the panel inside the page."""

    def open_source(address: str) -> str:
        return source_html(library, address)

    scripts = (files("ui").joinpath("static", name).read_text("utf-8") for name in SCRIPTS)
    return gr.HTML(
        welcome_html(), elem_id="jb-panel", server_functions=[open_source],
        js_on_load="\n".join(scripts),
    )  # fmt: skip
