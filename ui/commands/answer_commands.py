"""`jianbao ask`, `retrieve`, `paragraphs`: what the bulletins say."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import CallError
from rag.settings import read_settings
from ui.commands.command_parts import Json, opened_library
from ui.views import terminal

if TYPE_CHECKING:
    from rag.query.question import Turn


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
    library = opened_library(settings)
    from rag.answering.explanation import explain
    from rag.chain import Request, answer_chain
    from rag.reading.readers import reader_of
    from rag.retrieval.search import search
    from rag.trace import SILENT, Recorder
    from rag.writing.chat_model import chat_model
    from ui.views.explanation_view import print_explanation

    recorder, model, reader = Recorder(), chat_model(settings), reader_of(settings)
    request = Request(question, turns, trace=recorder if explained else SILENT)
    if explained:
        # what loads at the first search is not its time
        search(library, understand("预热"), 1, reader=reader)
    answer = answer_chain(library, model, reader=reader).invoke(request)
    way = explain(recorder, answer, by_model=model is not None) if explained else None
    if as_json:
        terminal.print_json([answer.as_dict() | ({"explanation": way.as_dict()} if way else {})])
        return
    terminal.print_answer(answer)
    if way is not None:
        print_explanation(way)


def retrieve(
    question: Annotated[str, typer.Argument(help="The question. 问题。")],
    k: Annotated[int, typer.Option("-k", "--k", help="How many hits.")] = 5,
    rerank: Annotated[bool, typer.Option(help="Order them by the reader.")] = True,
    as_json: Json = False,
) -> None:
    """Find the paragraphs that fit a question. 检索段落。"""
    from rag.query.question import understand
    from rag.reading.readers import reader_of
    from rag.retrieval.search import check_k, search
    from rag.retrieval.stages import stages_of
    from rag.understanding import Understanding

    understand(question)  # as in ask
    check_k(k)
    settings = read_settings()
    library, stages = opened_library(settings), stages_of(rerank=rerank)
    query = Understanding(library).asked(library, question)
    hits = search(library, query, k, stages=stages, reader=reader_of(settings))
    if as_json:
        terminal.print_json(hit.as_dict() for hit in hits)
    else:
        terminal.print_hits(hits)


def paragraphs(
    source: Annotated[str, typer.Argument(help="A bulletin file, or an id of the library.")],
    as_json: Json = False,
) -> None:
    """Show the numbered paragraphs of a bulletin. 显示简报的段落。"""
    from corpus.formats.registry import SUFFIXES
    from corpus.parse import read_bulletin

    path = Path(source)
    named_as_file = os.sep in source or path.suffix.lower() in SUFFIXES
    if path.is_file() or named_as_file:
        bulletin = read_bulletin(path)
    else:
        bulletin = opened_library(read_settings()).bulletin(source)
    if as_json:
        terminal.print_json(terminal.unit_line(bulletin, unit) for unit in bulletin.units)
    else:
        terminal.print_units(bulletin)


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
