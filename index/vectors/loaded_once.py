"""What takes a while to load: loaded at its first use, and once."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class LoadedOnce(Generic[T]):
    """Something that `load` gives when it is first asked for; what `load` raises is raised, and the
    next who asks tries again. Safe to use from several threads.
    """

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._lock = Lock()
        self._loaded: list[T] = []  # empty until then: None may be what is loaded

    def get(self) -> T:
        """The thing itself."""
        with self._lock:
            if not self._loaded:
                self._loaded.append(self._load())
            return self._loaded[0]
