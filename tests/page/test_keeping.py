"""Conversations that last, and what is taken along of them."""

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from ports import free_port

from page.window import (
    BOX,
    POINTS,
    QUESTION,
    THUMB_DOWN,
    THUMB_UP,
    ask,
    begin_anew,
    conversations_listed,
    ready,
    served,
)
from ui.store.feedback import Feedback
from ui.store.page_database import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_conversation_is_there_after_a_reload(page: "Page", address: str) -> None:
    """It stands in the list under its first question, and opens with its citations."""
    page.context.clear_cookies()
    page.goto(address)
    ask(page, POINTS)
    ask(page, "那漯河呢？")
    page.goto(address)
    ready(page)
    assert page.locator(".jb-turn").count() == 0
    assert conversations_listed(page) == [POINTS]
    page.locator("#jb-chats a").first.click()
    page.wait_for_function("document.querySelectorAll('.jb-turn').length === 2")
    page.locator("a.jb-mark").first.click()
    page.wait_for_selector(".jb-cited mark")
    assert "155个" in ask(page, "那漯河呢？")  # and goes on where it was


def test_another_browser_sees_none_of_it(page: "Page", address: str) -> None:
    """Neither in its list nor by the address of a file."""
    ask(page, QUESTION)
    file = page.locator("a.jb-tool").last.get_attribute("href")
    assert file
    open_one = page.url
    browser = page.context.browser
    assert browser
    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(address)
    ready(other)
    assert conversations_listed(other) == []
    assert other.request.get(f"{address}{file}").status == 404
    assert page.request.get(f"{address}{file}").status == 200
    other.goto(open_one)
    ready(other)
    assert other.locator(".jb-turn").count() == 0
    other.context.close()


def test_a_conversation_is_renamed_and_deleted(page: "Page", address: str) -> None:
    """Deleting asks once more; the search finds by what was answered."""
    page.context.clear_cookies()
    page.goto(address)
    ask(page, QUESTION)
    assert conversations_listed(page) == [QUESTION]
    page.hover("#jb-chats .jb-chat")
    page.click("#jb-chats .jb-rename")
    page.fill("#jb-chats .jb-renaming", "助餐数字")
    page.press("#jb-chats .jb-renaming", "Enter")
    page.wait_for_function("document.querySelector('#jb-chats').innerText.includes('助餐数字')")
    page.fill("#jb-search textarea, #jb-search input", "没有这样的话")
    page.wait_for_function("document.querySelectorAll('#jb-chats .jb-chat').length === 0")
    page.fill("#jb-search textarea, #jb-search input", "180个")
    page.wait_for_function("document.querySelectorAll('#jb-chats .jb-chat').length === 1")
    page.hover("#jb-chats .jb-chat")
    page.click("#jb-chats .jb-delete")
    page.click("#jb-chats .jb-yes")
    page.wait_for_function("document.querySelectorAll('#jb-chats .jb-chat').length === 0")
    page.wait_for_selector(".jb-welcome")
    assert page.locator(".jb-turn").count() == 0


def test_back_goes_through_conversations(page: "Page", address: str) -> None:
    """From the second to the first to the empty start, and does not leave the page."""
    page.goto(address)
    ready(page)
    ask(page, QUESTION)
    begin_anew(page)
    ask(page, "吕梁建了多少个农村老年人日间照料中心")
    page.go_back()
    page.wait_for_selector(".jb-welcome")
    page.go_back()
    page.wait_for_selector(".jb-question >> text=三门峡")
    assert "conversation=" in page.url


