"""How a question is answered. Imports corpus and index.

    from rag import ask, open_library, retrieve

Nothing heavy is imported here: models and indexes load at the first call.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library import Library
    from index.reconcile import Progress
    from rag.answering.answer import Answer
    from rag.query.question import Turn
    from rag.reading.reader import Reader
    from rag.retrieval.search import Hit
    from rag.settings import Settings
    from rag.understanding import Understanding

__all__ = ["ask", "open_library", "retrieve"]


def open_library(
    settings: "Settings | None" = None, progress: "Progress | None" = None
) -> "Library":
    """The library of the settings (default: of the environment), in step with its folder. Where an
    earlier version made the index, a new one is made beside it first. From then on numpy computes
    on one thread in this process (see index.vectors.threads).

    :raises CallError: a setting cannot be, or the folder holds no bulletin.
    :raises LibraryError: the data directory or the index cannot be used.
    :raises ModelError: the embedding model cannot be loaded.
    """
    from corpus.errors import OutdatedError
    from index.library import Library
    from index.vectors.encoders import encoder_of
    from index.vectors.threads import one_thread_products
    from rag.settings import read_settings

    one_thread_products()
    settings = settings or read_settings()
    encoder = encoder_of(settings.embedding_model)
    place = settings.library_home, encoder, settings.chroma_url, settings.milvus_uri
    try:
        library = Library(*place)
    except OutdatedError:
        library = Library(*place, fresh=True)
    library.sync(settings.bulletins, progress)
    return library


def retrieve(
    question: str,
    k: int = 5,
    bulletins: "Iterable[str] | None" = None,
    places: "Iterable[str] | None" = None,
    since: str | None = None,
    until: str | None = None,
    kinds: "Iterable[str] | None" = None,
    *,
    rerank: bool = True,
    library: "Library | None" = None,
) -> "list[Hit]":
    """The k units that fit a question best, best first; of a comparison, those of each place in
    turn. A question in plain words is enough: the bounds are for callers who know where to look.

    `bulletins` are ids; `places` names of provinces, cities or counties, each with all within it;
    `since` and `until` bound the date of the bulletin, both included, as 2025, 2025-11 or
    2025-11-28 (a bulletin without a date is outside any period); `kinds` are names of kinds of
    unit, such as paragraph or heading. Without `rerank` units stay in the order of the indexes,
    which takes a tenth of the time. Without `library` the one of the environment is opened, once a
    process.

    :raises CallError: the question is empty or too long, k is below 1, a place or a kind is
        unknown, or a date is none.
    """
    from index.scope import scope_of
    from rag.retrieval.search import search
    from rag.retrieval.stages import stages_of

    scope, stages = scope_of(bulletins, places, since, until, kinds), stages_of(rerank=rerank)
    library = library or _own_library()
    query = _understanding(library).asked(library, question)
    return search(library, query, k, scope, stages, reader=_own_reader())


def ask(
    question: str, history: "Sequence[Turn]" = (), *, library: "Library | None" = None
) -> "Answer":
    """The answer to a question, with citations, or its refusal.

    `history` holds the conversation so far, oldest first, as {"role", "content"} messages. Without
    `library` the one of the environment is opened, once a process.

    :raises CallError: the question is empty or too long.
    """
    from rag.chain import Request, answer_chain
    from rag.settings import read_settings
    from rag.writing.chat_model import chat_model

    model = chat_model(read_settings())
    chain = answer_chain(library or _own_library(), model, reader=_own_reader())
    return chain.invoke(Request(question, tuple(history)))


@lru_cache(maxsize=1)
def _understanding(library: "Library") -> "Understanding":
    """Of the library that was asked last, for what it knows by takes longer to load than to ask."""
    from rag.understanding import Understanding

    return Understanding(library)


@cache
def _own_library() -> "Library":
    return open_library()


@cache
def _own_reader() -> "Reader":
    from rag.reading.readers import reader_of
    from rag.settings import read_settings

    return reader_of(read_settings())
