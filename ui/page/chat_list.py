"""The column of conversations: open, search, rename, delete, start a new one."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from corpus.errors import CallError
from ui.page.asking_tab import AskingTab
from ui.page.limits_panel import NO_LIMITS
from ui.page.scripts import script
from ui.page.talk import Talk
from ui.page.viewers import Outputs, Viewers
from ui.page.visitor import PRIVATE, owner, said, seen, told, unchanged
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
            "", elem_id="jb-chats", apply_default_css=False,
            js_on_load=script("say.js", "chats.js"),
        )  # fmt: skip

    def listen(self, tab: AskingTab) -> None:
        """Let the column open conversations in the tab."""
        shown = [tab.past, tab.now, self._current, self.menu, tab.box]
        listed = [self.search, self._current]
        # what was opened before may still be followed: a page turns all the same
        for event, turn in (
            (self._fresh.click, self._blank),
            (self.menu.fresh, self._blank),
            (self.menu.open, self._open),
        ):
            event(
                turn, self.search, [*shown, *tab.limits.fields], trigger_mode="multiple", **PRIVATE
            )
        self.search.change(self._find, listed, self.menu, **PRIVATE)
        self.menu.rename(self._rename, listed, self.menu, **PRIVATE)
        self.menu.delete(self._delete, listed, shown, **PRIVATE)

    def listed(self, owner: str, search: str, current: str | None) -> str:
        """The owner's conversations as HTML, the current one marked."""
        found = self._talk.conversations.listed(owner, search)
        return chats_html(found, current, searched=bool(search.strip()))

    def opened(
        self, owner: str, session: str | None, chosen: str, search: str
    ) -> Iterator[Outputs]:
        """A kept conversation: past, now, id, list, box; as it grows where it is being answered.

        :raises CallError: the owner has no such conversation; the page stays where it is.
        """
        growing = self._talk.opened(owner, chosen)

        def steps() -> Iterator[Outputs]:
            for shown in growing:
                menu = gr.skip() if shown.past is None else self.listed(owner, search, chosen)
                past, box = (gr.skip() if x is None else x for x in (shown.past, shown.box))
                yield past, shown.now, shown.conversation or "", menu, box

        return self._viewers.followed(self._viewers.turn(session), steps(), unchanged(5))

    def begun(self, request: gr.Request) -> Iterator[Any]:
        """What a page without a conversation shows in the place of one, as the library is now;
        what it shows already where a quick visitor has asked.
        """
        turn = self._viewers.blank(request.session_hash)
        if turn is None:
            yield gr.skip()
            return
        # an event with one output gives it alone: as one of several it would be shown as such
        for (output,) in self._viewers.followed(turn, [(self._start(request),)], unchanged(1)):
            yield output

    def _start(self, request: gr.Request) -> str:
        """The start of a page, of what its visitor may see."""
        return self._welcome.html(seen(self._talk.library, request))

    def _blank(self, search: str, request: gr.Request) -> Iterator[Outputs]:
        """The page without a conversation and without limits."""
        turn = self._viewers.turn(request.session_hash, blank=True)
        listed = self.listed(owner(request), search, None)
        blank = "", self._start(request), "", listed, "", *NO_LIMITS
        yield from self._viewers.followed(turn, [blank], unchanged(len(blank)))

    def _open(self, search: str, chosen: gr.EventData, request: gr.Request) -> Iterator[Outputs]:
        limits: Outputs = NO_LIMITS
        try:
            opened = self.opened(owner(request), request.session_hash, _named(chosen), search)
        except CallError as error:  # deleted in another window
            raise told(error) from error
        for shown in opened:
            yield *shown, *limits
            limits = unchanged(len(NO_LIMITS))

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
    ) -> Iterator[Outputs]:
        self._talk.stop(owner(request), _named(chosen))
        try:
            self._talk.conversations.delete(owner(request), _named(chosen))
        except CallError as error:  # another window was quicker
            gr.Warning(str(error))
        if _named(chosen) != current:
            listed = self.listed(owner(request), search, current)
            yield *unchanged(3), listed, gr.skip()
            return
        turn = self._viewers.turn(request.session_hash, blank=True)
        blank = "", self._start(request), "", self.listed(owner(request), search, None), gr.skip()
        yield from self._viewers.followed(turn, [blank], unchanged(len(blank)))


def _named(chosen: gr.EventData) -> str:
    """The id of the conversation that an event of the list names."""
    return str(said(chosen, "id"))
