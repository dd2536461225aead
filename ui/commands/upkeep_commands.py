"""`jianbao doctor`, `backup`, `restore`, `rescue`: whether all is well, and mends where not."""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import read_settings
from ui.commands.command_parts import audit_of, shell_actor


def examine_home(
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask, and watch for connections. 查验是否联网。")
    ] = False,
) -> None:
    """Check settings, bulletins, index, models and conversations. 检查；不改动任何东西。

    A line each with what mends it; exit status 1 where anything is wrong.
    """
    from ui.upkeep.doctor import examine

    well = True
    for finding in examine():
        _tell(finding.ok, finding.name, finding.told, finding.mend)
        well &= finding.ok
    if well and offline:
        well = _asks_offline()
    if not well:
        raise typer.Exit(1)


def _asks_offline() -> bool:
    """Whether a question about a bulletin of the library is answered without a connection."""
    from ui.upkeep.offline import watched

    name = "离线 offline"
    with watched() as reached:
        from index.checkup import has_index
        from index.library import Library
        from index.vectors.encoders import encoder_of
        from rag.chain import Request, answer_chain
        from rag.reading.readers import reader_of
        from rag.writing.chat_model import chat_model

        settings = read_settings()
        if not has_index(settings.library_home):
            _tell(
                False, name, "there is no index to ask; run: jianbao sync", "先建索引 jianbao sync"
            )
            return False
        encoder = encoder_of(settings.embedding_model)
        library = Library(settings.library_home, encoder, settings.chroma_url, settings.milvus_uri)
        titles = [entry.title for entry in library.entries()][:1]
        question = f"{titles[0] if titles else '简报'}说了什么"
        chain = answer_chain(library, chat_model(settings), reader=reader_of(settings))
        answer = chain.invoke(Request(question))
    if reached:
        some = "; ".join(dict.fromkeys(reached))
        mend = "取消指向别处的设置"
        _tell(False, name, f"{some}; unset JIANBAO_CHROMA_URL or JIANBAO_LLM_BASE_URL", mend)
        return False
    _tell(
        True, name, f"{len(answer.citations)} 处出处 citations，没有连接 no connection：{question}"
    )
    return True


def _tell(ok: bool, name: str, told: str, mend: str = "") -> None:
    line = f"{'✓' if ok else '✗'} {name}：{f'{mend}。' if mend else ''}{' '.join(told.split())}"
    typer.echo(line)


def rescue_talk() -> None:
    """Move what can be read of damaged conversations to a new file. 抢救损坏的对话记录。

    The damaged file is kept beside it.
    """
    from ui.store.page_database import CONVERSATIONS
    from ui.upkeep.rescue import rescue

    rescued = rescue(read_settings().home / CONVERSATIONS)
    rows = "，".join(f"{count} {table}" for table, count in rescued.rows.items())
    typer.echo(f"已抢救 rescued {rows}；原文件 the damaged file: {rescued.aside}")


def back_up_home(
    file: Annotated[Path, typer.Argument(help="The file to write, .zip. 备份文件。")],
) -> None:
    """Keep bulletins, conversations and users in one file. 备份数据目录。

    The index is left out: it is made anew from the bulletins.
    """
    from ui.store.audit import Deed
    from ui.upkeep.backup import back_up

    settings = read_settings()
    kept = back_up(settings.home, file)
    told = f"backup of {kept.files} files"
    audit_of(settings).record(shell_actor(), Deed.EXPORTED, str(file), told)
    typer.echo(f"已备份 kept {kept.files} 个文件 files，{kept.size:,} 字节 bytes：{file}")
    if settings.library is not None:
        typer.echo(
            f"简报在共用目录里，请另行保存 the bulletins in {settings.library} are not in "
            "the backup; keep that folder too",
            err=True,
        )
    if settings.auth and not settings.auth.resolve().is_relative_to(settings.home.resolve()):
        typer.echo(
            f"用户文件不在数据目录里，请另行保存 {settings.auth} lies outside the data directory "
            "and is not in the backup; keep it too",
            err=True,
        )


def restore_home(
    file: Annotated[Path, typer.Argument(help="A file that backup made. 备份文件。")],
) -> None:
    """Put a backup into an empty data directory. 从备份恢复到空的数据目录。

    The next start makes the index.
    """
    from ui.upkeep.restore import restore

    home = read_settings().home
    kept = restore(file, home)
    typer.echo(
        f"已恢复 restored {kept.files} 个文件 files，{kept.size:,} 字节 bytes：{home}；"
        "下次启动时重建索引 the next start makes the index"
    )
