"""`jianbao audit`: what was done, by whom, when and from where."""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import read_settings
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.store.audit import Deed, RecordsSought
from ui.store.moments import moment
from ui.views import terminal
from ui.views.audit_view import HEADS, audit_cells, audit_csv
from ui.views.csv_table import FILE_ENCODING


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
    who: Annotated[str, typer.Option(help="Whose name holds this. 用户名中含有。")] = "",
    kind: Annotated[str, typer.Option(help="What was done: removed, exported … 操作。")] = "",
    as_json: Json = False,
) -> None:
    """Show the records of who did what (审计). 查看审计记录。

    They can be added to and not changed; JIANBAO_AUDIT_DAYS says for how long they are kept.
    """
    audit = audit_of(read_settings())
    first, last = moment("--since", since), moment("--until", until, whole_day=True)
    sought = RecordsSought(first, last, who.strip(), kind.strip())
    entries = audit.entries(sought)
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
        table.write_text(audit_csv(entries), FILE_ENCODING, newline="")
        typer.echo(f"已写入 {len(entries)} 条记录 records written：{table}（{'、'.join(HEADS)}）")
    if table is not None:
        told = ", ".join(filter(None, (f"{len(entries)} records", sought.told)))
        audit.record(shell_actor(), Deed.EXPORTED, str(table), told)
