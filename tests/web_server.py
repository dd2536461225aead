"""The page's own application on a real port, for tests that speak HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from ports import free_port

from ui.server.accounts import SignIn
from ui.server.sign_in_ways import SignInWays
from ui.store.sessions import SESSIONS, Sessions


@contextmanager
def served(app: FastAPI, *, proxy_headers: bool = True) -> Iterator[str]:
    """The address of an application while it is served on loopback."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            port=port,
            log_level="critical",
            timeout_graceful_shutdown=1,
            proxy_headers=proxy_headers,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def own_users(path: Path) -> SignInWays:
    """Sign-in by the passwords of a file, with the sessions beside it."""
    return SignInWays(Sessions(path.with_name(SESSIONS)), SignIn(path))
