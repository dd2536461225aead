"""Two buttons that ask once more before something is taken away."""

import gradio as gr
from gradio.components import Component

from ui.page.visitor import PRIVATE
from ui.views.page_words import label


def confirmation(
    ask: gr.Button, subject: Component, words: str, yes_id: str, no_id: str
) -> tuple[gr.Row, gr.Button]:
    """Build them inside the page, to be seen once `ask` is clicked and `subject` holds something;
    return their row, which whoever listens hides again, and the button that says yes.
    """
    with gr.Row(visible=False) as row:
        yes = gr.Button(label(words), elem_id=yes_id, size="sm", variant="stop")
        no = gr.Button(label("取消"), elem_id=no_id, size="sm")
    ask.click(lambda one: gr.update(visible=bool(one)), subject, row, **PRIVATE)
    no.click(lambda: gr.update(visible=False), None, row, **PRIVATE)
    return row, yes
