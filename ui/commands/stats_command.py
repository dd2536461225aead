"""`jianbao stats`: what is asked of the server, what is missing, what is read."""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import read_settings
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.store.audit import Deed
from ui.store.feedback import Feedback
from ui.store.moments import day_of
from ui.store.page_database import CONVERSATIONS, Store
from ui.store.usage_counts import USAGE, UsageCounts
from ui.store.usage_report import usage_report
from ui.views import terminal
from ui.views.csv_table import FILE_ENCODING
from ui.views.usage_view import USAGE_HEADS, usage_csv, usage_rows


def show_statistics(
    since: Annotated[str | None, typer.Option(help="From this day on: 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day, included.")] = None,
    table: Annotated[
        Path | None,
        typer.Option("--csv", help="Write a CSV file for a spreadsheet; - prints it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show how much is asked, what is missing and what is read. 统计：提问、缺什么、看什么。

    Counts of the server, of all its doors; they tell of nobody. Words of questions are kept only
    where JIANBAO_STATS_QUESTIONS=1.
    """
    settings = read_settings()
    kept = settings.home / CONVERSATIONS
    feedback = Feedback(Store(kept)) if kept.exists() else None
    counts = UsageCounts(settings.home / USAGE)
    days = day_of("--since", since), day_of("--until", until)
    report = usage_report(counts, feedback, {}, *days)
    rows = list(usage_rows(report))
    if as_json:
        terminal.print_json({"item": i, "name": n, "times": times} for i, n, times in rows)
    elif table is None:
        for item, name, times in rows:
            typer.echo(f"{item}  {name or '–'}  {times}")
    elif str(table) == "-":
        typer.echo(usage_csv(report), nl=False)
    else:
        table.write_text(usage_csv(report), FILE_ENCODING, newline="")
        typer.echo(f"已写入 {len(rows)} 行 rows written：{table}（{'、'.join(USAGE_HEADS)}）")
    if table is not None:
        told = f"statistics, {len(rows)} rows"
        audit_of(settings).record(shell_actor(), Deed.EXPORTED, str(table), told)
