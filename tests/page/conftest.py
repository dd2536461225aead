"""One server and one browser window for all tests of the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from llm_server import Script, llm_server
from ports import free_port

from page.window import CHROMIUM, ready, served

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="package")
def home_of_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the page."""
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="package")
def address(home_of_page: Path) -> Iterator[str]:
    """Where the page is served."""
    with served(home_of_page, free_port()) as url:
        yield url


@pytest.fixture(scope="package")
def window() -> Iterator["Page"]:
    """A browser window of a reader of Chinese."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        yield context.new_page()
        browser.close()


@pytest.fixture(autouse=True)
def plain_screen(request: pytest.FixtureRequest) -> None:
    """Every test begins with the same screen: what one left behind makes no other fail."""
    if "window" in request.fixturenames:
        window: Page = request.getfixturevalue("window")
        window.set_viewport_size({"width": 1440, "height": 900})
        window.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")


@pytest.fixture
def page(window: "Page", address: str) -> "Page":
    """The page, freshly loaded and ready for a question."""
    window.goto(address)
    ready(window)
    return window


@pytest.fixture
def slow(window: "Page", tmp_path: Path) -> Iterator[tuple["Page", Script]]:
    """The page over a chat model that streams as its script says."""
    with (
        llm_server() as (model, script),
        served(tmp_path, free_port(), JIANBAO_LLM_MODEL="m", JIANBAO_LLM_BASE_URL=model) as url,
    ):
        window.goto(url)
        ready(window)
        yield window, script
