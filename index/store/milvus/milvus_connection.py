"""The way to Milvus: a client that is opened anew after an error, and what it raises told.

What runs for a path that ends in .db is Milvus Lite, in the process; for an address, a server.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.errors import CallError, LibraryError

if TYPE_CHECKING:
    from pymilvus import MilvusClient

TIMEOUT_SECONDS = 30
_WAY = {"grpc.use_local_subchannel_pool": 1}
_NO_PINGS = {"grpc.keepalive_time_ms": 2**31 - 1}  # Milvus Lite hangs up on who asks if it is there


class MilvusConnection:
    """A client of one server or file, with the collections loaded whose names begin alike."""

    def __init__(self, uri: str, prefix: str) -> None:
        """:raises LibraryError: the server does not answer, or another process has the file.
        :raises CallError: pymilvus is not installed.
        """
        try:
            import pymilvus  # noqa: F401 # that it is there is told before anything is opened
        except ImportError as error:
            raise CallError(
                "JIANBAO_MILVUS_URI is set but pymilvus is missing; "
                "install it with: pip install 'jianbao[milvus]'"
            ) from error
        # it logs a traceback of every error that it raises; what is raised is told once, by us
        for logger in ("pymilvus", "grpc._server"):
            logging.getLogger(logger).setLevel(logging.CRITICAL)
        self.remote = uri.startswith("http")
        self._uri = uri
        self._prefix = prefix
        self._open: MilvusClient | None = None
        with self.errors_told():
            self.client.list_collections(timeout=TIMEOUT_SECONDS)

    @property
    def client(self) -> "MilvusClient":
        """The client; a new one after an error, with a way of its own: on a known one gRPC waits up
        to two minutes before it tries a server again that was down.
        """
        if self._open is None:
            from pymilvus import MilvusClient

            self._open = MilvusClient(
                self._uri, timeout=TIMEOUT_SECONDS, dedicated=True,
                grpc_options=_WAY | ({} if self.remote else _NO_PINGS),
            )  # fmt: skip
            for name in self._open.list_collections(timeout=TIMEOUT_SECONDS):
                if name.startswith(self._prefix):
                    self._open.load_collection(name, timeout=TIMEOUT_SECONDS)
        return self._open

    def close(self) -> None:
        """Close the client."""
        with self.errors_told():
            self.client.close()

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """What pymilvus or the way to its server raises, as one line with the mend."""
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, RpcError, OSError, ValueError) as error:
            self._open = None
            reason = " ".join(str(error).split())[:200]
            mend = "start that server" if self.remote else "end the other process that has it open"
            raise LibraryError(
                f"Milvus at {self._uri} cannot be used ({reason}); {mend} "
                "or unset JIANBAO_MILVUS_URI"
            ) from error
