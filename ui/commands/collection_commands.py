"""`jianbao collection`: which folders of the library are given to which groups."""

from typing import Annotated

import typer

from corpus.bulletin_id import folders_of
from corpus.errors import CallError
from index.shelf.shelf_files import Shelf
from index.shelf.stored_name import folded
from rag.settings import Settings, read_settings
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.store.audit import Deed
from ui.store.collections_file import COLLECTIONS, Collections
from ui.views import terminal

collections = typer.Typer(help="Folders given to groups. 按组授权文件夹。", no_args_is_help=True)
Folder = Annotated[str, typer.Argument(help="Folder at the top of the library. 最上层文件夹。")]
Group = Annotated[str, typer.Argument(help="Name of the group. 组名。")]
Groups = Annotated[list[str] | None, typer.Argument(help="Names of groups. 组名。")]
NoGroup = Annotated[bool, typer.Option("--none", help="In no group any more. 移出所有组。")]


@collections.command()
def give(folder: Folder, group: Group) -> None:
    """Let a group see a folder, which is closed to all others. 授权某组查看，其他人不可见。

    A folder that is given to no group is open to all. Administrators see all.
    """
    settings = read_settings()
    name, held = _as_held(settings, folder)
    collections_of(settings).give(name, group)
    audit_of(settings).record(shell_actor(), Deed.FOLDER_GIVEN, name, f"group {group}")
    typer.echo(f"{name}: {held} 份简报 bulletins, {_told(settings, name)}")
    if not held:
        typer.echo(f"资料库里还没有文件夹 no such folder in the library yet: {name}", err=True)


@collections.command()
def take(
    folder: Folder,
    group: Group,
    may_open: Annotated[
        bool, typer.Option("--open", help="Take it from the last group: all see it. 公开。")
    ] = False,
) -> None:
    """Let a group see a folder no more. 收回某组的查看权。"""
    settings = read_settings()
    name, _ = _as_held(settings, folder)
    collections_of(settings).take(name, group, may_open=may_open)
    audit_of(settings).record(shell_actor(), Deed.FOLDER_TAKEN, name, f"group {group}")
    typer.echo(f"{name}: {_told(settings, name)}")


@collections.command("list")
def list_collections(json: Json = False) -> None:
    """List what is given to whom, and who is in the groups. 列出授权和各组成员。"""
    own = collections_of(read_settings())
    given, members = own.given(), own.members()
    if json:
        terminal.print_json({"folder": name, "groups": some} for name, some in given.items())
        terminal.print_json({"member": name, "groups": some} for name, some in members.items())
        return
    for name, groups in (*given.items(), *members.items()):
        typer.echo(f"{name}: {', '.join(groups)}")


def tell_groups(who: str, groups: list[str] | None, *, none: bool) -> None:
    """Put a user or a key, as requests name it, into these groups alone, where any are named or
    `none` is said; then tell in which it is.

    :raises CallError: both are said, or no group can be called so.
    """
    settings = read_settings()
    if groups and none:
        raise CallError("name groups or say --none, not both (组名与 --none 只能用一个)")
    own = collections_of(settings)
    if groups or none:
        own.put_into(who, groups or ())
        told = f"groups {', '.join(groups or ()) or 'none'}"
        audit_of(settings).record(shell_actor(), Deed.GROUPS_SET, who, told)
    typer.echo(f"{who}: {', '.join(own.members().get(who, ())) or '无 none'}")


def collections_of(settings: Settings) -> Collections:
    """The rights on folders of the data directory."""
    return Collections(settings.home / COLLECTIONS)


def _as_held(settings: Settings, folder: str) -> tuple[str, int]:
    """A folder as it is written where it is, and how many bulletins lie in it: systems write one
    name in several ways.
    """
    places = Shelf(settings.library_home).files()
    tops = [top for place in places for top in folders_of(place)[:1]]
    given = collections_of(settings).given()
    name = next((one for one in (*tops, *given) if folded(one) == folded(folder)), folder)
    return name, tops.count(name)


def _told(settings: Settings, folder: str) -> str:
    groups = collections_of(settings).given().get(folder)
    return f"groups 组 {', '.join(groups)}" if groups else "open to all 所有人可见"
