"""Database servers that tests start as processes of their own, on loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

TRIES, PAUSE_SECONDS = 300, 0.1


class Server:
    """A server of the virtual environment's `program`, that can be stopped and started again."""

    def __init__(self, program: str, *arguments: str | Path, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._command: Sequence[str | Path] = [Path(sys.executable).with_name(program), *arguments]
        self.start()

    def start(self) -> None:
        """Start, and wait until the port answers."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(TRIES):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(PAUSE_SECONDS)
        raise TimeoutError(f"{self._command[0]} does not answer on port {self.port}")

    def stop(self) -> None:
        """Stop, and wait until it has ended."""
        self._process.terminate()
        self._process.wait(20)


def chroma_server(data: Path, port: int) -> Server:
    """A Chroma server over a folder."""
    return Server("chroma", "run", "--path", data, "--host", "127.0.0.1", "--port", str(port),
                  port=port)  # fmt: skip


def milvus_server(data: Path, port: int) -> Server:
    """A Milvus Lite server over a folder: the protocol of a Milvus server."""
    return Server("milvus-lite", "server", "--data-dir", data, "--host", "127.0.0.1", "--port",
                  str(port), port=port)  # fmt: skip
