"""What programs call on the page's server: retrieve and ask, as in `from rag import …`."""

from collections.abc import Callable
from typing import Any

from langchain_core.runnables import Runnable

from corpus.errors import CallError, JianbaoError
from index.library import Library
from index.scope import scope_of
from index.sight import Sight
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import Turn
from rag.reading.reader import Reader
from rag.retrieval.search import search
from rag.retrieval.stages import stages_of
from rag.understanding import Understanding


def tools(
    library: Library,
    chain: Runnable[Request, Answer],
    told: Callable[[JianbaoError], Exception],
    reader: Reader | None = None,
) -> tuple[Callable[..., Any], ...]:
    """The two functions, typed and documented for those who read them over the network; `told`
    makes of an error what the caller's protocol calls one. The first argument of each is what the
    caller may see of the library, which no caller gives (ui/server/sights.py).
    """
    understanding = Understanding(library)

    def retrieve(
        sight: Sight,
        question: str,
        k: int = 5,
        bulletins: list[str] | None = None,
        places: list[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        kinds: list[str] | None = None,
        rerank: bool = True,
    ) -> list[dict[str, Any]]:
        """Find the k paragraphs that fit a question best. 检索段落。

        Each is an object with bulletin, title, paragraph, kind, text, score. The bounds are
        optional: ids of bulletins, names of places, dates (2025, 2025-11 or 2025-11-28), kinds.
        Without rerank the order is that of the indexes, in a tenth of the time.
        """
        try:
            scope = scope_of(bulletins, places, since, until, kinds)
            stages = stages_of(rerank=rerank)
            seen = library.seen_by(sight)
            query = understanding.asked(seen, question)
            hits = search(seen, query, k, scope, stages, reader=reader)
            return [hit.as_dict() for hit in hits]
        except JianbaoError as error:
            raise told(error) from error

    def ask(
        sight: Sight,
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
            turns = tuple(map(_turn, history or ()))
            scope = scope_of(bulletins, places, since, until)
            return chain.invoke(Request(question, turns, scope, sight)).as_dict()
        except JianbaoError as error:
            raise told(error) from error

    return retrieve, ask


def _turn(message: dict[str, str]) -> Turn:
    """:raises CallError: role or content is missing."""
    try:
        return Turn(role=message["role"], content=message["content"])
    except KeyError as error:
        raise CallError(f"history: a message without {error}; give role and content") from error
