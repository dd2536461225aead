"""The chat page: questions at the left, sources at the right, conversations in a drawer."""

from functools import partial

import gradio as gr
from langchain_core.runnables import Runnable

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.reading.reader import Reader
from ui.page.asking_tab import asking_tab, new_menus
from ui.page.chat_list import ChatList
from ui.page.library_tab import library_tab
from ui.page.page_address import follow_address
from ui.page.question_events import answer_questions
from ui.page.source_panel import source_panel
from ui.page.talk import Talk
from ui.server.endpoints import add_endpoints
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store
from ui.views.page_words import both, label

TITLE = "简报问答"
# Answers that are made at a time. To pick them from the source keeps Python's one lock busy: with 8
# at once 20 people got theirs in 2.4 s (p95), with 2 in 1.4. Waiting for a chat model leaves the
# lock free.
ANSWERS_AT_ONCE, MODEL_ANSWERS_AT_ONCE = 2, 8
OTHERS_AT_ONCE = 8  # of each other event of the page, all of them short

# Open pages and calls of programs that the server remembers, 0.15 MiB each; an older page loses
# nothing, for what it shows is held by the browser.
MAX_OPEN_PAGES = 500


def build_page(
    library: Library,
    chain: Runnable[Request, Answer],
    store: Store,
    *,
    sign_out: bool = False,
    at_once: int = ANSWERS_AT_ONCE,
    reader: Reader | None = None,
) -> gr.Blocks:
    """The page over a library, its answer chain and the store of conversations and feedback;
    `sign_out` where users sign in, `at_once` how many answers are made at a time, `reader` what the
    chain reads with.
    """
    talk = Talk(library, chain, Conversations(store), reader)
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True)
    with page:
        # the browser holds which conversation is open: it stays so when the server restarts
        current = gr.Textbox("", visible="hidden", elem_id="jb-current")
        gr.HTML(_head(sign_out), elem_id="jb-head")
        with gr.Row(elem_id="jb-main"):
            with gr.Column(scale=5, min_width=320), gr.Tabs():
                with gr.Tab(label("提问"), elem_id="jb-asking"):
                    tab = asking_tab(library, Feedback(store), current)
                with gr.Tab(label("资料库"), elem_id="jb-shelf"):
                    library_tab(library, partial(new_menus, library), tab.menus)
            with gr.Column(scale=6, min_width=320):
                panel = source_panel(library)
        chats = ChatList(talk, current, tab.chat)
        add_endpoints(library, chain, at_once, reader)
        answer_questions(talk, tab, chats, current, at_once)
        follow_address(page, library, talk, current=current, tab=tab, chats=chats, panel=panel)
    # Without the queue (api_open) nobody would count who asks how much.
    page.queue(default_concurrency_limit=OTHERS_AT_ONCE, api_open=False)
    page._queue.ANALYTICS_MAX_EVENTS = 1  # or a table of 10,000 events is made anew at each: 11 ms
    page.state_session_capacity = MAX_OPEN_PAGES
    return page


def _head(sign_out: bool) -> str:
    about = both("依据简报原文回答，每句注明出处；资料中没有的，直说没有。")
    leave = f' <a href="/logout">{both("退出登录")}</a>' if sign_out else ""
    return f"<h1>{TITLE}</h1><p>{about}{leave}</p>"
