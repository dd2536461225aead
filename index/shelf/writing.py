"""One process writes to a data directory at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import LibraryError
from index.shelf.shelf_errors import cannot_write

LOCK = "write.lock"  # its name in the data directory
WAIT_SECONDS = 600  # a first index of a large archive may hold the lock for minutes


class WriterLock:
    """The lock of a data directory; a thread that holds it may take it again."""

    def __init__(self, home: Path) -> None:
        """`home` is the data directory."""
        self._home = home
        self._lock = FileLock(home / LOCK, timeout=WAIT_SECONDS)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        :raises LibraryError: another process writes for longer than WAIT_SECONDS, or the data
            directory cannot be written.
        """
        try:
            self._lock.acquire()
        except Timeout as error:
            raise LibraryError(
                f"another process has been writing to {self._home} for {WAIT_SECONDS} s; "
                "wait for it or end it"
            ) from error
        except OSError as error:
            raise cannot_write(self._home, error) from error
        try:
            yield
        finally:
            self._lock.release()
