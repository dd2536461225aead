"""The tab of the library: read any bulletin, add files, take bulletins out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import CallError, JianbaoError
from corpus.formats.registry import SUFFIXES
from index.incoming import Standing
from index.library import Library
from ui.page.scripts import script
from ui.page.visitor import PRIVATE, actor, may, said
from ui.server.rights import needs
from ui.store.audit import Actor, Deed, Recording
from ui.store.library_records import record_added, told_sum
from ui.store.roles import AccessRole
from ui.views.library_view import (
    TOOLBAR,
    Added,
    added_html,
    entries_html,
)
from ui.views.page_words import label

ADDING = 2  # people whose files are taken in at the same time: reading them keeps a core busy
MAX_FILES = 50  # in one go; more are added by the command line


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """The place for files to add, and the table of a library's bulletins."""

    library: Library
    files: gr.File
    entries: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What changes with the library."""
        return [self.files, self.entries]

    def fresh(self, request: gr.Request) -> tuple[Any, ...]:
        """What the outputs become, for whoever asks: readers change nothing."""
        editor = may(request, AccessRole.EDITOR)
        files = gr.skip() if editor else gr.update(visible=False)
        return files, entries_html(self.library.entries(), picked=editor)


def library_tab(library: Library, audit: Recording) -> LibraryTab:
    """Build the tab inside the page. Whatever changes the library, the page sees by itself, and
    `audit` records who did it.
    """

    @needs(AccessRole.EDITOR)
    def add(paths: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Take in files one by one, telling of each."""
        waiting = [Path(path) for path in paths or []]
        told: list[Added] = []
        if len(waiting) > MAX_FILES:
            note = (
                f"一次最多添加{MAX_FILES}份，这次是{len(waiting)}份；请分批添加，"
                "或用命令 jianbao add"
            )
            told, waiting = [Added("添加", None, note)], []
        while waiting:
            yield gr.skip(), added_html(told, [path.name for path in waiting]), gr.skip()
            told.append(added(library, waiting.pop(0), audit, actor(request)))
        yield None, added_html(told), entries_html(library.entries())

    @needs(AccessRole.EDITOR)
    def remove(chosen: gr.EventData, request: gr.Request) -> str:
        named = said(chosen, "ids")
        sums = {entry.id: entry.sha256 for entry in library.entries()}
        for one in named if isinstance(named, list) else []:
            try:
                library.remove(str(one))
                told = told_sum(sums.get(str(one), ""))
                audit.record(actor(request), Deed.REMOVED, str(one), told)
            except CallError as error:  # another one has just removed it
                gr.Warning(str(error))
        return entries_html(library.entries())

    with gr.Column(elem_id="jb-library"):
        files = gr.File(
            label=label("添加简报：拖到这里，或点击选择（{kinds}，可多选）"),
            elem_id="jb-files", file_count="multiple", file_types=sorted(SUFFIXES), height=110,
        )  # fmt: skip
        result = gr.HTML("", elem_id="jb-added", apply_default_css=False)
        entries = gr.HTML(
            entries_html(library.entries()), elem_id="jb-entries", apply_default_css=False,
            html_template=f"{TOOLBAR}<div>${{value}}</div>", js_on_load=script("library.js"),
        )  # fmt: skip
    files.upload(add, files, [files, result, entries], concurrency_limit=ADDING, **PRIVATE)
    entries.remove(remove, None, entries, **PRIVATE)
    return LibraryTab(library, files, entries)


def added(library: Library, path: Path, audit: Recording, who: Actor) -> Added:
    """Take in a file and say what came of it."""
    titles = {entry.id: entry.title for entry in library.entries()}
    try:
        foreseen = library.foresee(path)
        bulletin = library.add(path, replace=True)  # its version is kept
        record_added(audit, who, foreseen, bulletin)
    except JianbaoError as error:
        return Added(path.name, None, _told(error, path))
    match foreseen.standing:
        case Standing.NEW:
            return Added(path.name, bulletin, "已添加")
        case Standing.DOUBLE:
            return Added(path.name, bulletin, "已在库中", twin=bulletin.title)
        case Standing.REPLACES:
            replaced = titles.get(foreseen.id, "")
            return Added(path.name, bulletin, "已更新", replaced=replaced)
        case _:
            return Added(path.name, bulletin, "已在库中")


def _told(error: JianbaoError, path: Path) -> str:
    """The error without the name and the folder of the file, which is the server's own; its Chinese
    first.
    """
    text = str(error).replace(f"{path.parent}/", "").removeprefix(f"{path.name}: ")
    english, bracket, chinese = text.removesuffix(")").rpartition(" (")
    return f"{chinese} ({english})" if bracket and not chinese.isascii() else text
