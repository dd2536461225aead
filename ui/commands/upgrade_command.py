"""`jianbao upgrade`: what this version will do to the data directory, and the doing of it."""

import math
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import LibraryError, WorkError
from rag.settings import Settings, read_settings
from ui.commands.command_parts import audit_of, shell_actor
from ui.commands.library_commands import sync
from ui.store.audit import Deed

if TYPE_CHECKING:
    from ui.upkeep.upgrade_plan import UpgradePlan

MIB = 2**20


def upgrade(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell, change nothing. 只查看，不改动。")
    ] = False,
    backup: Annotated[
        Path | None,
        typer.Option(help="The backup to write before; default: beside the data directory."),
    ] = None,
) -> None:
    """Bring the data directory to this version: backup, then the index anew. 升级数据目录，先备份。

    Stop the server before. What a newer version wrote is refused, with the way back.
    """
    from ui.upkeep.upgrade_plan import plan_upgrade
    from ui.upkeep.written_by import refuse_newer

    settings = read_settings()
    plan = plan_upgrade(settings)
    _tell(plan)
    refuse_newer(settings.home)
    if plan.newer:
        raise LibraryError(
            f"index in {settings.library_home} was made by a newer version; install that version "
            "again, or make the index anew with this one: jianbao sync --rebuild (索引由更新的版本"
            "建立，请改回那个版本，或用本版本重建)"
        )
    if not plan.fits:
        raise WorkError(
            f"the new index needs {plan.room:,} bytes beside the old one, {plan.free:,} are free; "
            f"make room in {settings.library_home} (空间不够，请先腾出空间)"
        )
    if not plan.remade:
        typer.echo("无须升级 nothing to do")
    elif check:
        typer.echo("先停止服务，再运行 stop the server, then run: jianbao upgrade")
    else:
        _back_up(settings, backup)
        sync(None, rebuild=True)


def _tell(plan: "UpgradePlan") -> None:
    for one in plan.found:
        told = f"{one.found}，本版本 this version {one.known}" if one.found else "尚无 none yet"
        mark = "✗" if one.is_newer else "✓" if one.found in (0, one.known) else "→"
        typer.echo(f"{mark} {one.name}：{told}")
    if plan.other_model:
        typer.echo("→ 索引由另一个向量模型建立 the index was made with another embedding model")
    if plan.remade:
        typer.echo(
            f"→ 索引重新建立 the index is made anew of {plan.bulletins} 份简报 bulletins："
            f"{_time(plan)}；新旧并存约需 room about {_mib(plan.room)}，空余 free "
            f"{_mib(plan.free)}；升级前备份 backup at most {_mib(plan.backup)}"
        )


def _time(plan: "UpgradePlan") -> str:
    """What was measured of the time to come, and what was not."""
    tried = plan.reading.tried
    if not tried:
        return "时间未测 time not measured"
    others = "" if tried >= plan.bulletins else "，其余按份数推算 the others counted like them"
    return (
        f"读入和算向量约 reading and embedding about {_duration(plan.reading.seconds)}（实测 "
        f"measured {tried} 份 bulletins{others}），写入索引未测 writing the index comes on top"
    )


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} 秒 s"
    return f"{math.ceil(seconds / 60)} 分钟 min"


def _mib(size: int) -> str:
    return f"{size / MIB:,.1f} MiB"


def _back_up(settings: Settings, file: Path | None) -> None:
    """Write a backup of the data directory, and of the shared folder of bulletins where that is
    another one.

    :raises WorkError: it cannot be written; nothing is upgraded then.
    """
    from ui.store.page_database import CONVERSATIONS
    from ui.upkeep.backup import back_up

    stamp = f"{version('jianbao')}-{datetime.now():%Y%m%d-%H%M%S}"
    for home in dict.fromkeys((settings.home, settings.library_home)):
        beside = home.absolute()
        target = file or beside.with_name(f"{beside.name}-before-{stamp}.zip")
        if file is not None and home != settings.home:
            target = file.with_name(f"{file.stem}-library{file.suffix}")
        if not ((home / "bulletins").is_dir() or (home / CONVERSATIONS).is_file()):
            continue  # nothing that a backup could keep
        try:
            kept = back_up(home, target)
        except WorkError as error:  # beside the data directory others may not write
            raise WorkError(f"{error}; or name another: jianbao upgrade --backup FILE") from error
        told = f"backup of {kept.files} files"
        audit_of(settings).record(shell_actor(), Deed.EXPORTED, str(target), told)
        typer.echo(
            f"已备份 kept {kept.files} 个文件 files：{target}；退回 the way back: the version "
            f"before, and jianbao restore {target}"
        )
