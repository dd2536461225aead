"""`jianbao user`: who may sign in."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import CallError
from rag.settings import Settings, read_settings
from ui.commands.collection_commands import Groups, NoGroup, collections_of, tell_groups
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.server.accounts import (
    OLD_ROLE,
    add_user,
    change_password,
    remove_user,
    role_of,
    set_role,
    user_roles,
)
from ui.server.passwords import plain
from ui.store.audit import Deed
from ui.store.roles import AccessRole
from ui.views import terminal

users = typer.Typer(help="Who may sign in. 登录用户。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the user. 用户名。")]


@users.command()
def add(
    name: Name,
    role: Annotated[
        AccessRole | None,
        typer.Option(help=f"What the user may do (new: {OLD_ROLE}, known: as before). 权限。"),
    ] = None,
) -> None:
    """Add a user, or change the password. 添加用户或修改密码。

    The password is asked for on a terminal, else read as a line of standard input.
    """
    settings = read_settings()
    password = _password()
    path = _file(settings)
    known = name in user_roles(path)
    add_user(path, name, password, role)
    audit, who, has = audit_of(settings), shell_actor(), f"role {role_of(path, name)}"
    audit.record(who, Deed.PASSWORD_SET if known else Deed.USER_ADDED, name, has)
    advice = "" if settings.auth else f"; set JIANBAO_AUTH={path} to ask for it"
    typer.echo(f"{name} may sign in{advice}")


@users.command()
def passwd(name: Name) -> None:
    """Give a user another password; who is signed in by the old one is out. 修改用户密码。

    It is asked for as by `add`, which makes a user where there is none. On the page a user changes
    the own one, at /password.
    """
    settings = read_settings()
    path = _file(settings)
    role_of(path, name)  # before anything is asked
    change_password(path, name, _password())
    audit_of(settings).record(shell_actor(), Deed.PASSWORD_SET, name)
    typer.echo(f"{name} has another password")


@users.command("role")
def change_role(
    name: Name,
    role: Annotated[AccessRole | None, typer.Argument(help="What the user may do. 权限。")] = None,
) -> None:
    """Show the role of a user, or give another one, from now on. 查看或修改用户权限，立即生效。"""
    settings = read_settings()
    path = _file(settings)
    if role is not None:
        set_role(path, name, role)
        audit_of(settings).record(shell_actor(), Deed.ROLE_SET, name, f"role {role}")
    typer.echo(f"{name}: {role_of(path, name)}")


@users.command("group")
def change_groups(name: Name, groups: Groups = None, none: NoGroup = False) -> None:
    """Show the groups of a user, or put one into others, from now on. 查看或修改用户所属组。"""
    name, path = plain(name), _file(read_settings())
    tell_groups(name, groups, none=none)
    if name not in user_roles(path):
        typer.echo(f"{path} 里没有这个用户 has no user {name}", err=True)


@users.command()
def remove(name: Name) -> None:
    """Remove a user. 移除用户。"""
    settings = read_settings()
    remove_user(_file(settings), name)
    collections_of(settings).put_into(plain(name), ())
    audit_of(settings).record(shell_actor(), Deed.USER_REMOVED, name)
    typer.echo(f"{name} removed")


@users.command("list")
def list_users(json: Json = False) -> None:
    """List the users, with --json also their roles. 列出用户。"""
    path = _file(read_settings())
    if not path.exists():
        raise CallError(f"{path}: no file of users; make one with jianbao user add NAME")
    roles = user_roles(path)
    if json:
        terminal.print_json({"name": name, "role": role.value} for name, role in roles.items())
        return
    for name in roles:
        typer.echo(name)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("密码 password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _file(settings: Settings) -> Path:
    """The file of users: the one that is asked at the door, or the one to be set for it."""
    return settings.auth or settings.home / "users.json"
