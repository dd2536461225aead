"""The page's own address: what it asks to show, and which conversation it names."""

from collections.abc import Callable, Iterator

import gradio as gr

from corpus.errors import CallError
from index.library import Library
from ui.page.asking_tab import AskingTab
from ui.page.chat_list import ChatList
from ui.page.viewers import Outputs
from ui.page.visitor import PRIVATE, owner, seen, unchanged
from ui.views.source_view import source_html

# The address names the conversation that is open, so that a reload comes back to it; one that came
# by going back, or by the address, is named already. What was asked by an address, or opened by
# one, is not to be asked or opened once more by going back.
_REMEMBER = """id => {
    const went = (window.jianbaoWent || []).indexOf(id);
    if (went >= 0) {
        window.jianbaoWent.splice(went, 1);
        return;
    }
    const query = new URLSearchParams(location.search);
    if (id === (query.get("conversation") || "")) return;
    const address = id ? `/?conversation=${encodeURIComponent(id)}` : "/";
    const once = query.has("q") || query.has("bulletin");
    if (once && !id) return;
    history[once ? "replaceState" : "pushState"](null, "", address);
}"""
# /?q=… has filled the box.
_ASK_ADDRESS = """() => {
    if (!new URLSearchParams(location.search).get("q")) return;
    document.querySelector("#jb-question .submit-button").click();
}"""


def follow_address(
    page: gr.Blocks,
    library: Library,
    opened: Callable[[str], None],
    *,
    current: gr.Textbox,
    tab: AskingTab,
    chats: ChatList,
    panel: gr.HTML,
) -> None:
    """Let the page begin as its address asks, and the address name the open conversation, whose id
    `current` holds; `opened` is told of the address where that opens a bulletin.
    """

    def start(request: gr.Request) -> Iterator[Outputs]:
        """The page as its own address asks: /?bulletin=…, /?q=…, /?conversation=… What it does
        not ask stays: a quick visitor may have typed something.
        """
        query = request.query_params
        source = gr.skip()
        if "bulletin" in query:
            opened(f"/?{query}")
            source = source_html(seen(library, request), f"/?{query}")
        asked = query.get("conversation")
        if asked:
            try:
                for shown in chats.opened(owner(request), request.session_hash, asked, ""):
                    yield source, *shown
                    source = gr.skip()
            except CallError as error:
                gr.Warning(str(error))
            else:
                return
        listed = chats.listed(owner(request), "", None)
        yield source, *unchanged(3), listed, query.get("q") or gr.skip()
        for begun in chats.begun(request):
            yield *unchanged(2), begun, *unchanged(3)

    current.change(None, current, None, js=_REMEMBER, api_visibility="private")
    started = page.load(
        start, None, [panel, tab.past, tab.now, current, chats.menu, tab.box], **PRIVATE
    )
    started.then(None, None, None, js=_ASK_ADDRESS, api_visibility="private")
