"""The command line: its commands in the order of its help, and how errors end the program."""

import io
import os
import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.exceptions import TyperException

from corpus.errors import JianbaoError
from ui.commands.answer_commands import ask, paragraphs, retrieve
from ui.commands.audit_command import show_records
from ui.commands.collection_commands import collections
from ui.commands.command_parts import complain
from ui.commands.evaluation_commands import evaluate, feedback
from ui.commands.key_commands import keys
from ui.commands.library_commands import add, list_bulletins, remove, set_by_hand, sync
from ui.commands.mcp_command import serve_tools
from ui.commands.serve_command import serve_page
from ui.commands.stats_command import show_statistics
from ui.commands.upgrade_command import upgrade
from ui.commands.upkeep_commands import back_up_home, examine_home, rescue_talk, restore_home
from ui.commands.user_commands import users

COMMANDS: dict[str, Callable[..., None]] = {
    "doctor": examine_home,
    "backup": back_up_home,
    "restore": restore_home,
    "rescue": rescue_talk,
    "upgrade": upgrade,
    "serve": serve_page,
    "mcp": serve_tools,
    "ask": ask,
    "retrieve": retrieve,
    "paragraphs": paragraphs,
    "add": add,
    "remove": remove,
    "set": set_by_hand,
    "list": list_bulletins,
    "sync": sync,
    "eval": evaluate,
    "feedback": feedback,
    "audit": show_records,
    "stats": show_statistics,
}

app = typer.Typer(
    help="简报问答：依据人大简报原文回答问题，每句注明出处。\n\n"
    "Answers from bulletins, every sentence cited.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(users, name="user")
app.add_typer(keys, name="key")
app.add_typer(collections, name="collection")


def main() -> None:
    """Run the command line; every error is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Chinese is printed whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status: Any = app(standalone_mode=False)
    except JianbaoError as error:
        complain(str(error))
        status = error.exit_status
    except TyperException as error:
        if message := error.format_message():  # none where the help was printed instead
            complain(f"{message.rstrip('.')}; see jianbao --help")
        status = 2
    except (KeyboardInterrupt, typer.Abort):
        status = 130  # the shell's word for an interrupt
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        complain(f"{error.strerror or error}: {error.filename or 'output'}; mend it and try again")
        status = 1
    sys.exit(status if isinstance(status, int) else 0)
