"""The command line. All objects of the program are built here and handed down."""

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from corpus.errors import CallError, JianbaoError
from corpus.formats.registry import SUFFIXES, kinds_in_chinese, kinds_in_english
from rag.settings import Settings, read_port, read_settings
from ui.upkeep.upkeep_commands import backup, doctor, rescue, restore
from ui.upkeep.user_commands import users
from ui.views import terminal

if TYPE_CHECKING:
    from index.library import Library
    from rag.query.question import Turn

app = typer.Typer(
    help="简报问答：依据人大简报原文回答问题，每句注明出处。\n\n"
    "Answers from bulletins, every sentence cited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(users, name="user")
for command in (doctor, backup, restore, rescue):
    app.command()(command)
FILES = f"简报文件：{kinds_in_chinese()}。 Bulletin files: {kinds_in_english()}."
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[str | None, typer.Option(help="Port to listen on.")] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Tools for chat programs, at /mcp.")] = False,
) -> None:
    """Serve the chat page. 启动问答页面。"""
    settings = read_settings()
    host = host or settings.host
    number = read_port("--port", port) if port else settings.port
    from ui.server.logs import log_open, log_start, set_up_logs
    from ui.server.server import LOOPBACK, check_port
    from ui.server.server import serve as serve_page

    check_port(host, number)
    _check_sign_in(settings)
    set_up_logs(settings)
    if settings.auth is None and host not in LOOPBACK:
        log_open(host)
    library = _library(settings)
    from rag.chain import answer_chain
    from rag.writing.generate import chat_model
    from ui.page.chat_page import ANSWERS_AT_ONCE, MODEL_ANSWERS_AT_ONCE, build_page
    from ui.server.accounts import SignIn
    from ui.server.mcp_server import mcp_server
    from ui.server.observed import AnswerLog, observed
    from ui.server.rate import RateLimit
    from ui.server.server_metrics import Metrics
    from ui.server.uploads import private_folder
    from ui.store.conversations import Conversations
    from ui.store.page_database import CONVERSATIONS, Store

    private_folder(settings.home)
    store = Store(settings.home / CONVERSATIONS)
    store.check()  # rather now than when an answer is to be kept
    metrics = Metrics(library)
    model = chat_model(settings)
    chain = observed(answer_chain(library, model), [metrics, AnswerLog(settings.log_questions)])
    at_once = MODEL_ANSWERS_AT_ONCE if model else ANSWERS_AT_ONCE
    page = build_page(library, chain, store, sign_out=settings.auth is not None, at_once=at_once)
    tools = mcp_server(library, chain, host) if mcp else None
    library.closeness("预热", ["预热"])  # the model loads before the first question, not with it
    held = library.holdings()
    typer.echo(f"简报问答 http://{host}:{number} ({held.bulletins} bulletins, Ctrl+C to stop)")
    log_start(settings, held, host, number)
    sign_in = SignIn(settings.auth) if settings.auth else None
    rate = RateLimit(settings.rate) if settings.rate else None
    serve_page(
        page, Conversations(store), host, number,
        sign_in=sign_in, mcp=tools, metrics=metrics, rate=rate,
    )  # fmt: skip


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question. 问题。")],
    history: Annotated[
        Path | None, typer.Option(help='JSON file of [{"role", "content"}, …] before it.')
    ] = None,
    explained: Annotated[
        bool, typer.Option("--explain", help="Tell how the answer came about. 说明由来。")
    ] = False,
    as_json: Json = False,
) -> None:
    """Answer a question. 回答一个问题。"""
    from rag.query.question import understand

    turns = _history(history)
    understand(question, turns)  # what cannot be asked is refused before anything loads
    settings = read_settings()
    library = _library(settings)
    from rag.answering.explanation import explain
    from rag.chain import Request, answer_chain
    from rag.retrieval.search import search
    from rag.trace import SILENT, Recorder
    from rag.writing.generate import chat_model
    from ui.views.explanation_view import print_explanation

    recorder, model = Recorder(), chat_model(settings)
    request = Request(question, turns, trace=recorder if explained else SILENT)
    if explained:
        search(library, understand("预热"), 1)  # what loads at the first search is not its time
    answer = answer_chain(library, model).invoke(request)
    way = explain(recorder, answer, by_model=model is not None) if explained else None
    if as_json:
        terminal.print_json([answer.as_dict() | ({"explanation": way.as_dict()} if way else {})])
        return
    terminal.print_answer(answer)
    if way is not None:
        print_explanation(way)


