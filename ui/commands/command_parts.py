"""What commands share: the library opened with a bar, errors in a line, the option --json."""

from typing import TYPE_CHECKING, Annotated

import typer

from rag.settings import Settings
from ui.views import terminal

if TYPE_CHECKING:
    from index.library import Library

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def opened_library(settings: Settings) -> "Library":
    """The library of the settings, a bar on the terminal while it is indexed."""
    from rag import open_library

    with terminal.progress_bar("索引 indexing") as progress:
        return open_library(settings, progress)


def printable(name: str) -> str:
    """A file's name as a terminal can show it: whatever is no character of it as its code."""
    return name if name.isprintable() else ascii(name)


def complain(message: str) -> None:
    """Tell of an error in one line on standard error."""
    typer.echo(f"jianbao: {' '.join(message.split())}", err=True)
