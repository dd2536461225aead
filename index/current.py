"""The index in use: opened, replaced by another process, read in one state."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TypeVar

from corpus.errors import LibraryError
from index.generation import Generation
from index.generations import Generations
from index.shelf.writing import WriterLock

STEADY_TRIES = 20  # a search takes hundredths of a second, a commit comes every few tenths

T = TypeVar("T")


class Current:
    """Which index is read and written. While `fresh`, one that is made beside the current one."""

    def __init__(self, generations: Generations, lock: WriterLock, *, fresh: bool) -> None:
        self.fresh = fresh
        self._generations = generations
        self._lock = lock
        self._opened: Generation | None = None
        self._opened_at: tuple[int, int] | None = None  # version of the pointer to it
        self._opening = RLock()

    @property
    def index(self) -> Generation:
        """The index, opened anew after another process made another one current."""
        with self._opening:
            version = None if self.fresh else self._generations.version()
            index = self._opened
            if index is None and self.fresh:
                index = self._generations.new()
            elif index is None or version != self._opened_at:
                index = self._generations.current() or self._first()
                version = version or self._generations.version()
            self._opened, self._opened_at = index, version
            return index

    def beside(self) -> "Current":
        """A fresh index, which replaces this one when it switches; under the same lock."""
        return Current(self._generations, self._lock, fresh=True)

    def steady(self, work: Callable[[], T]) -> T:
        """See Library.steady."""
        for _ in range(STEADY_TRIES):
            before = self.state()
            try:
                result = work()
            except LibraryError:
                if self.state() == before:
                    # Whoever is in the middle of a change has not told of it yet.
                    with suppress(LibraryError), self._lock.held():
                        return work()
                    raise
                continue
            except Exception:  # what reads two states as one may stumble over anything
                if self.state() == before:
                    raise
                continue
            if self.state() == before:
                return result
        with self._lock.held():
            return work()

    def switch(self) -> None:
        """Let a fresh index, now filled, replace the current one; nothing where it is current."""
        if self.fresh:
            self._generations.switch(self.index)
            self._opened_at, self.fresh = self._generations.version(), False

    def sweep(self) -> None:
        """Delete what abandoned rebuilds left; for whoever may write."""
        if not self.fresh:
            self._generations.sweep(self.index)

    def close(self) -> None:
        """Release the databases."""
        if self._opened is not None:
            self._opened.close()

    def _first(self) -> Generation:
        with self._lock.held():
            index = self._generations.current()  # another process may have been first
            if index is None:
                index = self._generations.new()
                self._generations.switch(index)
            return index

    def state(self) -> tuple[Path, tuple[int, int]]:
        """See Library.state."""
        index = self.index
        return index.folder, index.catalogue.state()
