"""Endpoints for programs on the page's server, called with curl or gradio_client."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api
from langchain_core.runnables import Runnable
from pydantic import ValidationError, validate_call

from index.library import Library
from index.sight import Sight
from rag.answering.answer import Answer
from rag.chain import Request
from rag.reading.reader import Reader
from ui.server.admission import QUESTIONS
from ui.server.sights import sight_behind, with_visitor
from ui.server.tools import tools


def add_endpoints(
    library: Library, chain: Runnable[Request, Answer], at_once: int, reader: Reader | None = None
) -> None:
    """Give the page that is being built its endpoints /retrieve and /ask; `at_once` questions of
    both, and of the page, are worked on at a time.
    """
    for tool in tools(library, chain, lambda error: _told(str(error)), reader):
        seen_tool = with_visitor(_checked(tool), gr.Request, _sight)
        api(
            seen_tool, api_name=tool.__name__, concurrency_id=QUESTIONS,
            concurrency_limit=at_once,
        )  # fmt: skip


def _checked(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool for callers that may send anything: arguments of other types than it declares are
    refused.
    """
    validated = validate_call(tool)  # pydantic, as Gradio reads requests by it too

    @wraps(tool)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return validated(*arguments, **named)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            where = ".".join(map(str, wrong["loc"]))
            raise _told(f"argument {where}: {wrong['msg']}; see /gradio_api/info") from error

    return call


def _sight(sent: gr.Request) -> Sight:
    return sight_behind(sent.request.scope if sent.request else {})


def _told(sentence: str) -> gr.Error:
    """An error that the caller reads, and the server's log does not."""
    return gr.Error(sentence, print_exception=False)
