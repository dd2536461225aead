"""What the page shows of the library follows the library, whoever changes it."""

from collections.abc import Callable, Hashable
from typing import Any

import gradio as gr

from ui.page.scripts import script
from ui.page.visitor import PRIVATE


def watch_library(
    state: Callable[[gr.Request], Hashable],
    fresh: Callable[..., Any],
    inputs: list[Any],
    outputs: list[Any],
) -> gr.HTML:
    """Let an open page look now and then whether the `state` of the library has changed, and show
    what `fresh` makes of `inputs` in `outputs` where it has; also once when it is loaded. What is
    returned says `stale` then.
    """

    def library_state(_: object, request: gr.Request) -> str:
        return str(hash(state(request)))

    watch = gr.HTML(
        "", elem_id="jb-watch", visible="hidden", server_functions=[library_state],
        js_on_load=script("watch.js"),
    )  # fmt: skip
    watch.stale(fresh, inputs, outputs, **PRIVATE)
    return watch
