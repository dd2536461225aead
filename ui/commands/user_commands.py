"""`jianbao user`: who may sign in."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import CallError
from rag.settings import Settings, read_settings
from ui.server.accounts import add_user, remove_user, user_names

users = typer.Typer(help="Who may sign in. 登录用户。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the user. 用户名。")]


@users.command()
def add(name: Name) -> None:
    """Add a user, or change the password. 添加用户或修改密码。

    The password is asked for on a terminal, else read as a line of standard input.
    """
    settings = read_settings()
    if sys.stdin.isatty():
        password = typer.prompt("密码 password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    path = _file(settings)
    add_user(path, name, password)
    advice = "" if settings.auth else f"; set JIANBAO_AUTH={path} to ask for it"
    typer.echo(f"{name} may sign in{advice}")


@users.command()
def remove(name: Name) -> None:
    """Remove a user. 移除用户。"""
    remove_user(_file(read_settings()), name)
    typer.echo(f"{name} removed")


@users.command("list")
def list_users() -> None:
    """List the users. 列出用户。"""
    path = _file(read_settings())
    if not path.exists():
        raise CallError(f"{path}: no file of users; make one with jianbao user add NAME")
    for name in user_names(path):
        typer.echo(name)


def _file(settings: Settings) -> Path:
    """The file of users: the one that is asked at the door, or the one to be set for it."""
    return settings.auth or settings.home / "users.json"
