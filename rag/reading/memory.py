"""What was read before: ranking and answering read the same passages for a question."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

from rag.query.question import Query
from rag.reading.reader import Passage, ReadPassage

KEPT = 4096  # passages with a question each, some 10 MB: the last hundred questions
LONGEST = 4000  # characters of a passage with its question that are kept

_Key = tuple[str, str, Passage]


class Memory:
    """The latest passages that were read, each with the question that it was read for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, ReadPassage] = OrderedDict()
        self._lock = Lock()

    def of(
        self,
        query: Query,
        passages: Sequence[Passage],
        read: Callable[[list[Passage]], list[ReadPassage]],
    ) -> tuple[ReadPassage, ...]:
        """What was read in the passages; `read` is asked for those that are not known yet."""
        keys = [(query.to_read, query.before, passage) for passage in passages]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        unread = [key for key in dict.fromkeys(keys) if key not in known]
        fresh = dict(zip(unread, read([key[2] for key in unread]) if unread else [], strict=True))
        with self._lock:
            for key in dict.fromkeys(keys):
                if _length(key) <= LONGEST:
                    self._kept[key] = known.get(key) or fresh[key]
                    self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return tuple(known.get(key) or fresh[key] for key in keys)


def _length(key: _Key) -> int:
    question, before, passage = key
    return len(question) + len(before) + len(passage.text) + len(passage.context)
