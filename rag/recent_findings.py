"""What was found for the latest questions, for as long as the library stays as it is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from index.library import Library
from rag.trace import Findings

KEPT = 256  # questions, some 100 kB of hits each at most


class RecentFindings:
    """The same question on the same index is not worked on twice. Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Findings] = OrderedDict()

    def of(self, library: Library, question: Hashable, find: Callable[[], Findings]) -> Findings:
        """What `find` finds, all of it of one state of the library, or what it found before in the
        same state and the same sight of it.
        """
        with self._lock:
            known = self._kept.get((question, library.state()))
        if known is not None:
            return known
        state, findings = library.steady(lambda: (library.state(), find()))
        with self._lock:
            self._kept[question, state] = findings
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return findings
