"""The page's own address: what it asks to show, and which conversation it names."""

from typing import Any

import gradio as gr

from corpus.errors import CallError
from index.library import Library
from ui.page.asking_tab import AskingTab
from ui.page.chat_list import ChatList
from ui.page.talk import Talk
from ui.page.visitor import owner
from ui.views.source_view import source_html

# /?q=… has filled the box; what is asked has an address of its own soon, so a reload does not ask
# again.
_ASK_ADDRESS = """() => {
    if (new URLSearchParams(location.search).get("q")) document.querySelector("#jb-ask").click()
}"""
# The address names the conversation that is open, so that a reload comes back to it.
_REMEMBER = """id => history.replaceState(
    null, "", id ? `/?conversation=${encodeURIComponent(id)}` : location.href)"""


def follow_address(
    page: gr.Blocks,
    library: Library,
    talk: Talk,
    *,
    current: gr.Textbox,
    tab: AskingTab,
    chats: ChatList,
    panel: gr.HTML,
) -> None:
    """Let the page begin as its address asks, and the address name the open conversation, whose id
    `current` holds.
    """

    def start(request: gr.Request) -> tuple[Any, ...]:
        """The page as its own address asks: /?bulletin=…, /?q=…, /?conversation=… What it does
        not ask stays: a quick visitor may have typed something.
        """
        query = request.query_params
        shown = None
        if asked := query.get("conversation"):
            try:
                shown = talk.opened(owner(request), asked)
            except CallError as error:
                gr.Warning(str(error))
        listed = chats.listed(owner(request), "", shown.conversation if shown else None)
        source = source_html(library, f"/?{query}") if "bulletin" in query else gr.skip()
        opened = (shown.messages, shown.conversation) if shown else (gr.skip(), gr.skip())
        return source, query.get("q") or gr.skip(), *opened, listed

    current.change(None, current, None, js=_REMEMBER, api_visibility="private")
    started = page.load(
        start, None, [panel, tab.box, tab.chat, current, chats.menu], api_visibility="private"
    )
    started.then(None, None, None, js=_ASK_ADDRESS, api_visibility="private")
