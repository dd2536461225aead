"""`jianbao key`: keys by which other programs ask."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from corpus.errors import CallError
from rag.settings import read_settings
from ui.commands.collection_commands import Groups, NoGroup, collections_of, tell_groups
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.store.api_keys import DEFAULT_DAYS, KEYS, ApiKey, ApiKeys
from ui.store.audit import Deed
from ui.store.collections_file import checked_group
from ui.store.roles import AccessRole
from ui.views import terminal

keys = typer.Typer(help="Keys of other programs. 其他程序的密钥。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the key. 密钥的名称。")]


@keys.command()
def add(
    name: Name,
    role: Annotated[AccessRole, typer.Option(help="What it may do. 权限。")] = AccessRole.READER,
    days: Annotated[int, typer.Option(help="How long it is good. 有效天数。")] = DEFAULT_DAYS,
    group: Annotated[
        list[str] | None, typer.Option(help="Group that it is in; may be given again. 所属组。")
    ] = None,
) -> None:
    """Make a key; it is shown this once. 生成密钥，只显示这一次。

    A program sends it as `Authorization: Bearer KEY`.
    """
    settings = read_settings()
    groups = [checked_group(one) for one in group or ()]
    secret = _keys().add(name, role, days)
    collections_of(settings).put_into(f"key:{name}", groups)
    told = "".join(f", group {one}" for one in groups)
    audit_of(settings).record(
        shell_actor(), Deed.KEY_ADDED, name, f"role {role}, {days} days{told}"
    )
    typer.echo(secret)
    typer.echo(f"{name}: {role}, {days} days; keep it, it is not shown again", err=True)


@keys.command("list")
def list_keys(json: Json = False) -> None:
    """List the keys, without their secrets. 列出密钥。"""
    now = datetime.now(UTC)
    listed = _keys().listed()
    if json:
        terminal.print_json(_line(key, now) for key in listed)
        return
    for key in listed:
        typer.echo("  ".join(str(value) for value in _line(key, now).values()))


@keys.command()
def group(name: Name, groups: Groups = None, none: NoGroup = False) -> None:
    """Show the groups of a key, or put it into others, from now on. 查看或修改密钥所属组。"""
    if all(key.name != name for key in _keys().listed()):
        raise CallError(f"no key {name!r}; jianbao key list shows them")
    tell_groups(f"key:{name}", groups, none=none)


@keys.command()
def revoke(name: Name) -> None:
    """Revoke a key, from now on. 撤销密钥，立即生效。"""
    settings = read_settings()
    _keys().revoke(name)
    collections_of(settings).put_into(f"key:{name}", ())
    audit_of(settings).record(shell_actor(), Deed.KEY_REVOKED, name)
    typer.echo(f"{name} revoked")


def _keys() -> ApiKeys:
    return ApiKeys(read_settings().home / KEYS)


def _line(key: ApiKey, now: datetime) -> dict[str, str]:
    return {
        "name": key.name,
        "role": key.role.value,
        "standing": key.standing(now).value,
        "made": key.made.date().isoformat(),
        "until": key.until.date().isoformat(),
        "id": key.id,
    }
