"""Endpoints for programs on the page's server: retrieve and ask, as in `from rag import …`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api
from langchain_core.runnables import Runnable
from pydantic import ValidationError, validate_call

from corpus.errors import CallError, JianbaoError
from index.library import Library
from index.scope import scope_of
from rag.answer import Answer
from rag.chain import Request
from rag.question import Turn, understand
from rag.search import search

Result = TypeVar("Result")


def add_endpoints(library: Library, chain: Runnable[Request, Answer]) -> None:
    """Give the page that is being built its endpoints /retrieve and /ask."""

    def retrieve(
        question: str,
        k: int = 5,
        bulletins: list[str] | None = None,
        places: list[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        kinds: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Find the k paragraphs that fit a question best. 检索段落。

        Each is an object with bulletin, title, paragraph, kind, text, score. The bounds are
        optional: ids of bulletins, names of places, dates (2025, 2025-11 or 2025-11-28), kinds.
        """
        scope = scope_of(bulletins, places, since, until, kinds)
        return [hit.as_dict() for hit in search(library, understand(question), k, scope)]

    def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        bulletins: list[str] | None = None,
        places: list[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the bulletins, every sentence cited, or refuse. 回答问题。

        The answer is an object as `jianbao ask --json` prints it. `history` holds the conversation
        so far as objects with role (user, assistant) and content.
        """
        try:
            turns = tuple(Turn(role=one["role"], content=one["content"]) for one in history or ())
        except KeyError as error:
            raise CallError(f"history: a message without {error}; give role and content") from error
        scope = scope_of(bulletins, places, since, until)
        return chain.invoke(Request(question, turns, scope)).as_dict()

    api(_checked(retrieve), api_name="retrieve")
    api(_checked(ask), api_name="ask")


def _checked(function: Callable[..., Result]) -> Callable[..., Result]:
    """The function for callers that may send anything: arguments of other types than it declares
    are refused. Its errors are told to the caller, and not written to the server's log.
    """
    validated = validate_call(function)  # pydantic, as Gradio reads requests by it too

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Result:
        try:
            return validated(*arguments, **named)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            where = ".".join(map(str, wrong["loc"]))
            told = f"argument {where}: {wrong['msg']}; see /gradio_api/info"
            raise gr.Error(told, print_exception=False) from error
        except JianbaoError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return call
