"""A page that turns to another conversation while an answer is being made."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import pytest
from doubles import WordReader, library_of, word_chain
from llm_server import Script, llm_server
from web_server import served

from page.window import BOX, ask, begin_anew, ready
from page.window import library_of as shelf_of
from rag.settings import read_settings
from rag.writing.chat_model import chat_model
from ui.page import viewers
from ui.page.chat_page import build_page
from ui.page.viewers import Viewers, ViewTurn
from ui.server.server import application
from ui.store.conversations import Conversations
from ui.store.page_database import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

FACT = "全市建成老年食堂52个，惠及老人3万人。"
QUESTION, OTHER = "开封市建成了多少个老年食堂", "开封市的老年食堂惠及多少老人"
FIRST, SECOND = "开封市建成老年食堂52个[1]。", "惠及老人3万人[1]。"
OVERTAKING = 0.5  # seconds in which what is asked for later could come before what is on its way


@dataclass(frozen=True, slots=True)
class Tab:
    """A window of the page, the script of its chat model, and the page as its server has it."""

    page: "Page"
    script: Script
    blocks: gr.Blocks


@pytest.fixture
def tab(window: "Page", tmp_path: Path) -> Iterator[Tab]:
    """A small library, asked through a chat model that says its first sentence and then waits."""
    with (
        library_of(
            tmp_path, kaifeng=("开封市", "全市建成老年食堂52个，惠及老人3万人。")
        ) as library,
        llm_server() as (base, script),
    ):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": base})
        store = Store(tmp_path / "conversations.sqlite")
        chain = word_chain(library, chat_model(settings))
        blocks = build_page(library, chain, store, at_once=8, reader=WordReader())
        script.pieces = [*FIRST, *SECOND]
        with served(application(blocks, Conversations(store))) as url:
            window.set_viewport_size({"width": 1440, "height": 900})
            window.goto(url)
            ready(window)
            yield Tab(window, script, blocks)
            script.release()


def begin(tab: Tab) -> None:
    """Ask, and wait until the first sentence is there and the second is still to be written."""
    tab.script.holds = len(FIRST) + 3
    tab.page.fill(BOX, QUESTION)
    tab.page.press(BOX, "Enter")
    tab.page.wait_for_selector(".jb-running .jb-answer >> text=52个")


def settled(page: "Page") -> None:
    """Wait until all is there that was sent to the page: it hears of one thing after the other."""
    page.fill("#jb-search :is(input, textarea)", "没有这样的对话")
    page.wait_for_selector("#jb-chats >> text=没有找到")
    page.fill("#jb-search :is(input, textarea)", "")
    page.wait_for_selector("#jb-chats .jb-chat")


def test_an_answer_on_its_way_does_not_come_back_behind_a_new_conversation(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a step of it takes to the page: the page is blank, and the answer whole where it
    was asked.
    """
    turned, on_its_way = threading.Event(), threading.Event()
    send, turn = tab.blocks.postprocess_data, Viewers.turn

    async def slowly(fn: Any, predictions: Any, state: Any) -> Any:
        if any("惠及" in str(one) for one in predictions) and not on_its_way.is_set():
            on_its_way.set()
            while not turned.is_set():
                await asyncio.sleep(0.05)
            await asyncio.sleep(OVERTAKING)
        return await send(fn, predictions, state)

    def turning(own: Viewers, session: str | None, *, blank: bool = False) -> ViewTurn:
        turned.set()
        return turn(own, session, blank=blank)

    page = tab.page
    begin(tab)
    monkeypatch.setattr(viewers, "HAND_OVER_SECONDS", 60.0)
    monkeypatch.setattr(tab.blocks, "postprocess_data", slowly)
    monkeypatch.setattr(Viewers, "turn", turning)
    tab.script.release()
    assert on_its_way.wait(60)
    begin_anew(page)
    settled(page)
    assert page.locator(".jb-turn").count() == 0
    assert page.locator(".jb-welcome").is_visible()
    assert "conversation=" not in page.url
    page.locator("#jb-chats .jb-chat a").first.click()
    page.wait_for_selector("#jb-now .jb-chip")
    assert "惠及老人3万人" in page.inner_text("#jb-now")


def test_another_conversation_opens_while_one_is_being_answered(tab: Tab) -> None:
    """Also from one that was left and opened again; what is left goes on, and is whole later."""
    page = tab.page
    ask(page, OTHER)
    begin_anew(page)
    begin(tab)
    listed = {
        name: page.locator("#jb-chats .jb-chat a", has_text=name) for name in (QUESTION, OTHER)
    }
    for _ in range(2):
        listed[OTHER].click()
        page.wait_for_selector(f"#jb-now:not(:has(.jb-running)) .jb-question >> text={OTHER}")
        assert page.locator(".jb-turn").count() == 1
        listed[QUESTION].click()
        page.wait_for_selector(f"#jb-now .jb-running .jb-question >> text={QUESTION}")
        assert page.locator(".jb-turn").count() == 1
    begin_anew(page)
    tab.script.release()
    settled(page)
    assert page.locator(".jb-turn").count() == 0
    listed[QUESTION].click()
    page.wait_for_selector("#jb-now .jb-chip")
    assert "惠及老人3万人" in page.inner_text("#jb-now")


def test_a_conversation_that_is_gone_leaves_the_answer_under_way(tab: Tab) -> None:
    """It was deleted in another window; whoever clicks on it is told, and goes on reading."""
    page = tab.page
    ask(page, OTHER)
    begin_anew(page)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    begin(tab)
    gone = other.locator("#jb-chats .jb-chat", has_text=OTHER)
    gone.hover()
    gone.locator(".jb-delete").click()
    gone.locator(".jb-yes").click()
    gone.wait_for(state="detached")
    other.close()
    page.locator("#jb-chats .jb-chat a", has_text=OTHER).click()
    page.wait_for_selector("[data-testid=toast-body]")
    tab.script.release()
    page.wait_for_selector("#jb-now .jb-chip")
    assert "惠及老人3万人" in page.inner_text("#jb-now")


def test_from_the_library_a_conversation_opens_in_sight(tab: Tab) -> None:
    """Who chooses one there, begins one, or presses / is led to the questions."""
    page = tab.page
    ask(page, OTHER)
    begins = (
        lambda: page.locator("#jb-chats .jb-chat a").first.click(),
        lambda: page.click("#jb-new"),
        lambda: page.keyboard.press("/"),
    )
    for begin_there in begins:
        shelf_of(page)
        begin_there()
        page.wait_for_selector("#jb-now", state="visible")
    page.wait_for_function("document.activeElement.matches('#jb-question textarea')")
