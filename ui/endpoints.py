"""Endpoints for programs on the page's server: retrieve and ask, as in `from rag import …`."""

from typing import Any

import gradio as gr
from gradio.events import api
from langchain_core.runnables import Runnable

from corpus.errors import JianbaoError
from index.library import Library
from index.scope import scope_of
from rag.answer import Answer
from rag.chain import Request
from rag.question import Turn, understand
from rag.search import search


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
        try:
            scope = scope_of(bulletins, places, since, until, kinds)
            return [hit.as_dict() for hit in search(library, understand(question), k, scope)]
        except JianbaoError as error:
            raise _told(error) from error

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
            scope = scope_of(bulletins, places, since, until)
            return chain.invoke(Request(question, turns, scope)).as_dict()
        except KeyError as error:
            raise gr.Error(f"history: a message without {error}; give role and content") from error
        except JianbaoError as error:
            raise _told(error) from error

    api(retrieve, api_name="retrieve")
    api(ask, api_name="ask")


def _told(error: JianbaoError) -> gr.Error:
    """An error that the caller reads, and the server's log does not."""
    return gr.Error(str(error), print_exception=False)
