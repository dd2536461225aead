"""The panel at the right, in which markers of answers open their bulletins."""

from collections.abc import Callable

import gradio as gr

from corpus.errors import CallError
from index.library import Library
from ui.page.scripts import script
from ui.page.visitor import seen
from ui.views.source_view import nothing_html, read_address, source_html

SCRIPTS = ("say.js", "source.js", "answer.js")


def source_panel(library: Library, opened: Callable[[str], None]) -> gr.HTML:
    """Build the panel inside the page; `opened` is told of the addresses that are opened in it."""

    def open_source(address: str, request: gr.Request) -> str:
        opened(address)
        return source_html(seen(library, request), address)

    return gr.HTML(
        nothing_html(), elem_id="jb-panel", server_functions=[open_source],
        apply_default_css=False, js_on_load=script(*SCRIPTS),
    )  # fmt: skip


def bulletin_at(library: Library, address: str) -> str | None:
    """The id of the bulletin that an address opens, None where it opens none."""
    try:
        target = read_address(address)
        return library.kept.entry(target.bulletin).id if target else None
    except CallError:
        return None
