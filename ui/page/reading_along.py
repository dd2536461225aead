"""A file read in the background, so that a page can tell how far it is."""

from collections.abc import Callable, Generator
from concurrent.futures import Future
from queue import Queue
from threading import Semaphore, Thread
from typing import TypeVar

from corpus.formats.page_progress import PageReached, told_of_pages

Done = TypeVar("Done")
Shown = TypeVar("Shown")


def read_along(
    room: Semaphore, work: Callable[[], Done], shown: Callable[[PageReached], Shown]
) -> Generator[Shown, None, Done]:
    """Do `work` in a thread, when there is `room` for it: gives each scanned page that is begun as
    it is `shown`, then returns what came of the work.

    A page that is left ends no work, and nobody waits for it then: what was begun is finished, and
    keeps its room so long. A server that stops does not wait either.
    """
    turns: Queue[PageReached | None] = Queue()
    done: Future[Done] = Future()

    def do() -> None:
        with room:
            try:
                with told_of_pages(turns.put):
                    done.set_result(work())
            except BaseException as error:  # raised again where it is waited for
                done.set_exception(error)
            finally:
                turns.put(None)

    Thread(target=do, name="reading", daemon=True).start()
    while (turn := turns.get()) is not None:
        yield shown(turn)
    return done.result()
