"""The chat page: conversations at the left, questions in the middle, the source at the right."""

from collections.abc import Callable
from typing import Any

import gradio as gr
from langchain_core.runnables import Runnable

from index.folder_watch import NOT_WATCHED, WatchStatus
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.reading.reader import Reader
from ui.page.asking_tab import asking_tab
from ui.page.chat_list import ChatList
from ui.page.library_menus import bulletin_menu, place_menu
from ui.page.library_tab import library_tab
from ui.page.library_watch import watch_library
from ui.page.page_address import follow_address
from ui.page.question_events import answer_questions
from ui.page.scripts import script
from ui.page.source_panel import bulletin_at, source_panel
from ui.page.talk import Talk
from ui.page.underway import Underway
from ui.page.viewers import Viewers
from ui.page.visitor import PRIVATE, may, seen
from ui.page.welcome import Welcome
from ui.server.endpoints import add_endpoints
from ui.server.usage_observer import UsageObserver
from ui.store.audit import Recording, Unrecorded
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store
from ui.store.roles import AccessRole
from ui.views.frame_view import head_html, side_foot_html
from ui.views.page_words import label

TITLE = "简报问答"
OFFICE = (AccessRole.EDITOR, AccessRole.ADMIN)  # who reads the statistics, and the records
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
    own_password: bool = False,
    at_once: int = ANSWERS_AT_ONCE,
    reader: Reader | None = None,
    audit: Recording | None = None,
    usage: UsageObserver | None = None,
    watched: Callable[[], WatchStatus] = lambda: NOT_WATCHED,
) -> gr.Blocks:
    """The page over a library, its answer chain and the store of conversations and feedback;
    `sign_out` where users sign in, `own_password` where they may change theirs here, `at_once` how
    many answers are made at a time, `reader` what the chain reads with, `audit` keeps who changes
    the library, `usage` counts what is opened (where the server has pages of both), `watched` tells
    how it stands with the folder that is served.
    """
    talk = Talk(library, chain, Conversations(store), reader, Underway(at_once))
    welcome, viewers = Welcome(library, reader), Viewers()

    def foot(statistics: bool = False, records: bool = False) -> str:
        return side_foot_html(
            sign_out=sign_out, own_password=own_password, statistics=statistics, records=records
        )

    def opened(address: str) -> None:
        if usage is not None and (bulletin := bulletin_at(library, address)):
            usage.opened(bulletin)

    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        # the browser holds which conversation is open: it stays so when the server restarts
        current = gr.Textbox("", visible="hidden", elem_id="jb-current")
        with gr.Row(elem_id="jb-main"):
            with gr.Column(elem_id="jb-side", min_width=0):
                gr.HTML(head_html(TITLE), elem_id="jb-head", apply_default_css=False)
                chats = ChatList(talk, welcome, viewers, current)
                feet = gr.HTML(foot(), elem_id="jb-foot", apply_default_css=False)
            with gr.Column(elem_id="jb-middle", min_width=0), gr.Tabs(elem_id="jb-tabs"):
                with gr.Tab(label("提问"), elem_id="jb-asking"):
                    tab = asking_tab(library, Feedback(store), current)
                with gr.Tab(label("资料库"), elem_id="jb-shelf"):
                    shelf = library_tab(library, watched, audit or Unrecorded())
            with gr.Column(elem_id="jb-right", min_width=0):
                panel = source_panel(library, opened)
        chats.listen(tab)
        add_endpoints(library, chain, at_once, reader)
        answer_questions(talk, tab, chats, current, viewers, at_once)

        def fresh(
            bulletins: list[str], places: list[str], right: str | None, request: gr.Request
        ) -> tuple[Any, ...]:
            own = seen(library, request)
            menu = bulletin_menu(own, [right] if right else [])
            return (
                *shelf.fresh(request),
                bulletin_menu(own, bulletins), place_menu(own, places),
                {**menu, "value": next(iter(menu["value"]), None)},
                foot(*(usage is not None and may(request, role) for role in OFFICE)),
            )  # fmt: skip

        bounds = [tab.limits.bulletins, tab.limits.places]
        watch = watch_library(
            shelf.state, fresh, [*bounds, tab.opinion.bulletin],
            [*shelf.outputs, *bounds, tab.opinion.bulletin, feet],
        )  # fmt: skip
        watch.stale(chats.begun, None, tab.now, **PRIVATE)
        follow_address(page, library, opened, current=current, tab=tab, chats=chats, panel=panel)
        gr.HTML(
            "",
            elem_id="jb-frame",
            visible="hidden",
            js_on_load=script("say.js", "frame.js", "keys.js"),
        )
    # Without the queue (api_open) nobody would count who asks how much.
    page.queue(default_concurrency_limit=OTHERS_AT_ONCE, api_open=False)
    page._queue.ANALYTICS_MAX_EVENTS = 1  # or a table of 10,000 events is made anew at each: 11 ms
    page.state_session_capacity = MAX_OPEN_PAGES
    return page
