"""`jianbao serve`: all objects of the server are built here and handed down."""

from datetime import date
from typing import Annotated

import typer

from corpus.errors import LibraryError
from rag.settings import read_port, read_settings
from ui.commands.collection_commands import collections_of
from ui.commands.command_parts import audit_of, opened_library


def serve_page(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[str | None, typer.Option(help="Port to listen on.")] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Tools for chat programs, at /mcp.")] = False,
) -> None:
    """Serve the chat page. 启动问答页面。"""
    settings = read_settings()
    host = host or settings.host
    number = read_port("--port", port) if port else settings.port
    from ui.server.logs import log_open, log_start, set_up_logs
    from ui.server.server import LOOPBACK, check_port, serve
    from ui.server.sign_in_ways import ways_of
    from ui.upkeep.written_by import refuse_newer

    check_port(host, number)
    sign_in = ways_of(settings)
    set_up_logs(settings)
    if sign_in is None and host not in LOOPBACK:
        log_open(host)
    refuse_newer(settings.home)
    library = opened_library(settings)
    from index.folder_watch import FolderWatch
    from index.sight import Sight
    from rag.chain import answer_chain
    from rag.query.question import understand
    from rag.reading.reader import Passage
    from rag.reading.readers import reader_of
    from rag.writing.chat_model import chat_model
    from ui.page.chat_page import ANSWERS_AT_ONCE, MODEL_ANSWERS_AT_ONCE, build_page
    from ui.server.mcp_server import mcp_server
    from ui.server.observed import AnswerLog, observed
    from ui.server.office_pages import Office
    from ui.server.programs import Programs
    from ui.server.rate import RateLimit
    from ui.server.server_metrics import Metrics
    from ui.server.uploads import private_folder
    from ui.server.usage_observer import UsageObserver
    from ui.store.api_keys import KEYS, ApiKeys
    from ui.store.conversations import Conversations
    from ui.store.feedback import Feedback
    from ui.store.library_records import record_changes
    from ui.store.page_database import CONVERSATIONS, Store
    from ui.store.usage_counts import USAGE, UsageCounts
    from ui.store.usage_report import UsageReport, bounded_report, usage_report

    private_folder(settings.home)
    collections = collections_of(settings)
    try:
        collections.remember()
    except LibraryError as error:  # then administrators alone see anything, and can tell
        typer.echo(f"{error}", err=True)
    audit = audit_of(settings)
    store = Store(settings.home / CONVERSATIONS)
    store.check()  # rather now than when an answer is to be kept
    metrics = Metrics(library)
    model, reader = chat_model(settings), reader_of(settings)
    answering = answer_chain(library, model, reader=reader)
    counts = UsageCounts(settings.home / USAGE)
    usage = UsageObserver(counts, settings.stats_questions)
    chain = observed(answering, [metrics, AnswerLog(settings.log_questions), usage])

    def reported(sight: Sight, since: date | None, until: date | None) -> UsageReport:
        titles = {entry.id: entry.title for entry in library.seen_by(sight).entries()}
        report = usage_report(counts, Feedback(store), titles, since, until)
        return report if sight.is_whole else bounded_report(report, titles)

    at_once = MODEL_ANSWERS_AT_ONCE if model else ANSWERS_AT_ONCE
    watch = FolderWatch(
        library, settings.bulletins,
        told=lambda changes: record_changes(audit, settings.bulletins, changes),
    )  # fmt: skip
    page = build_page(
        library, chain, store,
        sign_out=sign_in is not None and (sign_in.own or sign_in.provider) is not None,
        own_password=sign_in is not None and sign_in.own is not None,
        at_once=at_once, reader=reader, audit=audit, usage=usage,
        watched=lambda: watch.status,
    )  # fmt: skip
    tools = mcp_server(library, chain, host, reader) if mcp else None
    # the models load before the first question, not with it
    library.closeness("预热", ["预热"])
    reader.read(understand("预热"), [Passage("预热。")])
    held = library.holdings()
    typer.echo(f"简报问答 http://{host}:{number} ({held.bulletins} bulletins, Ctrl+C to stop)")
    log_start(settings, held, host, number, sign_in=sign_in is not None)
    rate = RateLimit(settings.rate) if settings.rate else None
    if settings.watch:
        watch.start()
    try:
        serve(
            page, Conversations(store), host, number,
            sign_in=sign_in, mcp=tools, metrics=metrics, rate=rate, library=library,
            programs=Programs(library, chain, reader, at_once, stages=model is not None),
            keys=ApiKeys(settings.home / KEYS),
            collections=collections,
            audit=audit, record_questions=settings.audit_questions,
            office=Office(audit, reported, settings.stats_questions),
        )  # fmt: skip
    finally:
        watch.stop()
