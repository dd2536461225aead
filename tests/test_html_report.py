"""The report is one file that shows every question, fetches nothing and runs nothing strange."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cases import QUESTION, UNANSWERABLE, UNITS, predict

from eval.comparison import compare
from eval.html_report import write_report
from eval.provenance import Provenance
from eval.results import evaluated
from eval.scoring import score_all

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium")
PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}"
MADE = Provenance("2026-11-25", "abc", {"llm_model": "none"}, "embedded", "none", "1 bulletin",
                  "q.jsonl", "Python")  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Three questions: right, wrong with HTML in every text, wrongly answered; and a baseline."""
    hostile = replace(QUESTION, id="q3", question=PAYLOAD, must=(("<i>",),), type="<b>")
    questions = [QUESTION, UNANSWERABLE, hostile]
    predictions = {
        "q1": predict(), "q2": predict(question_id="q2"),
        "q3": predict(PAYLOAD + "\ud800", hits=(1,), cited=(1,), question_id="q3"),
    }  # fmt: skip
    cases = score_all(questions, predictions, UNITS)
    before = score_all(questions, {**predictions, "q1": predict("不知道")}, UNITS)
    path = tmp_path / "report.html"
    write_report(path, evaluated(MADE, cases), compare(before, cases))
    return path


def test_it_states_what_made_it(report: Path) -> None:
    """Date, commit, model, library, settings and what the metrics mean stand in it."""
    text = report.read_text("utf-8")
    for words in ("2026-11-25", "abc", "embedded", "1 bulletin", "llm_model", "arXiv 2305.14627"):
        assert words in text


@pytest.fixture
def page() -> Iterator["Page"]:
    """A page of a real browser."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()


def test_failures_are_a_click_away(page: "Page", report: Path) -> None:
    """It opens on the wrong answers; other filters, types and words narrow it down; nothing is
    fetched, nothing runs, the console stays empty.
    """
    asked, said, alerts = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(report.as_uri())

    def shown() -> list[str]:
        return page.locator("details:visible summary code").all_inner_texts()

    assert shown() == ["q2", "q3"]
    page.select_option("#what", "underrefused")
    assert shown() == ["q2"]
    page.select_option("#what", "better")
    assert shown() == ["q1"]
    page.select_option("#what", "")
    assert shown() == ["q1", "q2", "q3"]
    page.select_option("#type", "number")
    assert shown() == ["q1"]
    page.select_option("#type", "")
    page.fill("#words", "onerror")
    assert shown() == ["q3"]
    page.locator("details:visible summary").click()
    assert "{{ 7*7 }}" in page.locator("details:visible .answer").inner_text()
    assert (asked, said, alerts) == ([report.as_uri()], [], [])
