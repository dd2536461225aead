"""A file read in the background, so that a page can tell how far it is."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from typing import TypeVar

from corpus.formats.page_progress import PageTurn, told_of_pages

Done = TypeVar("Done")
Shown = TypeVar("Shown")


def read_along(
    work: Callable[[], Done], shown: Callable[[PageTurn], Shown]
) -> Generator[Shown, None, Done]:
    """Do `work` in a thread: gives each scanned page that is begun as it is `shown`, then returns
    what came of the work. A page that is left ends none: what was begun is finished.
    """
    turns: Queue[PageTurn | None] = Queue()

    def do() -> Done:
        try:
            with told_of_pages(turns.put):
                return work()
        finally:
            turns.put(None)

    with ThreadPoolExecutor(1, "reading") as pool:
        done = pool.submit(do)
        while (turn := turns.get()) is not None:
            yield shown(turn)
        return done.result()
