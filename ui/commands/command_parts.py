"""What commands share: the library opened with a bar, errors in a line, the option --json."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from rag.settings import Settings
from ui.store.audit import AUDIT, Actor, Audit
from ui.store.library_records import record_changes
from ui.views import terminal

if TYPE_CHECKING:
    from index.library import Library

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def opened_library(settings: Settings) -> "Library":
    """The library of the settings, a bar on the terminal while it is indexed."""
    from rag import open_library

    with terminal.progress_bar("索引 indexing") as progress:
        library = open_library(settings, progress)
    record_changes(audit_of(settings), settings.bulletins, library.synced, shell_actor().who)
    return library


def audit_of(settings: Settings) -> Audit:
    """The records of the data directory."""
    return Audit(settings.home / AUDIT, settings.audit_days)


def shell_actor() -> Actor:
    """Whoever runs this command, by the name that the system has."""
    try:
        who = getuser()
    except (OSError, KeyError):  # a container's user may have no name
        who = ""
    return Actor(who, "command line")


def printable(name: str) -> str:
    """A file's name as a terminal can show it: whatever is no character of it as its code."""
    return name if name.isprintable() else ascii(name)


def complain(message: str) -> None:
    """Tell of an error in one line on standard error."""
    typer.echo(f"jianbao: {' '.join(message.split())}", err=True)
