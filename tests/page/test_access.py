"""The page for those who do not see it, or reach it by keyboard only."""

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from page.window import QUESTION, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
# Gradio's own parts, which we cannot give other roles.
NOT_OURS: frozenset[str] = frozenset()


def findings(page: "Page") -> list[str]:
    """What axe-core finds of serious weight, with the place."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run()")
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS and one["id"] not in NOT_OURS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: "Page", address: str, scheme: Any) -> None:
    """An answer with its source open, the conversations, and the library's tab."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/?__theme={scheme}")
    page.wait_for_selector("#jb-question textarea")
    ask(page, QUESTION)
    page.locator("p a.jb-cite").first.click()
    page.wait_for_selector(".jb-cited mark")
    page.wait_for_timeout(500)
    assert findings(page) == []
    page.get_by_role("tab", name="资料库").click()
    page.wait_for_selector("#jb-entries table", state="visible")
    assert findings(page) == []
    page.emulate_media(color_scheme="light")


def test_the_keyboard_reaches_source_and_back(page: "Page") -> None:
    """From the question by Tab to the marker, Enter opens its source, which takes the focus."""
    ask(page, QUESTION)
    page.locator("p a.jb-cite").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".jb-cited mark")
    page.focus("#jb-panel")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