def test_an_answer_is_copied_with_its_sources(page: "Page") -> None:
    """复制 puts the plain text of this answer on the clipboard, 〔1〕 and the source below."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.locator("a.jb-tool", has_text="复制").last.click()
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "180个〔1〕" in copied
    assert "〔1〕《三门峡：在助推养老服务发展中彰显人大力量》第9段" in copied


def test_a_conversation_is_saved_as_word(page: "Page") -> None:
    """The link below gives a file that Word opens."""
    ask(page, QUESTION)
    page.wait_for_selector("#jb-whole a")
    with page.expect_download() as download:
        page.locator("#jb-whole a", has_text="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert zipfile.is_zipfile(download.value.path())


def test_a_thumb_down_may_say_which_paragraph_is_right(page: "Page", home_of_page: Path) -> None:
    """The form opens, and what it says is kept with the answer."""
    ask(page, QUESTION)
    page.locator(THUMB_DOWN).last.click()
    page.fill("#jb-reason textarea", "应看第九段")
    page.click("#jb-right-bulletin input")
    page.get_by_role("option").first.click()
    page.fill("#jb-right-paragraph input, #jb-right-paragraph textarea", "第九段")
    page.click("#jb-send-opinion")
    page.wait_for_selector("text=请填段落的数字")
    assert page.input_value("#jb-reason textarea") == "应看第九段"
    page.fill("#jb-right-paragraph input, #jb-right-paragraph textarea", "9")
    page.click("#jb-send-opinion")
    page.wait_for_selector("#jb-opinion", state="hidden")
    opinions = list(Feedback(Store(home_of_page / "conversations.sqlite")).opinions())
    assert opinions[-1].reason == "应看第九段"
    assert opinions[-1].right
    assert opinions[-1].right[1] == 9


def test_a_thumb_down_may_say_why_alone(page: "Page", home_of_page: Path) -> None:
    """Without a paragraph the comment is kept; a thumb up afterwards takes its place."""
    ask(page, QUESTION)
    page.locator(THUMB_DOWN).last.click()
    page.fill("#jb-reason textarea", "太长")
    page.click("#jb-send-opinion")
    page.wait_for_selector("#jb-opinion", state="hidden")
    store = Feedback(Store(home_of_page / "conversations.sqlite"))
    for _ in range(50):  # the form goes before the server has answered
        if (last := [one.reason for one in store.opinions()][-1]) == "太长":
            break
        page.wait_for_timeout(100)
    assert last == "太长"
    page.locator(THUMB_UP).last.click()
    page.wait_for_selector("text=谢谢，已记下")
    page.wait_for_timeout(500)
    assert [one.good for one in store.opinions()][-1]
    page.reload()
    page.wait_for_selector(f"{THUMB_UP}[aria-pressed=true]")


def test_an_opinion_begun_ends_with_its_conversation(page: "Page") -> None:
    """Another conversation is not judged in its form, which has the focus and is left by Esc."""
    ask(page, QUESTION)
    page.locator(THUMB_DOWN).last.click()
    page.fill("#jb-reason textarea", "应看第九段")
    begin_anew(page)
    page.wait_for_selector("#jb-opinion", state="hidden")
    ask(page, QUESTION)
    page.locator(THUMB_DOWN).last.click()
    page.wait_for_selector("#jb-opinion", state="visible")
    assert page.input_value("#jb-reason textarea") == ""
    page.wait_for_function("document.activeElement.matches('#jb-reason textarea')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#jb-opinion", state="hidden")


def test_two_tabs_keep_two_conversations(page: "Page", address: str) -> None:
    """Each tab goes on with its own, and both stand in the list."""
    page.context.clear_cookies()
    page.goto(address)
    ready(page)
    ask(page, POINTS)
    other = page.context.new_page()
    other.goto(address)
    ready(other)
    ask(other, "吕梁建了多少个农村老年人日间照料中心")
    assert "155个" in ask(page, "那漯河呢？")
    assert "已理解为" not in page.locator(".jb-answer").first.inner_text()
    page.reload()
    page.wait_for_function("document.querySelectorAll('.jb-turn').length === 2")
    assert len(conversations_listed(page)) == 2
    other.close()


def test_an_open_page_outlives_its_server(page: "Page", tmp_path: Path) -> None:
    """After a restart the page goes on where it was, and its conversation is whole."""
    port = free_port()
    with served(tmp_path, port) as url:
        page.goto(url)
        ready(page)
        ask(page, POINTS)
        page.wait_for_selector(".jb-further")  # the last that comes of an answer
    with served(tmp_path, port) as url:
        page.wait_for_timeout(3000)  # Gradio looks whether its server is back
        page.wait_for_selector("#jb-question textarea")
        page.wait_for_selector(".jb-answer")
        assert "155个" in ask(page, "那漯河呢？")
        page.reload()
        page.wait_for_function("document.querySelectorAll('.jb-turn').length === 2")


def test_an_answer_is_copied_where_a_browser_keeps_its_clipboard(page: "Page") -> None:
    """Over http in an office's network it has none for scripts: what was copied can be pasted."""
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    ask(page, QUESTION)
    page.locator("a.jb-tool", has_text="复制").last.click()
    page.wait_for_selector("text=已复制")
    page.focus(BOX)
    page.keyboard.press("Control+V")
    page.wait_for_function(f"document.querySelector('{BOX}').value.includes('180个〔1〕')")
    page.fill(BOX, "")


def test_a_conversation_is_printed_whole(page: "Page") -> None:
    """However little of it a window shows: questions and answers alone, none of them cut off."""
    page.set_viewport_size({"width": 1280, "height": 400})
    ask(page, QUESTION)
    ask(page, "鹤壁的简报主要讲了什么")
    page.emulate_media(media="print")
    cut = """[...document.querySelectorAll('#jb-main, #jb-middle, #jb-scroll')]
        .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.id)"""
    assert page.evaluate(cut) == []
    assert page.evaluate("document.body.scrollHeight") > 400
    for place in ("#jb-side", "#jb-composer", ".jb-actions", "#jb-library"):
        assert not page.locator(place).first.is_visible()
