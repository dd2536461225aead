"""The program's page in a browser window: serve it, ask, look into the list of conversations."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome")
     if (found := shutil.which(name))), None,
)  # fmt: skip
QUESTION = "三门峡建成了多少个老年助餐场所"
THUMB_DOWN = "#jb-talk button[title='踩']"
ATTEMPTS = 3  # at sending a question to a page that has just been drawn
SECONDS = 120  # how long the server may take to come up on a busy machine


@contextmanager
def served(home: Path, port: int, *options: str, **settings: str) -> Iterator[str]:
    """The address of the page, served by the program itself as a user starts it."""
    program = Path(sys.executable).with_name("jianbao")
    url = f"http://127.0.0.1:{port}"
    with TemporaryFile("w+") as told:
        process = subprocess.Popen(
            [program, "serve", "--port", str(port), *options],
            env=_environment(home) | settings,
            stdout=told,
            stderr=told,
        )
        try:
            until = time.monotonic() + SECONDS
            while not answers(url):
                gone = process.poll() is not None or time.monotonic() > until
                assert not gone, f"{url} is not served: {told.seek(0) or told.read()}"
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the caller's but which tree the program is of: it answers as when installed."""
    own = {"JIANBAO_HOME": str(home), "PATH": os.defpath, "HOME": str(home)}
    return own | {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}


def answers(url: str) -> bool:
    """Whether a server is there."""
    try:
        httpx.get(url, trust_env=False)
    except httpx.TransportError:
        return False
    return True


def ask(page: "Page", question: str) -> str:
    """Type a question and return the text of the whole answer."""
    from playwright.sync_api import TimeoutError as TooLate

    answers = page.locator(".jb-answer")
    before = answers.count()
    for attempt in range(ATTEMPTS):
        page.fill("#jb-question textarea", question)
        page.press("#jb-question textarea", "Enter")
        try:
            page.wait_for_function(
                f"document.querySelectorAll('.jb-answer').length > {before}", timeout=10_000
            )
            break
        except TooLate:  # the box is drawn a moment before the page listens to it
            if attempt == ATTEMPTS - 1:
                raise
    page.wait_for_function("document.querySelector('#jb-question textarea').value === ''")
    page.wait_for_timeout(300)
    return answers.last.inner_text()


def conversations_listed(page: "Page") -> list[str]:
    """Open the list of conversations if it is shut, and read it."""
    place = page.locator("#jb-new").bounding_box()
    if place is None or place["x"] < 0:  # shut, it stands beyond the left edge
        page.locator("#jb-side button").first.click()
        page.wait_for_function("document.querySelector('#jb-new').getBoundingClientRect().x > 0")
    page.wait_for_timeout(500)
    return [text.strip() for text in page.locator("#jb-chats label").all_inner_texts()]
