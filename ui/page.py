"""The chat page: conversations at the left, questions in the middle, sources at the right."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr
from langchain_core.runnables import Runnable

from corpus.errors import CallError
from index.library import Library
from rag.answer import Answer
from rag.chain import Request
from rag.question import MAX_QUESTION_CHARS
from ui.conversations import Conversations
from ui.exports import Kind, export_address
from ui.markup import escape
from ui.owner import owner_of
from ui.source_view import WELCOME, source_html
from ui.talk import Messages, Shown, Talk

TITLE = "简报问答"
EXAMPLES = (
    "三门峡建成了多少个老年助餐场所？",
    "安阳的联动监督工作指南包含哪些内容？",
    "吕梁建了多少个农村老年人日间照料中心？",
    "三门峡60岁以上人口有多少？",
    "鹤壁和安阳各有多少个调研重点？",
    "郑州建了多少个老年助餐点？",
)
CONCURRENT_ANSWERS = 8  # an answer takes some 20 ms of a core; more only wait for one another


def build_page(
    library: Library, chain: Runnable[Request, Answer], conversations: Conversations
) -> gr.Blocks:
    """The page over a library, its answer chain and the conversations that are kept."""
    talk = Talk(chain, conversations)

    def open_source(address: str) -> str:
        return source_html(library, address)

    def listed(owner: str, search: str, current: str | None) -> Any:
        """The list of the owner's conversations, the current one marked."""
        found = conversations.listed(owner, search)
        choices = [(summary.title, summary.id) for summary in found]
        known = current if any(summary.id == current for summary in found) else None
        return gr.update(choices=choices, value=known)

    def start(request: gr.Request) -> tuple[Any, ...]:
        """The page as its own address asks: /?bulletin=…, /?q=…, /?conversation=…"""
        query = request.query_params
        owner = _owner(request)
        shown = Shown([], None)
        if asked := query.get("conversation"):
            try:
                shown = talk.opened(owner, asked)
            except CallError as error:
                gr.Warning(str(error))
        panel = source_html(library, f"/?{query}")
        return (panel, query.get("q", ""), shown.messages, shown.conversation,
                listed(owner, "", shown.conversation))  # fmt: skip

    def answer(
        question: str, messages: Messages, current: str | None, search: str, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Stream the answer to a question: box, conversation, its id, the list."""
        if not question.strip():
            yield "", messages, current, gr.skip()
            return
        owner = _owner(request)
        for shown in talk.asked(owner, current, question):
            current = shown.conversation
            yield shown.box, shown.messages, current, gr.skip()
        yield gr.skip(), gr.skip(), current, listed(owner, search, current)

    def open_conversation(chosen: str, request: gr.Request) -> tuple[Any, ...]:
        shown = talk.opened(_owner(request), chosen)
        return shown.messages, shown.conversation

    def search_list(search: str, current: str | None, request: gr.Request) -> Any:
        return listed(_owner(request), search, current)

    def rename(title: str, current: str | None, search: str, request: gr.Request) -> Any:
        if current is None:
            raise gr.Error("请先选择一个对话 (choose a conversation first)")
        try:
            conversations.rename(_owner(request), current, title)
        except CallError as error:
            raise gr.Error(str(error)) from error
        return "", listed(_owner(request), search, current)

    def delete(current: str | None, search: str, request: gr.Request) -> tuple[Any, ...]:
        owner = _owner(request)
        if current is not None:
            conversations.delete(owner, current)
        return [], None, listed(owner, search, None), gr.update(visible=False)

    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True)
    with page:
        current = gr.State(None)
        with gr.Sidebar(label="对话", open=False, width=280, elem_id="jb-side"):
            fresh = gr.Button("＋ 新对话", elem_id="jb-new", size="sm")
            search = gr.Textbox(
                show_label=False, placeholder="搜索对话", elem_id="jb-search", container=False
            )
            chats = gr.Radio([], label="对话", show_label=False, elem_id="jb-chats")
            with gr.Row():
                title = gr.Textbox(
                    show_label=False, placeholder="新名称", elem_id="jb-title", container=False,
                    min_width=120,
                )  # fmt: skip
                renamed = gr.Button("改名", elem_id="jb-rename", size="sm", min_width=60)
            removed = gr.Button("删除这个对话", elem_id="jb-delete", size="sm", variant="stop")
            with gr.Row(visible=False, elem_id="jb-sure") as sure:
                yes = gr.Button("确认删除", elem_id="jb-yes", size="sm", variant="stop")
                no = gr.Button("取消", elem_id="jb-no", size="sm")
        gr.HTML(
            f"<h1>{TITLE}</h1><p>依据简报原文回答，每句注明出处；资料中没有的，直说没有。</p>",
            elem_id="jb-head",
        )
        with gr.Row(elem_id="jb-main"):
            with gr.Column(scale=5, min_width=320):
                chat = gr.Chatbot(
                    elem_id="jb-talk", show_label=False, height="calc(100vh - 370px)",
                    latex_delimiters=[], buttons=[], feedback_options=None, layout="bubble",
                    placeholder="请就简报内容提问",
                )  # fmt: skip
                with gr.Row():
                    box = gr.Textbox(
                        elem_id="jb-question", show_label=False, scale=8, autofocus=True,
                        placeholder="例如：三门峡建成了多少个老年助餐场所？",
                        max_length=MAX_QUESTION_CHARS,
                    )  # fmt: skip
                    ask = gr.Button("提问", elem_id="jb-ask", variant="primary", min_width=80)
                    stop = gr.Button("停止", elem_id="jb-stop", min_width=60)
                whole = gr.HTML("", elem_id="jb-whole")
                gr.Examples([[example] for example in EXAMPLES], inputs=[box], label="试试这些问题")
            with gr.Column(scale=6, min_width=320):
                panel = gr.HTML(
                    WELCOME, elem_id="jb-panel", server_functions=[open_source],
                    js_on_load=_static("source.js"),
                )  # fmt: skip
        answers: list[Any] = [
            event(answer, [box, chat, current, search], [box, chat, current, chats],
                  api_visibility="private", show_progress="hidden")
            for event in (box.submit, ask.click)
        ]  # fmt: skip
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        stop.click(None, cancels=answers, api_visibility="private")
        for event in (fresh.click, chat.clear):  # what was asked stays in the list
            event(lambda: ([], None, None), None, [chat, current, chats], **private)
        chats.input(open_conversation, chats, [chat, current], **private)
        search.change(search_list, [search, current], chats, **private)
        renamed.click(rename, [title, current, search], [title, chats], **private)
        removed.click(lambda: gr.update(visible=True), None, sure, **private)
        no.click(lambda: gr.update(visible=False), None, sure, **private)
        yes.click(delete, [current, search], [chat, current, chats, sure], **private)
        current.change(_whole, current, whole, **private)
        page.load(start, None, [panel, box, chat, current, chats], api_visibility="private")
    page.queue(default_concurrency_limit=CONCURRENT_ANSWERS)
    return page


def _owner(request: gr.Request) -> str:
    return owner_of(request.username, dict(request.request.cookies) if request.request else {})


def _whole(conversation: str | None) -> str:
    """Where the whole conversation is had as a file."""
    if conversation is None:
        return ""
    kinds: tuple[tuple[str, Kind], ...] = (("Word", "docx"), ("Markdown", "md"), ("文本", "txt"))
    links = " · ".join(
        f'<a href="{escape(export_address(conversation, kind))}" download>{name}</a>'
        for name, kind in kinds
    )
    return f'<p class="jb-tools">导出整个对话：{links}</p>'


def _static(name: str) -> str:
    return files("ui").joinpath("static", name).read_text("utf-8")
