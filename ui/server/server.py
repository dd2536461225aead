"""The web server of the page: one application on one port."""

import socket
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import WorkError
from ui.server.admission import ASKER, QUESTIONS, Admission, PageQueue
from ui.server.asked_questions import AskedQuestions
from ui.server.bearer import Bearer
from ui.server.exports import add_exports
from ui.server.gate import add_sign_in
from ui.server.headers import SafeHeaders
from ui.server.mcp_server import add_mcp, mcp_lifespan
from ui.server.monitor import add_monitor
from ui.server.office_pages import Office, add_office_pages
from ui.server.origin import OwnPages
from ui.server.originals import add_originals
from ui.server.owner import USER, BrowserCookie
from ui.server.page_head import PageHead
from ui.server.page_sessions import PageSessions
from ui.server.programs import Programs, add_programs
from ui.server.proxied import ProxyPeer
from ui.server.rights import LOGOUT, OPEN, PageEvents, Rights, needed_by
from ui.server.sights import Sights
from ui.server.uploads import MAX_UPLOAD_MB, Uploads
from ui.store.audit import Unrecorded
from ui.store.roles import AccessRole
from ui.views.page_words import translations

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from mcp.server.fastmcp import FastMCP

    from index.library import Library
    from ui.server.rate import RateLimit
    from ui.server.server_metrics import Metrics
    from ui.server.sign_in_ways import SignInWays
    from ui.store.api_keys import ApiKeys
    from ui.store.audit import Audit
    from ui.store.collections_file import Collections
    from ui.store.conversations import Conversations

# Fonts of the reader's own system: nothing is fetched.
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
ACCENT, PRESSED = "#a3262a", "#8c1f23"  # dark enough for white letters (WCAG AA)
STYLES = ("frame.css", "answer.css", "source.css", "library.css", "print.css")
AROUND = "print_around.css"  # not of the page's own parts
CHOICES = "choices.js"  # what somebody chose of language and colours
GRACE_SECONDS = 3  # what open pages get to finish when the server is told to stop
LOOPBACK = ("127.0.0.1", "localhost", "::1")
KEPT_SECONDS = 3600  # uploads: the library copies what it takes in


