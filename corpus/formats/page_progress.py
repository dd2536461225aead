"""Who is told of each page while recognition reads a scan, which takes seconds a page.

The one who waits and the one who reads are rooms apart, and most files have nothing to tell: so the
listener goes with the context of the call and not through every reader's arguments.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageReached:
    """The scanned page that is being read, counted from 1, and how many the file has."""

    page: int
    of: int


PageListener = Callable[[PageReached], None]
_LISTENER: ContextVar[PageListener | None] = ContextVar("page_listener", default=None)


@contextmanager
def told_of_pages(listener: PageListener) -> Iterator[None]:
    """Tell `listener` of each page that is begun inside the block, in this thread of work."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell_page(page: int, of: int) -> None:
    """A page is begun."""
    if (listener := _LISTENER.get()) is not None:
        listener(PageReached(page, of))