@app.command()
def retrieve(
    question: Annotated[str, typer.Argument(help="The question. 问题。")],
    k: Annotated[int, typer.Option("-k", "--k", help="How many hits.")] = 5,
    as_json: Json = False,
) -> None:
    """Find the paragraphs that fit a question. 检索段落。"""
    from rag.query.question import understand
    from rag.retrieval.search import check_k, search

    query = understand(question)
    check_k(k)
    hits = search(_library(read_settings()), query, k)
    if as_json:
        terminal.print_json(hit.as_dict() for hit in hits)
    else:
        terminal.print_hits(hits)


@app.command()
def paragraphs(
    source: Annotated[str, typer.Argument(help="A bulletin file, or an id of the library.")],
    as_json: Json = False,
) -> None:
    """Show the numbered paragraphs of a bulletin. 显示简报的段落。"""
    from corpus.parse import read_bulletin

    path = Path(source)
    named_as_file = os.sep in source or path.suffix.lower() in SUFFIXES
    if path.is_file() or named_as_file:
        bulletin = read_bulletin(path)
    else:
        bulletin = _library(read_settings()).bulletin(source)
    if as_json:
        terminal.print_json(terminal.unit_line(bulletin, unit) for unit in bulletin.units)
    else:
        terminal.print_units(bulletin)


@app.command()
def add(files: Annotated[list[Path], typer.Argument(help=FILES)]) -> None:
    """Add bulletins to the library. 添加简报。"""
    library = _library(read_settings())
    stems = [path.stem for path in files]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise CallError(f"two files have the id {twice!r}; rename one of them")
    failed = False
    for path in files:
        known = {entry.id: entry.sha256 for entry in library.entries()}
        try:
            bulletin = library.add(path)
        except JianbaoError as error:
            if len(files) == 1:
                raise
            _complain(str(error))
            failed = True
            continue
        doubtful = sum(figure.doubt is not None for u in bulletin.units for figure in u.figures)
        typer.echo(
            f"{bulletin.id}: {len(bulletin.units)} units, {len(bulletin.paragraphs)} paragraphs, "
            f"{len(bulletin.articles)} articles, {doubtful} doubtful figures"
            + (" (replaced)" if known.get(bulletin.id, bulletin.sha256) != bulletin.sha256 else "")
        )
    if failed:
        raise typer.Exit(1)


@app.command()
def remove(bulletin: Annotated[str, typer.Argument(help="Id of the bulletin.")]) -> None:
    """Remove a bulletin from the library. 移除简报。"""
    _library(read_settings()).remove(bulletin)
    typer.echo(f"{bulletin} removed")


@app.command("list")
def list_bulletins(as_json: Json = False) -> None:
    """List the bulletins of the library. 列出简报。"""
    entries = _library(read_settings()).entries()
    if as_json:
        terminal.print_json(map(terminal.entry_line, entries))
    else:
        terminal.print_entries(entries)


