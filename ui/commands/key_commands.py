"""`jianbao key`: keys by which other programs ask."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from rag.settings import read_settings
from ui.commands.command_parts import Json, audit_of, shell_actor
from ui.store.api_keys import DEFAULT_DAYS, KEYS, ApiKey, ApiKeys
from ui.store.audit import Deed
from ui.store.roles import AccessRole
from ui.views import terminal

keys = typer.Typer(help="Keys of other programs. 其他程序的密钥。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the key. 密钥的名称。")]


@keys.command()
def add(
    name: Name,
    role: Annotated[AccessRole, typer.Option(help="What it may do. 权限。")] = AccessRole.READER,
    days: Annotated[int, typer.Option(help="How long it is good. 有效天数。")] = DEFAULT_DAYS,
) -> None:
    """Make a key; it is shown this once. 生成密钥，只显示这一次。

    A program sends it as `Authorization: Bearer KEY`.
    """
    settings = read_settings()
    secret = _keys().add(name, role, days)
    audit_of(settings).record(shell_actor(), Deed.KEY_ADDED, name, f"role {role}, {days} days")
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
def revoke(name: Name) -> None:
    """Revoke a key, from now on. 撤销密钥，立即生效。"""
    _keys().revoke(name)
    audit_of(read_settings()).record(shell_actor(), Deed.KEY_REVOKED, name)
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
