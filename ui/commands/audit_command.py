"""`jianbao audit`: what was done, by whom, when and from where."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import CallError
from rag.settings import read_settings
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.store.audit import Deed
from ui.views import terminal
from ui.views.audit_view import HEADS, audit_cells, audit_csv


def show_records(
    since: Annotated[
        str | None, typer.Option(help="From this day or minute on: 2026-11-01, 2026-11-01T08:30.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Up to this day, included, or this minute.")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option("--csv", help="Write a CSV file for a spreadsheet; - prints it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the records of who did what (审计). 查看审计记录。

    They can be added to and not changed; JIANBAO_AUDIT_DAYS says for how long they are kept.
    """
    audit = audit_of(read_settings())
    entries = audit.entries(_time("--since", since), _time("--until", until, whole_day=True))
    if as_json:
        terminal.print_json(
            {
                "number": one.number, "time": one.at.isoformat(), "who": one.actor.who,
                "from": one.actor.origin, "what": one.deed, "object": one.thing,
                "detail": one.detail,
            }
            for one in entries
        )  # fmt: skip
    elif table is None:
        for one in entries:
            typer.echo("  ".join(cell or "–" for cell in audit_cells(one)))
    elif str(table) == "-":
        typer.echo(audit_csv(entries), nl=False)
    else:
        # the mark at its beginning tells Excel that it is UTF-8
        table.write_text(audit_csv(entries), "utf-8-sig", newline="")
        typer.echo(f"已写入 {len(entries)} 条记录 records written：{table}（{'、'.join(HEADS)}）")
    if table is not None:
        told = f"{len(entries)} records"
        audit.record(shell_actor(), Deed.EXPORTED, str(table), told)


def _time(name: str, written: str | None, *, whole_day: bool = False) -> datetime | None:
    """A time in the zone of this machine; of a day its beginning, or its end.

    :raises CallError: it is none.
    """
    if written is None:
        return None
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError as error:
        raise CallError(
            f"{name} is {written!r}; give a day or a minute such as 2026-11-01 or 2026-11-01T08:30"
        ) from error
    is_day = "T" not in written and ":" not in written
    return (at + timedelta(days=1) if whole_day and is_day else at).astimezone()
