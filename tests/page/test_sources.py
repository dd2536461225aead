"""Markers, and the source beside the answer."""

from typing import TYPE_CHECKING

from page.window import QUESTION, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_click_on_a_marker_shows_the_paragraph(page: "Page") -> None:
    """The panel opens the bulletin, highlights paragraph 9 and marks the sentence, in view."""
    ask(page, QUESTION)
    page.click("p a.jb-cite")
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
    page.locator("td a.jb-cite").first.click()
    page.wait_for_selector(".jb-cited mark")
    assert "180个" in page.inner_text(".jb-cited mark")
    page.click("#jb-after")
    page.wait_for_function("document.querySelector('.jb-cited mark').innerText.includes('155个')")
    assert page.inner_text("#jb-bar span") == "2 / 2"
    assert page.locator("#jb-after").is_disabled()
    page.click("#jb-before")
    page.wait_for_function("document.querySelector('.jb-cited mark').innerText.includes('180个')")


def test_the_text_as_printed_is_one_click_away(page: "Page") -> None:
    """The file's own full-width digits stand behind 原件文字."""
    ask(page, QUESTION)
    page.click("p a.jb-cite")
    page.click(".jb-printed summary")
    assert "１８０个" in page.inner_text(".jb-printed")


def test_on_a_phone_the_source_is_a_drawer(page: "Page", address: str) -> None:
    """It slides over the conversation, Esc or 回到对话 shuts it, and the marker has the focus."""
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        page.goto(address)
        page.wait_for_selector("#jb-question textarea")
        assert not page.locator("#jb-panel").is_visible()
        ask(page, QUESTION)
        for shut in (lambda: page.click("#jb-back"), lambda: page.keyboard.press("Escape")):
            page.locator("p a.jb-cite").first.click()
            page.wait_for_selector("#jb-panel .jb-cited mark", state="visible")
            shut()
            page.wait_for_selector("#jb-panel", state="hidden")
            assert page.evaluate("document.activeElement.className") == "jb-cite"
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


def test_a_marker_shows_its_quote(page: "Page") -> None:
    """Under the mouse and for the keyboard, as a tooltip that Esc hides."""
    ask(page, QUESTION)
    marker = page.locator("p a.jb-cite").first
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
