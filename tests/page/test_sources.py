"""Markers, and the source beside the answer."""

from typing import TYPE_CHECKING

from page.window import QUESTION, ask, put, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_click_on_a_marker_shows_the_paragraph(page: "Page") -> None:
    """The panel opens the bulletin, highlights paragraph 9 and marks the sentence, in view."""
    ask(page, QUESTION)
    page.click("a.jb-mark")
    page.wait_for_selector(".jb-cited mark")
    assert page.inner_text(".jb-cited .jb-number") == "9"
    assert "180个" in page.inner_text(".jb-cited mark")
    page.wait_for_timeout(300)
    panel, mark = page.locator("#jb-panel").bounding_box(), page.locator("mark").bounding_box()
    assert panel
    assert mark
    assert panel["y"] <= mark["y"] <= panel["y"] + panel["height"]


def test_an_address_opens_its_source(page: "Page", address: str) -> None:
    """/?bulletin=ID&paragraph=N shows that paragraph highlighted."""
    page.goto(f"{address}/?bulletin=henan-047-hebi&paragraph=3")
    page.wait_for_selector(".jb-cited")
    assert page.inner_text(".jb-cited .jb-number") == "3"


def test_the_citations_of_an_answer_follow_one_another(page: "Page") -> None:
    """下一处 goes from the first place of a comparison to the second, and 上一处 back."""
    ask(page, "三门峡和漯河的助餐点各有多少")
    page.locator("td a.jb-mark").first.click()
    page.wait_for_selector(".jb-cited mark")
    assert "180个" in page.inner_text(".jb-cited mark")
    page.click("#jb-after")
    page.wait_for_function("document.querySelector('.jb-cited mark').innerText.includes('155个')")
    assert page.inner_text("#jb-bar span") == "[2] 2 / 2"
    assert page.locator("a.jb-mark.jb-on").all_inner_texts() == ["[2]"]
    assert page.locator("#jb-after").is_disabled()
    page.click("#jb-before")
    page.wait_for_function("document.querySelector('.jb-cited mark').innerText.includes('180个')")


def test_the_text_as_printed_is_one_click_away(page: "Page") -> None:
    """The file's own full-width digits stand behind 原件文字."""
    ask(page, QUESTION)
    page.click("a.jb-mark")
    page.click(".jb-printed summary")
    assert "１８０个" in page.inner_text(".jb-printed")


def test_the_title_stays_above_the_text(page: "Page") -> None:
    """However far the text is scrolled: title, date, paragraph."""
    ask(page, QUESTION)
    page.click("a.jb-mark")
    page.wait_for_selector(".jb-cited mark")
    page.evaluate("document.querySelector('#jb-panel').scrollTop = 1e6")
    page.wait_for_timeout(300)
    head, panel = (page.locator(x).bounding_box() for x in (".jb-source-head", "#jb-panel"))
    assert head
    assert panel
    assert abs(head["y"] - panel["y"]) < 2
    assert "三门峡：在助推养老服务发展中彰显人大力量" in page.inner_text(".jb-source-head")
    assert "第9段" in page.inner_text(".jb-source-head")


def test_a_long_answer_begins_in_sight(page: "Page") -> None:
    """The question stands at the top of the conversation, not the end of the answer at its end."""
    page.set_viewport_size({"width": 1280, "height": 500})
    put(page, QUESTION)
    put(page, "鹤壁的简报主要讲了什么")
    asked = page.locator("#jb-now .jb-question").bounding_box()
    column = page.locator("#jb-scroll").bounding_box()
    assert asked
    assert column
    assert column["y"] - 1 <= asked["y"] < column["y"] + 60


def test_paragraphs_are_listed_once(page: "Page") -> None:
    """Two sentences of one paragraph make one chip, which opens the first of them."""
    ask(page, "安阳的联动监督工作指南包含哪些内容")
    chips = page.locator("#jb-now .jb-chip")
    assert len({chip.split(maxsplit=1)[1] for chip in chips.all_inner_texts()}) == chips.count()
    chips.first.click()
    page.wait_for_selector(".jb-cited mark")
    assert page.locator("a.jb-mark.jb-on").first.inner_text() == "[1]"


