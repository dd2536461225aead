"""An answer that grows for a caller over the network: it is made in a thread, told of as it comes,
and left as soon as the caller has gone.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING, cast

from langchain_core.runnables import Runnable

from rag.answering.answer import Answer
from rag.chain import Request
from rag.trace import Findings, Step

if TYPE_CHECKING:
    from anyio import CapacityLimiter


async def growing(
    chain: Runnable[Request, Answer], request: Request, room: "CapacityLimiter"
) -> AsyncGenerator[Step | Answer]:
    """Each step behind understanding as it is taken, and the answer as often as it has grown, made
    in a thread of this room. Whoever closes it stops what is still being made.

    :raises JianbaoError: as the chain.
    """
    from anyio.to_thread import run_sync

    loop, left = asyncio.get_running_loop(), Event()
    news: asyncio.Queue[Step | Answer | None] = asyncio.Queue()

    def tell(one: Step | Answer | None) -> None:
        loop.call_soon_threadsafe(news.put_nowait, one)

    def make() -> None:
        asked = replace(request, trace=_Steps(tell), is_wanted=lambda: not left.is_set())
        try:
            with closing(cast("Generator[Answer]", chain.stream(asked))) as answers:
                for answer in answers:
                    if left.is_set():
                        return
                    tell(answer)
        finally:
            tell(None)

    making = asyncio.ensure_future(run_sync(make, limiter=room))
    try:
        while (one := await news.get()) is not None:
            yield one
        await making
    finally:
        left.set()
        making.cancel()  # where it still waits for room


@dataclass(frozen=True, slots=True)
class _Steps:
    """A Trace that tells steps; an error of understanding comes before any of them."""

    tell: Callable[[Step], None]

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        """See Trace.timed."""
        if step is not Step.UNDERSTAND:
            self.tell(step)
        yield

    def found(self, findings: Findings) -> None:
        """See Trace.found."""
