"""`jianbao add`, `remove`, `list`, `sync`: which bulletins the library holds."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from corpus.bulletin import Loss
from corpus.errors import CallError, JianbaoError
from corpus.formats.registry import kinds_in_chinese, kinds_in_english
from corpus.hand_facts import NO_FACTS, HandFacts
from rag.settings import read_settings
from ui.commands.command_parts import (
    Json,
    audit_of,
    complain,
    opened_library,
    printable,
    shell_actor,
)
from ui.store.audit import Deed
from ui.store.library_records import record_added, record_changes, told_facts, told_sum
from ui.views import terminal

FILES = f"简报文件：{kinds_in_chinese()}。 Bulletin files: {kinds_in_english()}."


def add(
    files: Annotated[list[Path], typer.Argument(help=FILES)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what has the same id; its version is kept.")
    ] = False,
    folder: Annotated[
        str, typer.Option(help="Folder of the library's tree to put them into, such as 2024/简报.")
    ] = "",
) -> None:
    """Add bulletins to the library. 添加简报。

    A file whose name is known with other content needs --replace; what it replaces stays readable
    where it was cited. The same content is held once.
    """
    settings = read_settings()
    library = opened_library(settings)
    stems = [path.stem for path in files]
    if twice := next((stem for stem in stems if stems.count(stem) > 1), None):
        raise CallError(f"two files have the id {twice!r}; rename one of them")
    failed = False
    for path in files:
        known = {entry.id: entry.sha256 for entry in library.entries()}
        try:
            foreseen = library.foresee(path, folder)
            with terminal.progress_bar("添加 adding"):
                bulletin = library.add(path, replace=replace, folder=folder)
            record_added(audit_of(settings), shell_actor(), foreseen, bulletin)
            places = library.kept.places().get(bulletin.id, ())
        except JianbaoError as error:
            if len(files) == 1:
                raise
            complain(str(error))
            failed = True
            continue
        doubtful = sum(figure.doubt is not None for u in bulletin.units for figure in u.figures)
        typer.echo(
            f"{bulletin.id}: {len(bulletin.units)} units, {len(bulletin.paragraphs)} paragraphs, "
            f"{len(bulletin.articles)} articles, {doubtful} doubtful figures"
            + (" (replaced)" if known.get(bulletin.id, bulletin.sha256) != bulletin.sha256 else "")
            + (f" (held once 内容相同，只存一份；also at {'、'.join(places)})" if places else "")
        )
        _tell_losses(bulletin.id, bulletin.losses)
    if failed:
        raise typer.Exit(1)


def remove(bulletin: Annotated[str, typer.Argument(help="Id of the bulletin.")]) -> None:
    """Remove a bulletin from the library. 移除简报。"""
    settings = read_settings()
    library = opened_library(settings)
    sums = {entry.id: entry.sha256 for entry in library.entries()}
    library.remove(bulletin)
    told = told_sum(sums.get(bulletin, ""))
    audit_of(settings).record(shell_actor(), Deed.REMOVED, bulletin, told)
    typer.echo(f"{bulletin} removed")


def set_by_hand(
    bulletin: Annotated[str, typer.Argument(help="Id of the bulletin.")],
    date: Annotated[
        str | None, typer.Option(help='Its day, month or year: 2024-03-12, 2024-03; "" unsets it.')
    ] = None,
    place: Annotated[
        str | None, typer.Option(help='Province, city or county that it is about; "" unsets it.')
    ] = None,
    series: Annotated[str | None, typer.Option(help='Name of its series; "" unsets it.')] = None,
) -> None:
    """Set date, place or series of a bulletin by hand. 手工设定日期、地区、刊名。

    They are kept apart from the text; periods and places of questions go by them. Without an option
    it shows what was set, and where dates were found.
    """
    settings = read_settings()
    library = opened_library(settings)
    entry = library.kept.entry(bulletin)
    facts = library.kept.facts().get(entry.id, NO_FACTS)
    given = {"date": date, "place": place, "series": series}
    checked = HandFacts.checked(*(value or None for value in given.values()))
    said = {name: getattr(checked, name) for name, value in given.items() if value is not None}
    shown = library.bulletin(entry.id)
    if said:
        shown = library.set_by_hand(entry.id, dataclasses.replace(facts, **said))
        audit_of(settings).record(shell_actor(), Deed.SET, entry.id, told_facts(said))
    terminal.print_facts(shown, library.kept.facts().get(entry.id, NO_FACTS))


def list_bulletins(as_json: Json = False) -> None:
    """List the bulletins of the library. 列出简报。"""
    library = opened_library(read_settings())
    entries, places, facts = library.entries(), library.kept.places(), library.kept.facts()
    if as_json:
        terminal.print_json(
            terminal.entry_line(entry, places.get(entry.id, ()), facts.get(entry.id, NO_FACTS))
            for entry in entries
        )
    else:
        terminal.print_entries(entries, places, facts)


def sync(
    folder: Annotated[Path | None, typer.Argument(help="Folder; default: the one served.")] = None,
    rebuild: Annotated[bool, typer.Option(help="Make the index anew.")] = False,
) -> None:
    """Make the library hold what a folder and those in it hold. 与文件夹同步。

    The folder that is served is the one of JIANBAO_BULLETINS: set it to keep serving another.
    """
    settings = read_settings()
    from index.library import Library
    from index.vectors.encoders import encoder_of

    encoder = encoder_of(settings.embedding_model)
    library = Library(
        settings.library_home, encoder, settings.chroma_url, settings.milvus_uri, fresh=rebuild
    )
    with terminal.progress_bar("索引 indexing") as progress:
        changes = library.sync(folder or settings.bulletins, progress)
        library.mend()
    served, who = folder or settings.bulletins, shell_actor()
    if rebuild:
        held = f"{library.holdings().bulletins} bulletins, from {served}"
        audit_of(settings).record(who, Deed.REBUILT, "", held)
    else:
        record_changes(audit_of(settings), served, changes, who.who)
    for reason in changes.failed.values():
        complain(reason)
    losses = {entry.id: entry.losses for entry in library.entries()}
    for name in (*changes.added, *changes.updated):
        _tell_losses(name, losses.get(name, ()))
    told = [
        f"{len(changes.added)} added, {len(changes.updated)} updated, "
        f"{len(changes.removed)} removed, {len(changes.unchanged)} unchanged, "
        f"{len(changes.failed)} failed"
    ]
    for what, some in (("moved", changes.moved), ("twice there", changes.doubles),
                       ("skipped", changes.skipped)):  # fmt: skip
        told += [f"{len(some)} {what}"] if some else []
    typer.echo(", ".join(told))
    for old, new in changes.moved.items():
        typer.echo(f"moved 已移动：{old} → {new}")
    for double, held in changes.doubles.items():
        typer.echo(f"twice there 内容相同，只存一份：{double} = {held}")
    for name, reason in changes.skipped.items():
        typer.echo(f"skipped 未取：{printable(name)}：{reason}")
    if changes.failed:
        raise typer.Exit(1)


def _tell_losses(bulletin: str, losses: Sequence[Loss]) -> None:
    """What of a file just taken could not be read, a line each."""
    for loss in losses:
        typer.echo(f"{bulletin}: not read 未读出：{loss.chinese} ({loss.english})")
