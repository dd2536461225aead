"""The chat model of the settings, and what it writes, as it comes."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from rag.settings import Settings
from rag.trace import Wanted, wanted_always

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

READ_SECONDS = 15.0  # silence of the server that is taken for its end
TOTAL_SECONDS = 45.0  # an answer that is not whole by then is finished with what stands
MAX_ANSWER_CHARS = 4000  # a model that never stops is stopped here
PULSE_SECONDS = 0.2  # after which it is looked whether an answer is still wanted

Messages = Sequence[tuple[str, str]]


def chat_model(settings: Settings) -> "BaseChatModel | None":
    """The chat model of the settings, or None where none is set.

    Any server that speaks OpenAI's protocol will do; the key may be left out for a local one.
    """
    if settings.llm_model is None:
        return None
    from httpx2 import Limits
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient, DefaultHttpxClient
    from pydantic import SecretStr

    from rag.writing.patience import within

    return ChatOpenAI(
        model=settings.llm_model,
        base_url=settings.llm_base_url,
        api_key=SecretStr(settings.llm_api_key or "none"),
        temperature=0,
        timeout=READ_SECONDS,
        http_client=DefaultHttpxClient(event_hooks={"response": [within(TOTAL_SECONDS)]}),
        # each answer has a loop of its own (see `pieces`): no connection may outlive it
        http_async_client=DefaultAsyncHttpxClient(limits=Limits(max_keepalive_connections=0)),
        max_retries=0,
    )


def pieces(
    model: "BaseChatModel", messages: Messages, is_wanted: Wanted = wanted_always
) -> Iterator[str]:
    """What a model writes, as it comes. Where it is no longer wanted, or the iterator is closed,
    the request is ended at once, also while the server is silent: it is read in a thread of its
    own, in a loop that can leave it.

    :raises ModelError: the server cannot be reached, refuses, breaks off, or takes too long.
    """
    told: SimpleQueue[str | BaseException | None] = SimpleQueue()
    left = Event()

    async def follow() -> None:
        reading = asyncio.ensure_future(_read(model, messages, told.put))
        while not reading.done():
            if left.is_set() or not is_wanted():
                reading.cancel()
            await asyncio.wait({reading}, timeout=PULSE_SECONDS)
        told.put(None if reading.cancelled() else reading.exception())

    Thread(target=lambda: asyncio.run(follow()), name="chat model", daemon=True).start()
    try:
        while (piece := told.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        left.set()


async def _read(model: "BaseChatModel", messages: Messages, tell: Callable[[str], None]) -> None:
    """Tell what the model writes.

    :raises ModelError: see `pieces`.
    """
    import httpx2
    import openai

    length = 0
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            async for chunk in model.astream(list(messages)):
                text = str(chunk.text)
                length += len(text)
                tell(text)
                if length > MAX_ANSWER_CHARS:
                    return
    except TimeoutError as error:
        raise ModelError(f"超过{TOTAL_SECONDS:.0f}秒") from error
    except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, KeyError) as error:
        # the last three: a server whose answer has not the protocol's shape
        raise ModelError(type(error).__name__) from error