def test_the_file_itself_is_one_click_away(page: "Page", address: str) -> None:
    """As it came in, as plain text that no browser takes for anything else."""
    ask(page, QUESTION)
    page.click("a.jb-mark")
    page.wait_for_selector(".jb-source-head a")
    link = page.get_attribute(".jb-source-head a", "href")
    answer = page.request.get(f"{address}{link}")
    assert answer.status == 200
    assert "１８０个" in answer.text()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    with page.expect_download() as download:
        page.locator(".jb-source-head a", has_text="下载").click()
    assert download.value.suggested_filename == "henan-053-sanmenxia.txt"


def test_the_source_can_be_made_wider(page: "Page") -> None:
    """By the keyboard as by the mouse, and it is so after a reload."""
    ask(page, QUESTION)
    page.click("a.jb-mark")
    page.wait_for_selector(".jb-cited mark")
    before = page.locator("#jb-right").bounding_box()
    page.focus("#jb-border")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    after = page.locator("#jb-right").bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] + 60


def test_on_a_phone_the_source_is_a_sheet(page: "Page", address: str) -> None:
    """It covers the conversation; 关闭, Esc or Back shut it, and the marker has the focus."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    ready(page)
    assert not page.locator("#jb-panel").is_visible()
    assert not page.locator("#jb-chats").is_visible()
    ask(page, QUESTION)
    url = page.url
    for shut in (lambda: page.click("#jb-back"), lambda: page.keyboard.press("Escape"),
                 page.go_back):  # fmt: skip
        page.locator("a.jb-mark").first.click()
        page.wait_for_selector("#jb-panel .jb-cited mark", state="visible")
        shut()
        page.wait_for_selector("#jb-panel", state="hidden")
        page.wait_for_timeout(300)
        assert page.url == url
        assert page.locator(".jb-turn").count() == 1
    page.locator("a.jb-mark").first.click()
    page.wait_for_selector("#jb-panel .jb-cited mark", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#jb-panel", state="hidden")
    assert "jb-mark" in page.evaluate("document.activeElement.className")


def test_on_a_phone_an_answer_has_its_actions_in_one_row(page: "Page") -> None:
    """Nothing is wider than the window, and an empty question box has one line."""
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, QUESTION)
    tools = page.locator("#jb-now .jb-actions .jb-tool").all()
    assert len({round(box["y"]) for tool in tools if (box := tool.bounding_box())}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("#jb-question textarea").bounding_box()
    assert box
    assert box["height"] < 50


def test_a_wide_source_leaves_room_for_the_conversation(page: "Page") -> None:
    """In a window that has become smaller since it was made wide; what nobody has moved is a share
    of the window.
    """
    ask(page, QUESTION)
    page.click("a.jb-mark")
    page.wait_for_selector(".jb-cited mark")
    page.evaluate("localStorage.removeItem('jb-source')")
    page.reload()
    ready(page)
    page.locator("a.jb-mark").first.click()
    page.wait_for_selector(".jb-cited mark")
    assert page.evaluate("localStorage.getItem('jb-source')") is None
    page.focus("#jb-border")
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.set_viewport_size({"width": 1024, "height": 768})
    middle = page.locator("#jb-middle").bounding_box()
    assert middle
    assert middle["width"] >= 350
    page.evaluate("localStorage.removeItem('jb-source')")


def test_on_a_phone_the_conversations_are_a_sheet(page: "Page", address: str) -> None:
    """☰ opens it, Back shuts it, a conversation that is chosen shuts it too."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    ready(page)
    ask(page, QUESTION)
    page.click("#jb-toggle")
    page.wait_for_selector("#jb-chats .jb-chat", state="visible")
    page.go_back()
    page.wait_for_selector("#jb-chats .jb-chat", state="hidden")
    page.click("#jb-toggle")
    page.locator("#jb-chats .jb-chat a").first.click()
    page.wait_for_selector("#jb-chats .jb-chat", state="hidden")
    page.wait_for_selector(".jb-turn")


def test_a_marker_shows_its_quote(page: "Page") -> None:
    """Under the mouse and for the keyboard, as a tooltip that Esc hides."""
    ask(page, QUESTION)
    marker = page.locator("a.jb-mark").first
    for reach in (marker.hover, marker.focus):
        reach()
        page.wait_for_selector("#jb-tip", state="visible")
        said = page.inner_text("#jb-tip")
        assert "《三门峡：在助推养老服务发展中彰显人大力量》第9段" in said
        assert "180个" in said
        assert marker.get_attribute("aria-describedby") == "jb-tip"
        page.keyboard.press("Escape")
        page.wait_for_selector("#jb-tip", state="hidden")
        page.mouse.move(0, 0)
