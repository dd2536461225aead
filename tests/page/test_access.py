"""The page for those who do not see it, or reach it by keyboard only."""

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from page.window import BOX, QUESTION, ask, library_of, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
SIZES = ((1440, 900), (1280, 720), (1024, 768), (390, 844))
LEAST_TARGET = 24  # pixels in either direction (WCAG 2.2, 2.5.8)
# Names of Gradio's own that a reader of Chinese would hear in English.
ENGLISH_NAMES = {"textbox", "submit", "stop", "toggle sidebar", "chatbot conversation"}


def findings(page: "Page") -> list[str]:
    """What axe-core finds of serious weight, with the place."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run()")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_serious(
    page: "Page", address: str, scheme: Any, width: int, height: int
) -> None:
    """The start, a comparison with its source open, the limits, the conversations, the library."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/?__theme={scheme}")
    ready(page)
    page.wait_for_selector(".jb-start")
    found = findings(page)
    ask(page, "三门峡和漯河的助餐点各有多少")
    page.click("#jb-bounds > button")
    page.wait_for_timeout(300)
    found += findings(page)
    page.locator("a.jb-mark").first.click()
    page.wait_for_selector(".jb-cited mark")
    page.wait_for_timeout(500)
    found += findings(page)
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    library_of(page)
    found += findings(page)
    page.emulate_media(color_scheme="light")
    assert found == []


def test_the_keyboard_reaches_source_and_back(page: "Page") -> None:
    """From the marker, Enter opens its source, which takes the focus; Esc leads back to it."""
    ask(page, QUESTION)
    page.locator("a.jb-mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".jb-cited mark")
    page.focus("#jb-panel")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Escape")
    page.wait_for_selector("#jb-panel", state="hidden")
    assert "jb-mark" in page.evaluate("document.activeElement.className")


def test_keys_of_the_page(page: "Page") -> None:
    """/ goes to the question, Shift+Enter breaks its line, Alt+↓ and Alt+↑ walk the citations."""
    ask(page, "三门峡和漯河的助餐点各有多少")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('#jb-question textarea')")
    page.keyboard.type("一")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("二")
    assert page.input_value(BOX) == "一\n二"
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_function("document.querySelector('.jb-cited mark')?.innerText.includes('180个')")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_function("document.querySelector('.jb-cited mark').innerText.includes('155个')")
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_function("document.querySelector('.jb-cited mark').innerText.includes('180个')")


def test_enter_that_ends_a_word_asks_nothing(page: "Page") -> None:
    """An input method takes Enter for the letters typed; only the next one asks."""
    page.fill(BOX, "三门峡")
    page.evaluate(
        """document.querySelector('#jb-question textarea').dispatchEvent(new KeyboardEvent(
            'keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    page.wait_for_timeout(700)
    assert page.locator(".jb-turn").count() == 0
    assert page.input_value(BOX) == "三门峡"


def test_names_are_words_of_the_reader(page: "Page") -> None:
    """No name holds HTML, and a reader of Chinese hears none in English."""
    ask(page, QUESTION)
    names = page.evaluate(
        """[...document.querySelectorAll('[aria-label]')].filter(e => e.checkVisibility())
            .map(e => e.getAttribute('aria-label'))"""
    )
    assert not [name for name in names if "<" in name]
    assert not ENGLISH_NAMES & {name.strip().lower() for name in names}
    for place in ("#jb-question .submit-button", "#jb-toggle"):
        assert not page.locator(place).get_attribute("aria-label").isascii()  # type: ignore[union-attr]


def test_what_is_clicked_is_large_enough(page: "Page") -> None:
    """Markers, thumbs and the rest of an answer, 24 pixels at least."""
    ask(page, QUESTION)
    for one in page.locator("#jb-now :is(a, button, summary)").all():
        box = one.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= LEAST_TARGET, one.inner_text()


def test_a_complete_answer_is_told_once(page: "Page") -> None:
    """A screen reader hears answer, caution and source, in this order."""
    ask(page, QUESTION)
    page.wait_for_timeout(300)
    told = page.locator("body > .jb-hidden[role=status]").inner_text()
    assert -1 < told.find("180个") < told.find("第9段")
    assert "疑似缺失小数点" in told


def test_reduced_motion_is_honoured(page: "Page") -> None:
    """Nothing slides and nothing pulses where the system asks for stillness."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("getComputedStyle(document.querySelector('#jb-right')).transitionProperty"
                         ) == "none"  # fmt: skip
    page.emulate_media(reduced_motion="no-preference")


def test_language_and_colours_are_chosen_on_the_page(page: "Page") -> None:
    """English and dark, whatever the browser asks for; both stay after a reload, and turn back."""
    page.click("[data-jb-choose=language]")
    page.wait_for_selector("#jb-question textarea[placeholder^='Ask']")
    page.click("[data-jb-choose=colours]")
    page.wait_for_selector("body.dark #jb-question textarea")
    page.reload()
    page.wait_for_selector("body.dark #jb-question textarea[placeholder^='Ask']")
    page.click("[data-jb-choose=colours]")
    page.wait_for_selector("body:not(.dark) #jb-question textarea")
    page.click("[data-jb-choose=language]")
    page.wait_for_selector("#jb-question textarea[placeholder^='问']")
