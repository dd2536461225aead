"""The tab of the library: read any bulletin, add files, take bulletins out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import CallError, JianbaoError
from corpus.formats.registry import SUFFIXES
from index.library import Library
from ui.page.confirmation import confirmation
from ui.page.library_menus import bulletin_choices
from ui.page.visitor import PRIVATE
from ui.views.library_view import Added, added_html, entries_html
from ui.views.page_words import label

ADDING = 2  # people whose files are taken in at the same time: reading them keeps a core busy
MAX_FILES = 50  # in one go; more are added by the command line


def library_tab(
    library: Library, changed: Callable[[], tuple[Any, ...]], outputs: list[Any]
) -> None:
    """Build the tab inside the page; `outputs` get what `changed` returns when bulletins come and
    go.
    """

    def look() -> tuple[Any, ...]:
        chosen = gr.update(choices=bulletin_choices(library), value=None)
        return entries_html(library.entries()), chosen

    def add(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Take in files one by one, telling of each."""
        paths = paths or []
        told: list[Added] = []
        if len(paths) > MAX_FILES:
            note = (
                f"一次最多添加{MAX_FILES}份，这次是{len(paths)}份；请分批添加，或用命令 jianbao add"
            )
            told, paths = [Added("添加", None, note)], []
        for path in map(Path, paths):
            told.append(added(library, path))
            yield (gr.skip(), added_html(told), gr.skip(), gr.skip(), *(gr.skip() for _ in outputs))
        yield None, added_html(told), *look(), *changed()

    def remove(chosen: str | None) -> tuple[Any, ...]:
        if chosen:
            try:
                library.remove(chosen)
            except CallError as error:  # another one has just removed it
                gr.Warning(str(error))
        return gr.update(visible=False), *look(), *changed()

    entries = gr.HTML(entries_html(library.entries()), elem_id="jb-entries")
    files = gr.File(
        label=label("添加简报：拖到这里，或点击选择（{kinds}，可多选）"),
        elem_id="jb-files", file_count="multiple", file_types=sorted(SUFFIXES), height=140,
    )  # fmt: skip
    result = gr.HTML("", elem_id="jb-added")
    with gr.Row():
        chosen = gr.Dropdown(
            bulletin_choices(library), value=None, label=label("移除简报"), elem_id="jb-remove",
            scale=4,
        )  # fmt: skip
        ask = gr.Button(label("移除"), elem_id="jb-remove-ask", size="sm", min_width=60)
    sure, yes = confirmation(ask, chosen, "确认移除", "jb-remove-yes", "jb-remove-no")
    files.upload(
        add, files, [files, result, entries, chosen, *outputs], concurrency_limit=ADDING, **PRIVATE
    )
    yes.click(remove, chosen, [sure, entries, chosen, *outputs], **PRIVATE)


def added(library: Library, path: Path) -> Added:
    """Take in a file and say what came of it."""
    known = {entry.id: entry.sha256 for entry in library.entries()}
    try:
        bulletin = library.add(path, replace=True)  # its version is kept
    except JianbaoError as error:
        return Added(path.name, None, _told(error, path))
    before = known.get(bulletin.id)
    state = "已添加" if before is None else "已在库中" if before == bulletin.sha256 else "已更新"
    return Added(path.name, bulletin, state)


def _told(error: JianbaoError, path: Path) -> str:
    """The error without the name and the folder of the file, which is the server's own; its Chinese
    first.
    """
    text = str(error).replace(f"{path.parent}/", "").removeprefix(f"{path.name}: ")
    english, bracket, chinese = text.removesuffix(")").rpartition(" (")
    return f"{chinese} ({english})" if bracket and not chinese.isascii() else text
