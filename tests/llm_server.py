"""A scripted server that speaks OpenAI's chat protocol on loopback, well or badly."""

import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Script:
    """What the server does: the pieces of text that it streams, or how it misbehaves."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.url = ""  # set by whoever wants it beside the script
        self.replies: list[str] = []  # whole answers in turn, for requests that want no stream
        self.status = 200
        self.silent = False  # accept the connection and say nothing
        self.falls_silent = False  # say nothing more after the pieces
        self.holds: int | None = None  # say so many pieces, and the others once released
        self.waits_aloud = False  # send what keeps a connection open, and no answer
        self.cut = False  # break off in mid-stream
        self.garbage = False  # answer with something that is no event stream
        self.pause = 0.001  # seconds after each piece
        self.requests: list[dict[str, object]] = []
        self._released = threading.Event()
        self._left = threading.Event()

    def release(self) -> None:
        """Let those go who wait for a silent server."""
        self._released.set()

    def wait(self, seconds: float = 30) -> bool:
        """Say nothing until released; whether that was before the time was over."""
        return self._released.wait(seconds)

    def leave(self) -> None:
        """Whoever asked is gone."""
        self._left.set()

    def was_left(self, seconds: float = 30) -> bool:
        """Whether whoever asked has gone before the answer was whole."""
        return self._left.wait(seconds)


@contextmanager
def llm_server() -> Iterator[tuple[str, Script]]:
    """Base URL of a running server, and its script."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            script.requests.append(json.loads(self.rfile.read(length)))
            if script.silent:
                script.wait()
                return
            if not script.requests[-1].get("stream") and script.status == 200:
                self.reply(script.replies.pop(0))
                return
            self.send_response(script.status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if script.status != 200 or script.garbage:
                self.wfile.write(b'{"error": {"message": "no"}}\n\n<html>')
                return
            while script.waits_aloud and not script.wait(0.1):
                try:
                    self.wfile.write(b": keep-alive\n\n")
                except OSError:  # given up
                    return
            for n, piece in enumerate(script.pieces):
                while n == script.holds and not script.wait(0.1):
                    if self.is_left():
                        script.leave()
                        return
                chunk = {
                    "id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m",
                    "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}],
                }  # fmt: skip
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()
                time.sleep(script.pause)
            if script.falls_silent:
                script.wait()
            if not script.cut:
                self.wfile.write(b"data: [DONE]\n\n")

        def is_left(self) -> bool:
            """Whether the connection was closed at the other end."""
            readable, _, _ = select.select([self.connection], [], [], 0)
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

        def reply(self, content: str) -> None:
            """A whole answer, in the protocol's words."""
            message = {"role": "assistant", "content": content}
            body = json.dumps({
                "id": "1", "object": "chat.completion", "created": 0, "model": "m",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            }).encode()  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", script
    finally:
        script.release()
        server.shutdown()
        server.server_close()
