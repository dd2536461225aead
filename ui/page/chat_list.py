"""The column of conversations: open, search, rename, delete, start a new one."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from corpus.errors import CallError
from ui.page.asking_tab import AskingTab
from ui.page.limits_panel import NO_LIMITS
from ui.page.scripts import script
from ui.page.talk import Talk
from ui.page.viewers import Viewers
from ui.page.visitor import PRIVATE, owner, said, seen, told
from ui.page.welcome import Welcome
from ui.views.chats_view import chats_html
from ui.views.page_words import label


class ChatList:
    """The column inside the page that is being built; `menu` lists the visitor's conversations,
    `search` is what they are searched for, `current` holds the id of the open one.
    """

    def __init__(self, talk: Talk, welcome: Welcome, viewers: Viewers, current: gr.Textbox) -> None:
        self._talk = talk
        self._welcome = welcome
        self._viewers = viewers
        self._current = current
        self._fresh = gr.Button(label("＋ 新对话"), elem_id="jb-new", size="sm")
        self.search = gr.Textbox(
            "", label=label("搜索对话"), show_label=False, placeholder=label("搜索对话"),
            elem_id="jb-search", container=False, max_lines=1,
        )  # fmt: skip
        self.menu = gr.HTML(
            chats_html((), None), elem_id="jb-chats", apply_default_css=False,
            js_on_load=script("say.js", "chats.js"),
        )  # fmt: skip

    def listen(self, tab: AskingTab) -> None:
        """Let the column open conversations in the tab."""
        shown = [tab.past, tab.now, self._current, self.menu, tab.box]
        listed = [self.search, self._current]
        for event in (self._fresh.click, self.menu.fresh):
            event(self._blank, self.search, [*shown, *tab.limits.fields], **PRIVATE)
        self.menu.open(self._open, self.search, [*shown, *tab.limits.fields], **PRIVATE)
        self.search.change(self._find, listed, self.menu, **PRIVATE)
        self.menu.rename(self._rename, listed, self.menu, **PRIVATE)
        self.menu.delete(self._delete, listed, shown, **PRIVATE)

    def listed(self, owner: str, search: str, current: str | None) -> str:
        """The owner's conversations as HTML, the current one marked."""
        found = self._talk.conversations.listed(owner, search)
        return chats_html(found, current, searched=bool(search.strip()))

    def opened(
        self, owner: str, session: str, chosen: str, search: str
    ) -> Iterator[tuple[Any, ...]]:
        """A kept conversation: past, now, id, list, box; as it grows where it is being answered.

        :raises CallError: the owner has no such conversation.
        """
        is_viewed = self._viewers.turn(session)
        for shown in self._talk.opened(owner, chosen):
            if not is_viewed():
                return
            menu = gr.skip() if shown.past is None else self.listed(owner, search, chosen)
            past = gr.skip() if shown.past is None else shown.past
            box = gr.skip() if shown.box is None else shown.box
            yield past, shown.now, shown.conversation or "", menu, box

    def start(self, request: gr.Request) -> Any:
        """What a page without a conversation shows in the place of one, as the library is now;
        what it shows already where a quick visitor has asked.
        """
        blank = self._viewers.is_blank(request.session_hash)
        return self._begun(request) if blank else gr.skip()

    def _begun(self, request: gr.Request) -> str:
        """The start of a page, of what its visitor may see."""
        return self._welcome.html(seen(self._talk.library, request))

    def _blank(self, search: str, request: gr.Request) -> tuple[Any, ...]:
        """The page without a conversation and without limits."""
        self._viewers.turn(request.session_hash, blank=True)
        listed = self.listed(owner(request), search, None)
        return "", self._begun(request), "", listed, "", *NO_LIMITS

    def _open(
        self, search: str, chosen: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        limits: tuple[Any, ...] = NO_LIMITS
        try:
            for shown in self.opened(
                owner(request), request.session_hash or "", _named(chosen), search
            ):
                yield *shown, *limits
                limits = (gr.skip(),) * len(NO_LIMITS)
        except CallError as error:  # deleted in another window
            raise told(error) from error

    def _find(self, search: str, current: str, request: gr.Request) -> str:
        return self.listed(owner(request), search, current)

    def _rename(self, search: str, current: str, chosen: gr.EventData, request: gr.Request) -> str:
        title = str(said(chosen, "title"))
        try:
            self._talk.conversations.rename(owner(request), _named(chosen), title)
        except CallError as error:
            raise told(error) from error
        return self.listed(owner(request), search, current)

    def _delete(
        self, search: str, current: str, chosen: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        self._talk.stop(owner(request), _named(chosen))
        try:
            self._talk.conversations.delete(owner(request), _named(chosen))
        except CallError as error:  # another window was quicker
            gr.Warning(str(error))
        if _named(chosen) == current:
            self._viewers.turn(request.session_hash, blank=True)
            listed = self.listed(owner(request), search, None)
            return "", self._begun(request), "", listed, gr.skip()
        skipped = (gr.skip(),) * 3
        return *skipped, self.listed(owner(request), search, current), gr.skip()


def _named(chosen: gr.EventData) -> str:
    """The id of the conversation that an event of the list names."""
    return str(said(chosen, "id"))
