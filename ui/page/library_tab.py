"""The tab of the library: read any bulletin, add files, take bulletins out, follow the folder."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from corpus.errors import CallError
from index.folder_watch import WatchStatus
from index.library import Library
from ui.page.adding_panel import adding_panel
from ui.page.facts_form import facts_form
from ui.page.scripts import script
from ui.page.visitor import PRIVATE, actor, may, said, seen
from ui.server.rights import needs
from ui.store.audit import Deed, Recording
from ui.store.library_records import told_sum
from ui.store.roles import AccessRole
from ui.views.library_view import TOOLBAR, Shelved, entries_html
from ui.views.watch_view import watch_html


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """What the tab shows of a library and of the folder that it follows, and its place for files to
    add, which those do not see who may not.
    """

    library: Library
    watched: Callable[[], WatchStatus]
    files: gr.File
    folder: gr.HTML
    entries: gr.HTML

    @property
    def shown(self) -> list[Any]:
        """What changes with the library or its folder."""
        return [self.folder, self.entries]

    @property
    def outputs(self) -> list[Any]:
        """The same, with what depends on who looks."""
        return [self.files, *self.shown]

    def drawn(self, request: gr.Request) -> tuple[str, str]:
        """What `shown` becomes, for whoever asks: readers change nothing."""
        own, picked = seen(self.library, request), may(request, AccessRole.EDITOR)
        shelved = Shelved(own.entries(), own.kept.places(), own.kept.facts())
        status = self.watched().seen_by(own.sight)
        return watch_html(status, own.synced), entries_html(shelved, picked=picked)

    def fresh(self, request: gr.Request) -> tuple[Any, ...]:
        """What `outputs` become."""
        editor = may(request, AccessRole.EDITOR)
        return gr.skip() if editor else gr.update(visible=False), *self.drawn(request)

    def state(self, request: gr.Request) -> Hashable:
        """What changes whenever they do, for whoever asks."""
        own = seen(self.library, request)
        status = self.watched().seen_by(own.sight)
        return own.state(), status.state, status.at, status.why, status.waiting


def library_tab(
    library: Library, watched: Callable[[], WatchStatus], audit: Recording
) -> LibraryTab:
    """Build the tab inside the page. Whatever changes the library, the page sees by itself, and
    `audit` records who did it.
    """

    @needs(AccessRole.EDITOR)
    def remove(chosen: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        named = said(chosen, "ids")
        own = seen(library, request)
        sums = {entry.id: entry.sha256 for entry in own.entries()}
        for one in named if isinstance(named, list) else []:
            try:
                own.remove(str(one))
                told = told_sum(sums.get(str(one), ""))
                audit.record(actor(request), Deed.REMOVED, str(one), told)
            except CallError as error:  # another one has just removed it
                gr.Warning(str(error))
        return tab.drawn(request)

    with gr.Column(elem_id="jb-library"):
        adding = adding_panel()
        folder = gr.HTML("", elem_id="jb-folder", apply_default_css=False)
        entries = gr.HTML(
            "", elem_id="jb-entries", apply_default_css=False,
            html_template=f"{TOOLBAR}<div>${{value}}</div>", js_on_load=script("library.js"),
        )  # fmt: skip
        tab = LibraryTab(library, watched, adding.files, folder, entries)
        facts_form(library, entries, tab.drawn, tab.shown, audit)
    adding.listen(library, tab.drawn, tab.shown, audit)
    entries.remove(remove, None, tab.shown, **PRIVATE)
    return tab
