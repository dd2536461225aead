"""The chat page: questions at the left, sources at the right, conversations in a drawer."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import gradio as gr
from langchain_core.runnables import Runnable

from corpus.errors import CallError
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import MAX_QUESTION_CHARS
from ui.page.chat_list import ChatList
from ui.page.library_tab import choices, library_tab
from ui.page.opinion_form import opinion_form
from ui.page.talk import Bounds, Messages, Talk
from ui.page.visitor import PRIVATE, owner
from ui.server.admission import QUESTIONS
from ui.server.endpoints import add_endpoints
from ui.server.exports import whole_html
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store
from ui.views.page_words import both, label
from ui.views.source_view import source_html, welcome_html

TITLE = "简报问答"
EXAMPLES = (
    "三门峡建成了多少个老年助餐场所？",
    "安阳的联动监督工作指南包含哪些内容？",
    "吕梁建了多少个农村老年人日间照料中心？",
    "三门峡60岁以上人口有多少？",
    "鹤壁和安阳各有多少个调研重点？",
    "郑州建了多少个老年助餐点？",
)
# Answers that are made at a time. To pick them from the source keeps Python's one lock busy: with 8
# at once 20 people got theirs in 2.4 s (p95), with 2 in 1.4. Waiting for a chat model leaves the
# lock free.
ANSWERS_AT_ONCE, MODEL_ANSWERS_AT_ONCE = 2, 8
OTHERS_AT_ONCE = 8  # of each other event of the page, all of them short

# Open pages and calls of programs that the server remembers, 0.15 MiB each; an older page loses
# nothing, for what it shows is held by the browser.
MAX_SESSIONS = 500

SCRIPTS = ("source.js", "answer.js")
# /?q=… has filled the box; what is asked has an address of its own soon, so a reload does not ask
# again.
_ASK_ADDRESS = """() => {
    if (new URLSearchParams(location.search).get("q")) document.querySelector("#jb-ask").click()
}"""
# The address names the conversation that is open, so that a reload comes back to it.
_REMEMBER = """id => history.replaceState(
    null, "", id ? `/?conversation=${encodeURIComponent(id)}` : location.href)"""


def build_page(
    library: Library,
    chain: Runnable[Request, Answer],
    store: Store,
    *,
    sign_out: bool = False,
    at_once: int = ANSWERS_AT_ONCE,
) -> gr.Blocks:
    """The page over a library, its answer chain and the store of conversations and feedback;
    `sign_out` where users sign in, `at_once` how many answers are made at a time.
    """
    talk, feedback = Talk(library, chain, Conversations(store)), Feedback(store)

    def open_source(address: str) -> str:
        return source_html(library, address)

    def places() -> list[str]:
        """The places that the bulletins are about."""
        return list(dict.fromkeys(p for entry in library.entries() for p in entry.places))

    def menus() -> tuple[Any, ...]:
        """The menus of bulletins and places, when the library has changed."""
        return (gr.update(choices=choices(library), value=[]),
                gr.update(choices=places(), value=[]),
                gr.update(choices=choices(library), value=None))  # fmt: skip

    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True)
    with page:
        # the browser holds which conversation is open: it stays so when the server restarts
        current = gr.Textbox("", visible="hidden", elem_id="jb-current")
        leave = f' <a href="/logout">{both("退出登录")}</a>' if sign_out else ""
        about = both("依据简报原文回答，每句注明出处；资料中没有的，直说没有。")
        gr.HTML(f"<h1>{TITLE}</h1><p>{about}{leave}</p>", elem_id="jb-head")
        with gr.Row(elem_id="jb-main"):
            with gr.Column(scale=5, min_width=320), gr.Tabs():
                with gr.Tab(label("提问"), elem_id="jb-asking"):
                    chat = gr.Chatbot(
                        elem_id="jb-talk", show_label=False, height="calc(100vh - 400px)",
                        latex_delimiters=[], buttons=[], feedback_options=("Like", "Dislike"),
                        layout="bubble",
                        placeholder=str(label("请就简报内容提问")),
                    )  # fmt: skip
                    with gr.Row():
                        box = gr.Textbox(
                            elem_id="jb-question", label=label("提问"), show_label=False, scale=8,
                            autofocus=True,
                            placeholder=label("例如：三门峡建成了多少个老年助餐场所？"),
                            max_length=MAX_QUESTION_CHARS, min_width=160,
                        )  # fmt: skip
                        ask = gr.Button(
                            label("提问"), elem_id="jb-ask", variant="primary", min_width=70
                        )
                        stop = gr.Button(label("停止"), elem_id="jb-stop", min_width=60)
                    rightly = opinion_form(library, feedback, current, chat)
                    whole = gr.HTML("", elem_id="jb-whole")
                    with gr.Accordion(label("限定范围"), open=False, elem_id="jb-bounds"):
                        of_bulletins = gr.Dropdown(
                            choices(library), multiselect=True, label=label("只问这些简报"),
                            elem_id="jb-of-bulletins",
                        )  # fmt: skip
                        of_places = gr.Dropdown(
                            places(),
                            multiselect=True,
                            label=label("只问这些地方"),
                            elem_id="jb-of-places",
                        )
                        with gr.Row():
                            since = gr.Textbox(
                                "", label=label("从（如 2024 或 2024-06）"), max_length=10,
                                elem_id="jb-since",
                            )  # fmt: skip
                            until = gr.Textbox(
                                "", label=label("到"), max_length=10, elem_id="jb-until"
                            )
                    gr.Examples(
                        [[one] for one in EXAMPLES], inputs=[box], label=label("试试这些问题")
                    )
                with gr.Tab(label("资料库"), elem_id="jb-shelf"):
                    library_tab(library, menus, [of_bulletins, of_places, rightly])
            with gr.Column(scale=6, min_width=320):
                panel = gr.HTML(
                    welcome_html(), elem_id="jb-panel", server_functions=[open_source],
                    js_on_load="\n".join(
                        files("ui").joinpath("static", name).read_text("utf-8") for name in SCRIPTS
                    ),
                )  # fmt: skip
        chats = ChatList(talk, current, chat)

        def answer(
            question: str,
            messages: Messages,
            conversation: str,
            search: str,
            bulletins: list[str],
            about: list[str],
            first: str,
            last: str,
            request: gr.Request,
        ) -> Iterator[tuple[Any, ...]]:
            """Stream the answer to a question: box, conversation, its id, the list."""
            if not question.strip():
                yield "", messages, conversation, gr.skip()
                return
            bounds = Bounds(bulletins, about, first, last)
            for shown in talk.asked(owner(request), conversation or None, question, bounds):
                conversation = shown.conversation or ""
                yield shown.box, shown.messages, conversation, gr.skip()
            listed = chats.listed(owner(request), search, conversation)
            yield gr.skip(), gr.skip(), conversation, listed

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
            panel = source_html(library, f"/?{query}") if "bulletin" in query else gr.skip()
            opened = (shown.messages, shown.conversation) if shown else (gr.skip(), gr.skip())
            return panel, query.get("q") or gr.skip(), *opened, listed

        add_endpoints(library, chain, at_once)
        asked = [box, chat, current, chats.search, of_bulletins, of_places, since, until]
        answers: list[Any] = [
            event(
                answer,
                asked,
                [box, chat, current, chats.menu],
                concurrency_id=QUESTIONS,
                concurrency_limit=at_once,
                **PRIVATE,
            )
            for event in (box.submit, ask.click)
        ]
        stop.click(None, cancels=answers, api_visibility="private")
        current.change(whole_html, current, whole, **PRIVATE)
        current.change(None, current, None, js=_REMEMBER, api_visibility="private")
        started = page.load(
            start, None, [panel, box, chat, current, chats.menu], api_visibility="private"
        )
        started.then(None, None, None, js=_ASK_ADDRESS, api_visibility="private")
    # Without the queue (api_open) nobody would count who asks how much.
    page.queue(default_concurrency_limit=OTHERS_AT_ONCE, api_open=False)
    page._queue.ANALYTICS_MAX_EVENTS = 1  # or a table of 10,000 events is made anew at each: 11 ms
    page.state_session_capacity = MAX_SESSIONS
    return page
