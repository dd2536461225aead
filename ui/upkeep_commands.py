"""`jianbao doctor`, `backup`, `restore`: whether all is well, and what to do when it is not."""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import read_settings


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, .zip. 备份文件。")],
) -> None:
    """Keep bulletins, conversations and users in one file. 备份数据目录。

    The index is left out: it is made anew from the bulletins.
    """
    from ui.backup import back_up

    settings = read_settings()
    kept = back_up(settings.home, file)
    typer.echo(f"已备份 kept {kept.files} 个文件 files，{kept.size:,} 字节 bytes：{file}")
    if settings.auth and not settings.auth.resolve().is_relative_to(settings.home.resolve()):
        typer.echo(
            f"用户文件不在数据目录里，请另行保存 {settings.auth} lies outside the data directory "
            "and is not in the backup; keep it too",
            err=True,
        )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup made. 备份文件。")],
) -> None:
    """Put a backup into an empty data directory. 从备份恢复到空的数据目录。

    The next start makes the index.
    """
    from ui.restore import restore as restore_file

    home = read_settings().home
    kept = restore_file(file, home)
    typer.echo(
        f"已恢复 restored {kept.files} 个文件 files，{kept.size:,} 字节 bytes：{home}；"
        "下次启动时重建索引 the next start makes the index"
    )
