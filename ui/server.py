"""The web server of the page: one application on one port."""

import socket
from importlib.resources import files
from typing import TYPE_CHECKING

from corpus.errors import WorkError
from ui.exports import add_exports
from ui.gate import USER, add_sign_in
from ui.monitor import add_monitor
from ui.owner import BrowserCookie

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

    from index.library import Library
    from ui.accounts import SignIn
    from ui.conversations import Conversations
    from ui.metrics import Metrics

# Fonts of the reader's own system: nothing is fetched.
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
ACCENT, PRESSED = "#a3262a", "#8c1f23"  # dark enough for white letters (WCAG AA)
GRACE_SECONDS = 3  # what open pages get to finish when the server is told to stop
MAX_UPLOAD = "50mb"  # a bulletin of a hundred scanned pages; whoever sends more is told so


def application(
    page: "gr.Blocks",
    conversations: "Conversations",
    library: "Library",
    metrics: "Metrics",
    sign_in: "SignIn | None" = None,
) -> "FastAPI":
    """The page as an ASGI application; each browser that comes gets a secret of its own. With
    `sign_in` nobody gets in without it.
    """
    import gradio as gr
    from fastapi import FastAPI

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(BrowserCookie)
    if sign_in is not None:
        add_sign_in(app, sign_in)
    add_exports(app, conversations)
    add_monitor(app, library, metrics, loopback_only=sign_in is not None)
    metrics.watch_queue(lambda: len(page._queue))  # Gradio tells it in no other way
    theme = gr.themes.Base(primary_hue="red", neutral_hue="slate", font=FONTS, font_mono=FONTS)
    theme.set(button_primary_background_fill=ACCENT, button_primary_background_fill_dark=ACCENT,
              button_primary_background_fill_hover=PRESSED,
              button_primary_background_fill_hover_dark=PRESSED)  # fmt: skip
    css = files("ui").joinpath("static", "page.css").read_text("utf-8")
    mounted: FastAPI = gr.mount_gradio_app(
        app, page, "/", theme=theme, css=css, show_error=False, footer_links=[],
        run_history=False, ssr_mode=False, enable_monitoring=False, max_file_size=MAX_UPLOAD,
        auth_dependency=None if sign_in is None else lambda request: request.scope.get(USER),
    )  # fmt: skip
    return mounted


def serve(
    page: "gr.Blocks",
    conversations: "Conversations",
    library: "Library",
    metrics: "Metrics",
    host: str,
    port: int,
    sign_in: "SignIn | None" = None,
) -> None:
    """Serve the page until the process is told to stop.

    :raises WorkError: the port is in use or the host is not one of this machine.
    """
    import uvicorn

    check_port(host, port)
    uvicorn.run(
        application(page, conversations, library, metrics, sign_in), host=host, port=port,
        log_config=None, log_level="warning", access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip


def check_port(host: str, port: int) -> None:
    """:raises WorkError: the port is in use or the host is not one of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WorkError(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port or "
                "JIANBAO_PORT"
            ) from error
