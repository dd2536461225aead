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
from ui.page.visitor import PRIVATE, said
from ui.views.library_view import TOOLBAR, Shelved, entries_html
from ui.views.watch_view import watch_html


@dataclass(frozen=True, slots=True)
class LibraryTab:
    """What the tab shows of a library and of the folder that it follows."""

    library: Library
    watched: Callable[[], WatchStatus]
    folder: gr.HTML
    entries: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """What changes with the library or its folder."""
        return [self.folder, self.entries]

    def fresh(self) -> tuple[Any, ...]:
        """What the outputs become."""
        return _drawn(self.library, self.watched())

    def state(self) -> Hashable:
        """What changes whenever they do."""
        status = self.watched()
        return self.library.state(), status.state, status.at, status.why, status.waiting


def library_tab(library: Library, watched: Callable[[], WatchStatus]) -> LibraryTab:
    """Build the tab inside the page. Whatever changes the library, the page sees by itself."""

    def remove(chosen: gr.EventData) -> tuple[Any, ...]:
        named = said(chosen, "ids")
        for one in named if isinstance(named, list) else []:
            try:
                library.remove(str(one))
            except CallError as error:  # another one has just removed it
                gr.Warning(str(error))
        return tab.fresh()

    followed, listed = _drawn(library, watched())
    with gr.Column(elem_id="jb-library"):
        adding = adding_panel()
        folder = gr.HTML(followed, elem_id="jb-folder", apply_default_css=False)
        entries = gr.HTML(
            listed, elem_id="jb-entries", apply_default_css=False,
            html_template=f"{TOOLBAR}<div>${{value}}</div>", js_on_load=script("library.js"),
        )  # fmt: skip
        tab = LibraryTab(library, watched, folder, entries)
        facts_form(library, entries, tab.fresh, tab.outputs)
    adding.listen(library, tab.fresh, tab.outputs)
    entries.remove(remove, None, tab.outputs, **PRIVATE)
    return tab


def _drawn(library: Library, status: WatchStatus) -> tuple[str, str]:
    shelved = Shelved(library.entries(), library.kept.places(), library.kept.facts())
    return watch_html(status, library.synced), entries_html(shelved)
