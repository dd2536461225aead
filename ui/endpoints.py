"""Endpoints for programs on the page's server, called with curl or gradio_client."""

import gradio as gr
from gradio.events import api
from langchain_core.runnables import Runnable

from corpus.errors import JianbaoError
from index.library import Library
from rag.answer import Answer
from rag.chain import Request
from ui.tools import tools


def add_endpoints(library: Library, chain: Runnable[Request, Answer]) -> None:
    """Give the page that is being built its endpoints /retrieve and /ask."""
    for tool in tools(library, chain, _told):
        api(tool, api_name=tool.__name__)


def _told(error: JianbaoError) -> gr.Error:
    """An error that the caller reads, and the server's log does not."""
    return gr.Error(str(error), print_exception=False)