@app.command()
def sync(
    folder: Annotated[Path | None, typer.Argument(help="Folder; default: the one served.")] = None,
    rebuild: Annotated[bool, typer.Option(help="Make the index anew.")] = False,
) -> None:
    """Make the library hold what a folder holds. 与文件夹同步。

    The folder that is served is the one of JIANBAO_BULLETINS: set it to keep serving another.
    """
    settings = read_settings()
    from index.library import Library
    from index.vectors.encoder import SentenceTransformerEncoder

    encoder = SentenceTransformerEncoder(settings.embedding_model)
    library = Library(
        settings.library_home, encoder, settings.chroma_url, settings.milvus_uri, fresh=rebuild
    )
    with terminal.progress_bar("索引 indexing") as progress:
        changes = library.sync(folder or settings.bulletins, progress)
        library.mend()
    for reason in changes.failed.values():
        _complain(reason)
    typer.echo(
        f"{len(changes.added)} added, {len(changes.updated)} updated, "
        f"{len(changes.removed)} removed, {len(changes.unchanged)} unchanged, "
        f"{len(changes.failed)} failed"
    )
    if changes.failed:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(help="JSON-lines file of questions. 问题文件。")
    ] = None,
    bulletins: Annotated[
        Path | None, typer.Option(help="Ask over this folder, in a temporary library.")
    ] = None,
    public: Annotated[
        tuple[str, Path] | None,
        typer.Option(help="Ask a public set: cmrc2018, xquad or xquad-en-zh, and its file."),
    ] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write the answers here.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Score these predictions instead of asking.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report here.")] = None,
    results: Annotated[Path | None, typer.Option(help="Write the results as JSON here.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Compare with the results of another run.")
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option(help="Limits, such as answer=0.85,hit@5=0.95; status 1 if broken.")
    ] = None,
    max_drop: Annotated[
        float | None, typer.Option(help="How much a metric may lose against the baseline.")
    ] = None,
    ablate: Annotated[
        bool, typer.Option("--ablate", help="Show what each stage of the search is worth.")
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Let the chat model of the settings rate answers.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Evaluate answers to a file of questions. 评测。"""
    from eval.command import run_evaluation
    from eval.order import Order

    order = Order(
        questions=questions, public=public, bulletins=bulletins, answers=answers,
        predictions=predictions, report=report, results=results, baseline=baseline,
        fail_under=fail_under, max_drop=max_drop, ablate=ablate, judge=judge, as_json=as_json,
    )  # fmt: skip
    if not run_evaluation(read_settings(), order):
        raise typer.Exit(1)


@app.command()
def feedback(
    export: Annotated[
        Path | None, typer.Option(help="Write evaluation questions here. 导出为评测问题。")
    ] = None,
) -> None:
    """Show what readers said of answers, or make questions of it. 读者反馈。"""
    from ui.store.feedback import Feedback, case
    from ui.store.page_database import CONVERSATIONS, Store

    settings = read_settings()
    opinions = list(Feedback(Store(settings.home / CONVERSATIONS)).opinions())
    if export is None:
        terminal.print_opinions(opinions)
        return
    library = _library(settings)
    cases = [made for opinion in opinions if (made := case(opinion, library)) is not None]
    lines = [json.dumps(made, ensure_ascii=False) + "\n" for made in cases]
    export.write_text("".join(lines), "utf-8")
    typer.echo(
        f"{len(cases)} questions written to {export}, {len(opinions) - len(cases)} opinions left "
        "out: they do not tell which paragraph is right"
    )


def main() -> None:
    """Run the command line; every error is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Chinese is printed whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status: Any = app(standalone_mode=False)
    except JianbaoError as error:
        _complain(str(error))
        status = error.exit_status
    except TyperException as error:
        if message := error.format_message():  # none where the help was printed instead
            _complain(f"{message.rstrip('.')}; see jianbao --help")
        status = 2
    except (KeyboardInterrupt, typer.Abort):
        status = 130  # the shell's word for an interrupt
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _complain(f"{error.strerror or error}: {error.filename or 'output'}; mend it and try again")
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _check_sign_in(settings: Settings) -> None:
    """Refuse to serve to nobody.

    :raises CallError: the file of users has none.
    """
    from ui.server.accounts import user_names

    if settings.auth is not None and not user_names(settings.auth):
        raise CallError(f"{settings.auth} has no user; make one with jianbao user add NAME")


def _library(settings: Settings) -> "Library":
    from rag import open_library

    with terminal.progress_bar("索引 indexing") as progress:
        return open_library(settings, progress)


def _history(path: Path | None) -> "tuple[Turn, ...]":
    """The turns in a history file.

    :raises CallError: no such file, or not a list of messages.
    """
    if path is None:
        return ()
    try:
        return tuple(_turn(turn) for turn in json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CallError(
            f"{path}: no history ({error}); give a JSON list of role and content"
        ) from error


def _turn(turn: "dict[str, object]") -> "Turn":
    """:raises TypeError: role or content is no text."""
    role, content = turn["role"], turn["content"]
    if not isinstance(role, str) or not isinstance(content, str):
        raise TypeError("role and content must be texts")
    return {"role": role, "content": content}


def _complain(message: str) -> None:
    typer.echo(f"jianbao: {' '.join(message.split())}", err=True)
