"""The drawer of conversations: open, search, rename, delete, start a new one."""

from typing import Any

import gradio as gr

from corpus.errors import CallError
from ui.page.confirmation import confirmation
from ui.page.talk import Talk
from ui.page.visitor import PRIVATE, owner
from ui.views.page_words import label


class ChatList:
    """The drawer inside the page that is being built; `menu` lists the visitor's conversations,
    `search` is what they are searched for.

    It writes the id of the open conversation to `current` and its messages to `chat`.
    """

    def __init__(self, talk: Talk, current: gr.Textbox, chat: gr.Chatbot) -> None:
        self._talk = talk
        with gr.Sidebar(label=label("对话"), open=False, width=280, elem_id="jb-side"):
            fresh = gr.Button(label("＋ 新对话"), elem_id="jb-new", size="sm")
            self.search = gr.Textbox(
                "",
                show_label=False,
                placeholder=label("搜索对话"),
                elem_id="jb-search",
                container=False,
            )
            self.menu = gr.Radio([], label=label("对话"), show_label=False, elem_id="jb-chats")
            with gr.Row():
                title = gr.Textbox(
                    "", label=label("新名称"), show_label=False, placeholder=label("新名称"),
                    elem_id="jb-title", container=False, min_width=120,
                )  # fmt: skip
                rename = gr.Button(label("改名"), elem_id="jb-rename", size="sm", min_width=60)
            delete = gr.Button(
                label("删除这个对话"), elem_id="jb-delete", size="sm", variant="stop"
            )
            sure, yes = confirmation(delete, current, "确认删除", "jb-yes", "jb-no")
        for event in (fresh.click, chat.clear):  # what was asked stays in the list
            event(lambda: ([], None, None), None, [chat, current, self.menu], **PRIVATE)
        self.menu.input(self._open, self.menu, [chat, current], **PRIVATE)
        self.search.change(self._find, [self.search, current], self.menu, **PRIVATE)
        rename.click(self._rename, [title, current, self.search], [title, self.menu], **PRIVATE)
        yes.click(self._delete, [current, self.search], [chat, current, self.menu, sure], **PRIVATE)

    def listed(self, owner: str, search: str, current: str | None) -> Any:
        """The menu of the owner's conversations, the current one marked."""
        found = self._talk.conversations.listed(owner, search)
        known = current if any(summary.id == current for summary in found) else None
        return gr.update(choices=[(one.title, one.id) for one in found], value=known)

    def _open(self, chosen: str, request: gr.Request) -> tuple[Any, ...]:
        try:
            shown = self._talk.opened(owner(request), chosen)
        except CallError as error:  # deleted in another window
            raise gr.Error(str(error)) from error
        return shown.messages, shown.conversation

    def _find(self, search: str, current: str | None, request: gr.Request) -> Any:
        return self.listed(owner(request), search, current)

    def _rename(
        self, title: str, current: str | None, search: str, request: gr.Request
    ) -> tuple[Any, ...]:
        if not current:
            raise gr.Error("请先选择一个对话 (choose a conversation first)")
        try:
            self._talk.conversations.rename(owner(request), current, title)
        except CallError as error:
            raise gr.Error(str(error)) from error
        return "", self.listed(owner(request), search, current)

    def _delete(self, current: str | None, search: str, request: gr.Request) -> tuple[Any, ...]:
        if current:
            try:
                self._talk.conversations.delete(owner(request), current)
            except CallError as error:  # another window was quicker
                gr.Warning(str(error))
        return [], None, self.listed(owner(request), search, None), gr.update(visible=False)
