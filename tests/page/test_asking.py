"""Ask, and read the answer."""

from datetime import date
from typing import TYPE_CHECKING

from llm_server import Script

from page.window import (
    BOX,
    QUESTION,
    ask,
    begin_anew,
    conversations_listed,
    limit_since,
    ready,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


# A sentence of a chat model that the source bears out.
SAYS = "三门峡全市建成并投入使用老年助餐场所180个"


def test_a_question_is_answered_with_a_marker(page: "Page") -> None:
    """The answer holds the figure, a marker, and its source in words."""
    text = ask(page, QUESTION)
    assert "180个" in text
    assert "[1]" in text
    assert "《三门峡：在助推养老服务发展中彰显人大力量》第9段" in text


def test_a_follow_up_says_how_it_was_understood(page: "Page") -> None:
    """那漯河呢 after a question is completed, and the page shows the completion."""
    ask(page, "三门峡有多少个老年助餐服务点位")
    text = ask(page, "那漯河呢？")
    assert "已理解为：漯河有多少个老年助餐服务点位" in text
    assert "155个" in text


def test_what_was_understood_can_be_asked_anew(page: "Page") -> None:
    """修改后再问 puts the completed question into the box, to be changed and sent."""
    ask(page, QUESTION)
    ask(page, "那漯河呢？")
    page.locator("a.jb-again").last.click()
    assert page.input_value(BOX) == "漯河建成了多少个老年助餐场所"
    page.press(BOX, "Enter")
    page.wait_for_function("document.querySelectorAll('.jb-turn').length === 3")


def test_an_english_question_is_told_the_language_of_its_quotes(page: "Page") -> None:
    """The Chinese sentence stands as it is, and the card says so in English."""
    text = ask(page, "How many dining points for the elderly has Sanmenxia built?")
    assert "180个" in text
    assert "原文为中文，按原文引用" in text


def test_what_the_bulletins_do_not_say_is_refused(page: "Page") -> None:
    """A place that is not covered gets a plain no."""
    assert "资料中没有关于郑州市的内容" in ask(page, "郑州建了多少个老年助餐点")


def test_a_new_conversation_begins_with_nothing(page: "Page") -> None:
    """A follow-up has nothing to lean on, no limit is left, the address names no conversation, and
    an empty question asks nothing.
    """
    ask(page, QUESTION)
    page.click("#jb-bounds > button")
    limit_since(page, "2020", "2020")
    begin_anew(page)
    page.wait_for_function("!location.search")
    page.wait_for_function("!document.querySelector('#jb-limited').innerText.trim()")
    assert "已理解为" not in ask(page, "那漯河呢？")
    page.press(BOX, "Enter")
    page.wait_for_timeout(500)
    assert page.locator(".jb-question").count() == 1


def begins_better(page: "Page") -> None:
    """Load the page until it begins with what was looked for in the background."""
    for _ in range(60):
        if page.locator(".jb-start >> text=/资料库里|in the library/").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
        ready(page)
    raise AssertionError("no better questions were found")


def test_what_is_offered_at_the_start_is_answered(page: "Page") -> None:
    """Of six questions of several kinds each gets an answer with a source."""
    begins_better(page)
    cards = page.locator(".jb-zh .jb-start")
    kinds = {text.split("\n")[0] for text in cards.all_inner_texts()}
    questions = [text.split("\n")[1] for text in cards.all_inner_texts()]
    assert len(questions) == 6
    assert len(kinds) >= 3
    for question in questions:
        told = ask(page, question)
        assert page.locator("#jb-now .jb-chip").count() >= 1, f"{question} {told}"
        begin_anew(page)


def test_the_start_says_what_the_library_holds(page: "Page") -> None:
    """How many bulletins, of which places and of when."""
    held = page.inner_text(".jb-held")
    assert "资料库有5份简报" in held
    assert "2025-11" in held
    assert "吕梁市" in held


def test_a_page_greets_before_its_server_has_said_more(page: "Page", address: str) -> None:
    """What this is stands there at once; where the address names a conversation, nothing flashes up
    before it.
    """

    def unanswered(route: "Route") -> None:
        """What the page asks of its server waits."""

    page.route("**/queue/join*", unanswered)
    page.goto(address)
    page.wait_for_selector(".jb-welcome >> text=请就简报内容提问")
    assert page.locator(".jb-held").count() == 0
    page.goto(f"{address}/?conversation=0")
    page.wait_for_selector("#jb-main.jb-ready")
    page.wait_for_selector(".jb-welcome", state="hidden")
    page.unroute("**/queue/join*")
    page.goto(address)
    page.wait_for_selector(".jb-held")


def test_a_question_can_be_limited_to_a_place(page: "Page") -> None:
    """With 漯河 chosen the figure of 三门峡 is not found."""
    page.click("#jb-bounds > button")
    page.click("#jb-of-places input")
    page.get_by_role("option", name="漯河市").click()
    page.keyboard.press("Escape")
    text = ask(page, "建成或选定了多少个老年助餐点位")
    assert "155个" in text
    assert "180" not in text


def test_the_page_asks_no_other_host_and_logs_no_error(page: "Page", address: str) -> None:
    """Loading, asking and opening a source stay on this machine."""
    browser = page.context.browser
    assert browser
    fresh = browser.new_page(locale="zh-CN")
    foreign: list[str] = []
    errors: list[str] = []
    fresh.on("request", lambda request: foreign.append(request.url))
    fresh.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    fresh.goto(address)
    ready(fresh)
    ask(fresh, QUESTION)
    fresh.click("p a.jb-cite")
    fresh.wait_for_selector(".jb-cited mark")
    assert [url for url in foreign if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []
    fresh.close()


def test_an_address_asks(page: "Page", address: str) -> None:
    """/?q=… is answered without a click, once: a reload comes back to the same conversation."""
    page.goto(f"{address}/?q={QUESTION}")
    page.wait_for_selector(".jb-further")
    assert "180个" in page.inner_text(".jb-answer")
    page.wait_for_function("location.search.includes('conversation=')")
    page.reload()
    page.wait_for_selector(".jb-answer")
    page.wait_for_timeout(1000)
    assert page.locator(".jb-turn").count() == 1


def test_the_page_speaks_the_language_of_the_browser(page: "Page", address: str) -> None:
    """An English browser reads English around the Chinese quote, a Chinese one no English."""
    browser = page.context.browser
    assert browser
    english = browser.new_context(locale="en-GB").new_page()
    english.goto(address)
    ready(english)
    begins_better(english)
    words = english.inner_text("#jb-now")
    assert "Which bulletins are in the library?" in words
    assert not set("，。；：？") & set(words.replace("、", ""))
    placeholder = english.get_attribute(BOX, "placeholder") or ""
    assert placeholder.isascii()
    ask(english, QUESTION)
    words = english.inner_text("body")
    for here in ("Every sentence cited", "Ask", "Library", "each with its source",
                 "Searched: all 5 bulletins", "Export the conversation", "180个"):  # fmt: skip
        assert here in words
    assert "查阅范围" not in words
    english.context.close()
    ask(page, QUESTION)
    assert "Searched" not in page.inner_text("body")


def test_an_answer_says_what_was_searched(page: "Page") -> None:
    """All bulletins, or those that the bounds leave, with the bounds."""
    assert "查阅范围：全部5份简报" in ask(page, QUESTION)
    page.click("#jb-bounds > button")
    limit_since(page, "2025", "4份没有日期，不在其内")
    told = ask(page, "吕梁建了多少个农村老年人日间照料中心")
    assert "查阅范围：1份简报（2025–）" in told
    assert "4份简报没有日期，不在所限时间内" in told


def test_a_period_is_written_as_people_say_it(page: "Page") -> None:
    """去年 and 2024年6月 are dates; what is none is told of in Chinese, before and after asking."""
    page.click("#jb-bounds > button")
    limit_since(page, "去年", f"{date.today().year - 1}–")
    limit_since(page, "2024年6月", "2024-06–")
    limit_since(page, "不久前", "看不懂日期“不久前”")
    page.fill(BOX, QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector("#jb-now >> text=看不懂日期“不久前”")
    assert page.input_value(BOX) == QUESTION


def test_an_answer_leads_on(page: "Page") -> None:
    """A click on a question to go on with asks it, and the library answers."""
    ask(page, QUESTION)
    page.locator("a.jb-next").first.click()
    page.wait_for_function("document.querySelectorAll('.jb-turn').length === 2")
    page.wait_for_selector("#jb-now .jb-chip")
    assert "[1]" in page.locator(".jb-answer").last.inner_text()


def test_a_refusal_leads_to_the_nearest_paragraphs(page: "Page") -> None:
    """Each label opens its paragraph in the source panel, also after a reload."""
    assert "最接近的段落" in ask(page, "漯河有多少个足球场")
    for _ in range(2):
        page.locator("a.jb-near").first.click()
        page.wait_for_selector("#jb-panel .jb-cited")
        page.reload()
        page.wait_for_selector("a.jb-near")


def begin(page: "Page", script: Script) -> None:
    """Ask, and wait until the first sentence of a long answer has come."""
    script.pieces = [f"{SAYS}[1]", *["。"] * 40]
    script.pause = 0.2
    page.fill(BOX, QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".jb-answer >> text=180")


def test_an_answer_of_a_chat_model_can_be_stopped(slow: tuple["Page", Script]) -> None:
    """What has come stays, with its sources; the question box takes the next question."""
    page, script = slow
    begin(page, script)
    page.click("#jb-question .stop-button")
    script.pause = 0
    page.wait_for_selector("#jb-now .jb-chip")
    assert page.locator(".jb-turn").count() == 1
    script.pieces = [f"{SAYS}[1]"]
    assert "180个" in ask(page, QUESTION)


def test_a_slow_answer_shows_question_and_progress_at_once(slow: tuple["Page", Script]) -> None:
    """Before a word has come: the question, the three steps, a button to stop, an address that
    comes back to it. A second question waits in the box, and is told why.
    """
    page, script = slow
    script.pieces, script.waits_aloud = [f"{SAYS}[1]"], True
    page.fill(BOX, QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".jb-running .jb-question")
    # drawn anew at every stage: all three at one moment
    page.wait_for_function(
        "[...document.querySelectorAll('.jb-progress li')].map(li => li.innerText).join() =="
        " '检索,阅读,作答'"
    )
    assert page.locator("#jb-question .stop-button").is_visible()
    assert not page.locator("#jb-question .submit-button").is_visible()
    page.fill(BOX, "那漯河呢？")
    page.press(BOX, "Enter")
    page.wait_for_selector("#jb-waits >> text=上一个问题还在作答")
    assert page.input_value(BOX) == "那漯河呢？"
    page.wait_for_function("location.search.includes('conversation=')")
    page.reload()
    page.wait_for_selector(".jb-running >> text=三门峡")
    script.release()
    page.wait_for_selector("#jb-now .jb-chip", timeout=60_000)
    assert "180个" in page.inner_text("#jb-now")


def test_a_reload_while_the_answer_comes_loses_nothing(slow: tuple["Page", Script]) -> None:
    """The question stands in the list, its answer comes to its end."""
    page, script = slow
    begin(page, script)
    page.reload()
    page.wait_for_selector("#jb-now .jb-turn")
    script.pause = 0
    page.wait_for_selector("#jb-now .jb-chip", timeout=60_000)
    assert QUESTION in conversations_listed(page)


def test_a_sentence_shows_while_the_model_still_writes(slow: tuple["Page", Script]) -> None:
    """The first has passed its check and stands there before the last was sent; stopped in the
    middle, the model's request ends.
    """
    page, script = slow
    script.pieces, script.holds = [f"{SAYS}[1]。", "任务完成率", "100%[1]。"], 2
    page.fill(BOX, QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".jb-running .jb-answer >> text=180", timeout=120_000)
    assert page.locator(".jb-progress .jb-at").inner_text() == "作答"
    assert "100%" not in page.inner_text("#jb-now")
    assert not script.was_left(0)
    page.click("#jb-question .stop-button")
    page.wait_for_selector("#jb-now .jb-chip")
    assert script.was_left()
    assert "100%" not in page.inner_text("#jb-now")


def test_an_answer_is_rewritten_on_request(slow: tuple["Page", Script]) -> None:
    """翻译成英文 after an answer: English sentences with the markers of the bulletin."""
    page, script = slow
    script.pieces = [f"{SAYS}[1]。"]
    ask(page, QUESTION)
    script.pieces = ["Sanmenxia has built 180 dining points for the elderly [1].\n"]
    text = ask(page, "翻译成英文")
    assert "180 dining points for the elderly.[1]" in text
    assert "数字已核对" in text
    assert page.locator("#jb-now .jb-chip").count() == 1


def test_what_was_struck_stands_behind_a_click(slow: tuple["Page", Script]) -> None:
    """The card says that it was corrected; a click shows the sentence with its fault, also after a
    reload, and it is no part of the answer.
    """
    page, script = slow
    script.pieces = [f"{SAYS}[1]。", "漯河没有选定老年助餐服务点位155个[2]。"]
    ask(page, "三门峡和漯河各有多少个老年助餐场所")  # which opens what is shut, to read it all
    for _ in range(2):
        page.reload()
        page.wait_for_selector("#jb-now .jb-struck")
        struck = page.locator("#jb-now .jb-struck")
        assert "已更正：模型所写的1句与所引段落不符" in struck.inner_text()
        assert struck.get_attribute("open") is None
        struck.locator("summary").click()
        assert struck.locator("del").is_visible()
        assert struck.locator("del").inner_text() == "漯河没有选定老年助餐服务点位155个。"
        assert "否定与原文不符" in struck.inner_text()
        assert "没有选定" not in " ".join(page.locator(".jb-answer > p").all_inner_texts())
