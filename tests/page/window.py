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
# The same of another place is answered too: what is built elsewhere is only chosen there.
POINTS = "三门峡有多少个老年助餐服务点位"
BOX = "#jb-question textarea"
SINCE = "#jb-since input, #jb-since textarea"
THUMB_UP, THUMB_DOWN = (f".jb-thumb[data-good='{good}']" for good in (1, 0))
ATTEMPTS = 3  # at typing into a page that has just been drawn
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


def run_program(home: Path, *arguments: str) -> None:
    """Run a command beside the server, over the same data directory."""
    program = Path(sys.executable).with_name("jianbao")
    subprocess.run([program, *arguments], env=_environment(home), check=True, capture_output=True)


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


def ready(page: "Page") -> None:
    """Wait until the page shows a start or a conversation."""
    page.wait_for_selector(BOX)
    page.wait_for_selector("#jb-main.jb-ready")
    page.wait_for_selector("#jb-now > *, #jb-now .jb-welcome, #jb-now .jb-turn", state="attached")


def ask(page: "Page", question: str) -> str:
    """Type a question and return the text of the whole answer, its quiet line opened."""
    put(page, question)
    return answer_text(page)


def put(page: "Page", question: str) -> None:
    """Type a question and wait for the whole answer; the page is left as it stands then."""
    from playwright.sync_api import TimeoutError as TooLate

    turns = page.locator(".jb-turn")
    before = turns.count()
    for attempt in range(ATTEMPTS):
        page.fill(BOX, question)
        page.press(BOX, "Enter")
        try:
            page.wait_for_function(
                f"document.querySelectorAll('.jb-turn').length > {before}", timeout=10_000
            )
            break
        except TooLate:  # the box is drawn a moment before the page listens to it
            if attempt == ATTEMPTS - 1:
                raise
    page.wait_for_function("!document.querySelector('.jb-running')", timeout=60_000)
    page.wait_for_function(f"document.querySelector('{BOX}').value === ''")
    # until the page may ask again the last of the answer can still come
    page.wait_for_selector("#jb-question .submit-button", state="visible", timeout=60_000)
    page.wait_for_timeout(300)


def begin_anew(page: "Page") -> None:
    """Begin a conversation: the start is there, and of the one before nothing more."""
    page.click("#jb-new")
    page.wait_for_selector(".jb-welcome")
    page.wait_for_selector(".jb-turn", state="detached")


def limit_since(page: "Page", date: str, told: str) -> None:
    """Type from when bulletins are asked, until the page tells it; the limits are open."""
    from playwright.sync_api import TimeoutError as TooLate

    for attempt in range(ATTEMPTS):
        page.fill(SINCE, "")
        page.fill(SINCE, date)
        try:
            page.wait_for_selector(f"#jb-limited >> text={told}", timeout=10_000)
        except TooLate:  # the box is drawn a moment before the page listens to it
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def answer_text(page: "Page") -> str:
    """The last answer, with what stands behind its quiet line."""
    quiet = page.locator(".jb-answer").last.locator("details:not([open]) summary")
    if quiet.count():
        quiet.first.click()
    return page.locator(".jb-answer").last.inner_text()


def conversations_listed(page: "Page") -> list[str]:
    """Open the list of conversations if it is shut, and read it."""
    if page.locator("#jb-toggle").get_attribute("aria-expanded") != "true":
        page.click("#jb-toggle")
    page.wait_for_selector("#jb-chats .jb-title, #jb-chats .jb-none", state="visible")
    return [text.strip() for text in page.locator("#jb-chats .jb-title").all_inner_texts()]


def library_of(page: "Page") -> None:
    """Turn to the tab of the library."""
    page.get_by_role("tab", name="资料库").click()
    page.wait_for_selector("#jb-entries", state="visible")


def remove(page: "Page", title: str) -> None:
    """Take the bulletins out whose titles hold these words."""
    for row in page.locator(".jb-library tbody tr", has_text=title).all():
        row.locator("input").check()
    page.click("#jb-remove")
    page.click("#jb-remove-yes")
