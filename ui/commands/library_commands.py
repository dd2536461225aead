"""`jianbao add`, `remove`, `list`, `sync`: which bulletins the library holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from corpus.bulletin import Loss
from corpus.errors import CallError, JianbaoError
from corpus.formats.registry import kinds_in_chinese, kinds_in_english
from rag.settings import read_settings
from ui.commands.command_parts import Json, complain, opened_library
from ui.views import terminal

FILES = f"简报文件：{kinds_in_chinese()}。 Bulletin files: {kinds_in_english()}."


def add(files: Annotated[list[Path], typer.Argument(help=FILES)]) -> None:
    """Add bulletins to the library. 添加简报。"""
    library = opened_library(read_settings())
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
            complain(str(error))
            failed = True
            continue
        doubtful = sum(figure.doubt is not None for u in bulletin.units for figure in u.figures)
        typer.echo(
            f"{bulletin.id}: {len(bulletin.units)} units, {len(bulletin.paragraphs)} paragraphs, "
            f"{len(bulletin.articles)} articles, {doubtful} doubtful figures"
            + (" (replaced)" if known.get(bulletin.id, bulletin.sha256) != bulletin.sha256 else "")
        )
        _tell_losses(bulletin.id, bulletin.losses)
    if failed:
        raise typer.Exit(1)


def remove(bulletin: Annotated[str, typer.Argument(help="Id of the bulletin.")]) -> None:
    """Remove a bulletin from the library. 移除简报。"""
    opened_library(read_settings()).remove(bulletin)
    typer.echo(f"{bulletin} removed")


def list_bulletins(as_json: Json = False) -> None:
    """List the bulletins of the library. 列出简报。"""
    entries = opened_library(read_settings()).entries()
    if as_json:
        terminal.print_json(map(terminal.entry_line, entries))
    else:
        terminal.print_entries(entries)


def sync(
    folder: Annotated[Path | None, typer.Argument(help="Folder; default: the one served.")] = None,
    rebuild: Annotated[bool, typer.Option(help="Make the index anew.")] = False,
) -> None:
    """Make the library hold what a folder holds. 与文件夹同步。

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
    for reason in changes.failed.values():
        complain(reason)
    losses = {entry.id: entry.losses for entry in library.entries()}
    for name in (*changes.added, *changes.updated):
        _tell_losses(name, losses.get(name, ()))
    typer.echo(
        f"{len(changes.added)} added, {len(changes.updated)} updated, "
        f"{len(changes.removed)} removed, {len(changes.unchanged)} unchanged, "
        f"{len(changes.failed)} failed"
    )
    if changes.failed:
        raise typer.Exit(1)


def _tell_losses(bulletin: str, losses: Sequence[Loss]) -> None:
    """What of a file just taken could not be read, a line each."""
    for loss in losses:
        typer.echo(f"{bulletin}: not read 未读出：{loss.chinese} ({loss.english})")
