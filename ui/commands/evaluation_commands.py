"""`jianbao eval`, `feedback`: how good answers are, by questions with known answers or readers."""

import json
from pathlib import Path
from typing import Annotated

import typer

from rag.settings import read_settings
from ui.commands.command_parts import Json, audit_of, opened_library, shell_actor
from ui.views import terminal


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


def feedback(
    export: Annotated[
        Path | None, typer.Option(help="Write evaluation questions here. 导出为评测问题。")
    ] = None,
) -> None:
    """Show what readers said of answers, or make questions of it. 读者反馈。"""
    from ui.store.audit import Deed
    from ui.store.feedback import Feedback, case
    from ui.store.page_database import CONVERSATIONS, Store

    settings = read_settings()
    opinions = list(Feedback(Store(settings.home / CONVERSATIONS)).opinions())
    if export is None:
        terminal.print_opinions(opinions)
        return
    library = opened_library(settings)
    cases = [made for opinion in opinions if (made := case(opinion, library)) is not None]
    lines = [json.dumps(made, ensure_ascii=False) + "\n" for made in cases]
    export.write_text("".join(lines), "utf-8")
    told = f"{len(cases)} opinions of readers"
    audit_of(settings).record(shell_actor(), Deed.EXPORTED, str(export), told)
    typer.echo(
        f"{len(cases)} questions written to {export}, {len(opinions) - len(cases)} opinions left "
        "out: they do not tell which paragraph is right"
    )
