"""How long an answer over HTTP may take as a whole.

A client's own time limit is for each silence: whatever a server sends to keep a connection open,
without a word of the answer, begins it anew.
"""

import time
from collections.abc import Callable, Iterator

import httpx2


class _Until(httpx2.SyncByteStream):
    """A response's bytes until a time (monotonic)."""

    def __init__(self, stream: httpx2.SyncByteStream, end: float) -> None:
        self._stream = stream
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._end:
                raise httpx2.ReadTimeout("the answer is not whole in time")
            yield part

    def close(self) -> None:
        """See SyncByteStream."""
        self._stream.close()


def within(seconds: float) -> Callable[[httpx2.Response], None]:
    """A response hook of httpx2, the OpenAI client's HTTP: a body that is not read so many seconds
    after its head raises httpx2.ReadTimeout.
    """

    def bound(response: httpx2.Response) -> None:
        stream = response.stream
        if isinstance(stream, httpx2.SyncByteStream):
            response.stream = _Until(stream, time.monotonic() + seconds)

    return bound