def application(
    page: "gr.Blocks",
    conversations: "Conversations",
    *,
    host: str = LOOPBACK[0],
    sign_in: "SignInWays | None" = None,
    mcp: "FastMCP | None" = None,
    metrics: "Metrics | None" = None,
    rate: "RateLimit | None" = None,
    library: "Library | None" = None,
    programs: Programs | None = None,
    keys: "ApiKeys | None" = None,
    collections: "Collections | None" = None,
    audit: "Audit | None" = None,
    record_questions: bool = False,
    office: Office | None = None,
) -> "FastAPI":
    """The page as an ASGI application; each browser that comes gets a secret of its own. With
    `sign_in` nobody gets in without it, but for programs by one of the `keys`, and `rate` bounds
    how often each asks; with `programs` other programs are answered, with `mcp` its tools are at
    /mcp, with `metrics` it has /metrics and /health, with `library` it gives the files of its
    bulletins. `collections` tell who sees which. `host` is the address that it is served at.
    `audit` records who comes and does what, with `record_questions` also what is asked; with
    `office` there are pages of records and statistics.
    """
    import gradio as gr
    from fastapi import FastAPI
    from gradio.utils import get_upload_folder
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=mcp_lifespan(mcp) if mcp else None
    )
    app.add_middleware(PageSessions)
    app.add_middleware(BrowserCookie)
    static = files("ui").joinpath("static")
    recording = audit or Unrecorded()
    if record_questions:
        app.add_middleware(AskedQuestions, audit=recording)
    app.add_middleware(Admission, queue=_queue(page), rate=rate)
    everyone = AccessRole.ADMIN if sign_in is None else None
    always = {*OPEN, LOGOUT}
    app.add_middleware(Sights, collections=collections, everyone=everyone, always=always)
    app.add_middleware(Rights, events=lambda: _events(page), everyone=everyone, audit=recording)
    app.add_middleware(Uploads, folder=Path(get_upload_folder()))
    if sign_in is not None:
        add_sign_in(app, sign_in, recording)
    elif host in LOOPBACK:
        # A page elsewhere whose name is made to mean this machine could read everything; where
        # users sign in it has no session, and a proxy may stand before us under another name.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, f"[{LOOPBACK[-1]}]"])
    if keys is not None:
        app.add_middleware(Bearer, keys=keys, audit=recording, needed=sign_in is not None)
    app.add_middleware(OwnPages)
    app.add_middleware(PageHead, script=static.joinpath(CHOICES).read_text("utf-8"))
    app.add_middleware(SafeHeaders)
    if sign_in is not None and sign_in.proxy is not None:
        app.add_middleware(ProxyPeer, proxy=sign_in.proxy)  # the last one added is the outermost
    add_exports(app, conversations, recording)
    if office is not None:
        add_office_pages(app, office)
    if programs is not None:
        add_programs(app, programs)
    if library is not None:
        add_originals(app, library)
    if mcp is not None:
        add_mcp(app, mcp)
    if metrics is not None:
        add_monitor(app, metrics)
        metrics.watch_queue(lambda: len(page._queue))  # Gradio tells it in no other way
    theme = gr.themes.Base(primary_hue="red", neutral_hue="slate", font=FONTS, font_mono=FONTS)
    theme.set(button_primary_background_fill=ACCENT, button_primary_background_fill_dark=ACCENT,
              button_primary_background_fill_hover=PRESSED,
              button_primary_background_fill_hover_dark=PRESSED)  # fmt: skip
    css = "\n".join(static.joinpath(name).read_text("utf-8") for name in STYLES)
    head = f"<style>{static.joinpath(AROUND).read_text('utf-8')}</style>"
    page.delete_cache = (KEPT_SECONDS, KEPT_SECONDS)
    page.has_launched = True  # or Gradio does not look where the files are that a request names
    mounted: FastAPI = gr.mount_gradio_app(
        app, page, "/", theme=theme, css=css, head=head, show_error=False, footer_links=[],
        run_history=False, ssr_mode=False, i18n=translations(), enable_monitoring=False,
        max_file_size=f"{MAX_UPLOAD_MB}mb",
        auth_dependency=None if sign_in is None else lambda request: request.scope.get(USER),
    )  # fmt: skip
    return mounted


def serve(
    page: "gr.Blocks",
    conversations: "Conversations",
    host: str,
    port: int,
    *,
    sign_in: "SignInWays | None" = None,
    mcp: "FastMCP | None" = None,
    metrics: "Metrics | None" = None,
    rate: "RateLimit | None" = None,
    library: "Library | None" = None,
    programs: Programs | None = None,
    keys: "ApiKeys | None" = None,
    collections: "Collections | None" = None,
    audit: "Audit | None" = None,
    record_questions: bool = False,
    office: Office | None = None,
) -> None:
    """Serve the page until the process is told to stop.

    :raises WorkError: the port is in use or the host is not one of this machine.
    """
    import uvicorn

    check_port(host, port)
    uvicorn.run(
        application(
            page, conversations, host=host, sign_in=sign_in, mcp=mcp, metrics=metrics, rate=rate,
            library=library, programs=programs, keys=keys, collections=collections, audit=audit,
            record_questions=record_questions, office=office,
        ),
        # where a proxy names users, ProxyPeer looks who connects before it believes headers
        proxy_headers=sign_in is None or sign_in.proxy is None,
        host=host, port=port, log_config=None, log_level="warning", access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip


def _queue(page: "gr.Blocks") -> PageQueue:
    """The page's queue, of which Gradio tells in no other way."""
    queue = page._queue
    others = {n for n, event in page.fns.items() if event.concurrency_id != QUESTIONS}

    def askers() -> list[str]:
        scopes = [event.request.scope for event in list(queue.event_ids_to_events.values())]
        return [scope[ASKER] for scope in scopes if ASKER in scope]

    def is_question(number: object) -> bool:
        return not (isinstance(number, int) and number in others)

    return PageQueue(askers, is_question)


def _events(page: "gr.Blocks") -> PageEvents:
    """What the events of the page need; of those alone that are endpoints a name is good."""
    public = [fn for fn in page.fns.values() if fn.api_visibility == "public" and fn.api_name]
    return PageEvents(
        {str(fn.api_name): needed_by(fn.fn) for fn in public},
        {fn._id: needed_by(fn.fn) for fn in page.fns.values()},
    )


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
