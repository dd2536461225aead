"""The page in a real browser: ask, read the answer, open its source."""

import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from ports import free_port

from corpus.quotes import comparable
from ui.feedback import Feedback
from ui.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome")
     if (found := shutil.which(name))), None,
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: install Debian's package chromium"
)
QUESTION = "三门峡建成了多少个老年助餐场所"
ATTEMPTS = 3  # at sending a question to a page that has just been drawn
SECONDS = 60  # how long the server may take to come up on a busy machine


@pytest.fixture(scope="module")
def home_of_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the page."""
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def address(home_of_page: Path) -> Iterator[str]:
    """The page served by the program itself, as a user starts it."""
    port = free_port()
    home = home_of_page
    program = Path(sys.executable).with_name("jianbao")
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)],
        env={"JIANBAO_HOME": str(home), "PATH": "/usr/bin:/bin", "HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(SECONDS * 5):
        try:
            httpx.get(url, trust_env=False)
            break
        except httpx.TransportError:
            time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module")
def browser_page(address: str) -> Iterator["Page"]:
    """A browser window at the page; what it asked of other hosts and its errors are noted."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser.new_page(viewport={"width": 1440, "height": 900})
        browser.close()


@pytest.fixture
def page(browser_page: "Page", address: str) -> "Page":
    """The page, freshly loaded and ready for a question."""
    browser_page.goto(address)
    browser_page.wait_for_selector("#jb-question textarea")
    return browser_page


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


def test_a_question_is_answered_with_a_marker(page: "Page") -> None:
    """The answer holds the figure, a marker, and its source in words."""
    text = ask(page, QUESTION)
    assert "180个" in text
    assert "[1]" in text
    assert "《三门峡：在助推养老服务发展中彰显人大力量》第9段" in text


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


def test_a_follow_up_says_how_it_was_understood(page: "Page") -> None:
    """那漯河呢 after a question is completed, and the page shows the completion."""
    ask(page, QUESTION)
    text = ask(page, "那漯河呢？")
    assert "已理解为：漯河建成了多少个老年助餐场所" in text
    assert "155个" in text


def test_what_was_understood_can_be_asked_anew(page: "Page") -> None:
    """修改后再问 puts the completed question into the box, to be changed and sent."""
    ask(page, QUESTION)
    ask(page, "那漯河呢？")
    page.locator("a.jb-again").last.click()
    assert page.input_value("#jb-question textarea") == "漯河建成了多少个老年助餐场所"
    page.press("#jb-question textarea", "Enter")
    page.wait_for_function("document.querySelectorAll('.jb-answer').length === 3")


def test_an_english_question_is_told_the_language_of_its_quotes(page: "Page") -> None:
    """The Chinese sentence stands as it is, and the card says so in English."""
    text = ask(page, "How many dining points for the elderly has Sanmenxia built?")
    assert "180个" in text
    assert "Quoted from the bulletins in Chinese" in text


def test_what_the_bulletins_do_not_say_is_refused(page: "Page") -> None:
    """A place that is not covered gets a plain no."""
    assert "资料中没有关于郑州市的内容" in ask(page, "郑州建了多少个老年助餐点")


def test_the_bin_forgets_the_conversation(page: "Page") -> None:
    """After the bin a follow-up has nothing to lean on, and an empty question asks nothing."""
    ask(page, QUESTION)
    page.locator("#jb-talk button").first.click()
    page.wait_for_function("document.querySelectorAll('.jb-answer').length === 0")
    page.wait_for_timeout(500)
    assert "已理解为" not in ask(page, "那漯河呢？")
    page.press("#jb-question textarea", "Enter")
    page.wait_for_timeout(500)
    assert page.locator(".jb-question").count() == 1


def test_examples_fill_the_question(page: "Page") -> None:
    """A click on an example puts it into the box."""
    page.click("text=郑州建了多少个老年助餐点？")
    page.wait_for_function("document.querySelector('#jb-question textarea').value.includes('郑州')")


def test_an_address_opens_its_source(page: "Page", address: str) -> None:
    """/?bulletin=ID&paragraph=N shows that paragraph highlighted."""
    page.goto(f"{address}/?bulletin=henan-047-hebi&paragraph=3")
    page.wait_for_selector(".jb-cited")
    assert page.inner_text(".jb-cited .jb-number") == "3"


RUN = "window.hacked=1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"<ScRiPt>{RUN}</sCrIpT>", f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>", f"<img/src=x/onerror={RUN}>", f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>", f"<svg onload={RUN}>", f"<svg><script>{RUN}</script></svg>",
    f"<body onload={RUN}>", f"<input autofocus onfocus={RUN}>", f"<video><source onerror={RUN}>",
    f"<details open ontoggle={RUN}>", f"<a href=javascript:{RUN}>a</a>", f"[a](javascript:{RUN})",
    f"[a](data:text/html,<script>{RUN}</script>)", f"![x](x onerror={RUN})",
    "![x](http://example.com/x.png)", "<img src=http://example.com/x.png>",
    "<link rel=stylesheet href=http://example.com/x.css>", "<style>@import 'http://example.com/x'",
    "<iframe src=http://example.com></iframe>",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe>",
    "<meta http-equiv=refresh content=0;url=http://example.com>", "<base href=http://example.com/>",
    f"<object data=javascript:{RUN}>", f"<embed src=javascript:{RUN}>", "<form action=http://x><b>",
    f"<math><mtext><script>{RUN}</script>", f"<template><script>{RUN}</script></template>",
    f"${{{RUN}}}", f"{{{{{RUN}}}}}", f"#{{{RUN}}}", f"<%= {RUN} %>", f"{{% {RUN} %}}",
    f"`${{{RUN}}}`",
    f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;script&#62;{RUN}", f"\\u003cscript\\u003e{RUN}",
    f"<x onclick={RUN}>点我</x>", f"<style>*{{background:url(javascript:{RUN})}}</style>",
    f"javascript:{RUN}//", f"--><script>{RUN}</script>", f"]]><script>{RUN}</script>",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS[::4])
def test_markup_in_a_question_is_shown_as_text(page: "Page", payload: str) -> None:
    """Nothing that a user types is run or fetched."""
    ask(page, payload)
    assert page.locator(".jb-question").last.inner_text() == payload
    assert page.evaluate("window.hacked") is None


def test_markup_in_a_bulletin_is_shown_as_text(page: "Page", address: str, tmp_path: Path) -> None:
    """Title, text and file name full of it: all is read as words, nothing is run or fetched."""
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url))
    name = "evil <img src=x onerror=window.hacked=1> ${1} {{1}}"
    lines = [f"第{n}条，养老食堂的记号是 {payload} ，照写。" for n, payload in enumerate(PAYLOADS)]
    path = tmp_path / f"{name}.txt"
    path.write_text("\n".join([f"关于<script>{RUN}</script>的报告", *lines]), "utf-8")
    page.get_by_role("tab", name="资料库").click()
    page.set_input_files("#jb-files input[type=file]", path)
    page.wait_for_selector("text=共6份简报")
    page.locator("#jb-entries a", has_text="script").click()
    page.wait_for_selector("#jb-panel >> text=照写")
    shown = comparable(page.inner_text("#jb-panel"))  # quotes become Chinese ones in reading
    assert [payload for payload in PAYLOADS if comparable(payload) not in shown] == []
    page.get_by_role("tab", name="提问").click()
    ask(page, "养老食堂的记号照写的是什么")
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert [url for url in foreign if not url.startswith((address, "data:", "blob:"))] == []
    page.get_by_role("tab", name="资料库").click()
    page.click("#jb-remove input")
    page.get_by_role("option", name="script").click()
    page.click("#jb-remove-ask")
    page.click("#jb-remove-yes")
    page.wait_for_selector("text=共5份简报")


def test_the_page_asks_no_other_host_and_logs_no_error(page: "Page", address: str) -> None:
    """Loading, asking and opening a source stay on this machine."""
    browser = page.context.browser
    assert browser
    fresh = browser.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    fresh.on("request", lambda request: foreign.append(request.url))
    fresh.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    fresh.goto(address)
    fresh.wait_for_selector("#jb-question textarea")
    ask(fresh, QUESTION)
    fresh.click("p a.jb-cite")
    fresh.wait_for_selector(".jb-cited mark")
    assert [url for url in foreign if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []
    fresh.close()


def conversations_listed(page: "Page") -> list[str]:
    """Open the list of conversations if it is shut, and read it."""
    place = page.locator("#jb-new").bounding_box()
    if place is None or place["x"] < 0:  # shut, it stands beyond the left edge
        page.locator("#jb-side button").first.click()
        page.wait_for_function("document.querySelector('#jb-new').getBoundingClientRect().x > 0")
    page.wait_for_timeout(500)
    return [text.strip() for text in page.locator("#jb-chats label").all_inner_texts()]


def test_a_conversation_is_there_after_a_reload(page: "Page", address: str) -> None:
    """It stands in the list under its first question, and opens with its citations."""
    page.context.clear_cookies()
    page.goto(address)
    ask(page, QUESTION)
    ask(page, "那漯河呢？")
    page.goto(address)
    assert page.locator(".jb-answer").count() == 0
    assert conversations_listed(page) == [QUESTION]
    page.locator("#jb-chats label").first.click()
    page.wait_for_function("document.querySelectorAll('.jb-answer').length === 2")
    page.locator("p a.jb-cite").first.click()
    page.wait_for_selector(".jb-cited mark")
    assert "155个" in ask(page, "那漯河呢？")  # and goes on where it was


def test_another_browser_sees_none_of_it(page: "Page", address: str) -> None:
    """Neither in its list nor by the address of a file."""
    ask(page, QUESTION)
    file = page.locator("a.jb-tool").last.get_attribute("href")
    browser = page.context.browser
    assert browser
    other = browser.new_context().new_page()
    other.goto(address)
    other.wait_for_selector("#jb-question textarea")
    assert conversations_listed(other) == []
    assert other.request.get(f"{address}{file}").status == 404
    assert page.request.get(f"{address}{file}").status == 200
    other.context.close()


def test_a_conversation_is_renamed_and_deleted(page: "Page", address: str) -> None:
    """Deleting asks once more; the search finds by what was answered."""
    page.context.clear_cookies()
    page.goto(address)
    ask(page, QUESTION)
    assert conversations_listed(page) == [QUESTION]
    page.fill("#jb-title textarea, #jb-title input", "助餐数字")
    page.click("#jb-rename")
    page.wait_for_function("document.querySelector('#jb-chats').innerText.includes('助餐数字')")
    page.fill("#jb-search textarea, #jb-search input", "没有这样的话")
    page.wait_for_function("document.querySelectorAll('#jb-chats label').length === 0")
    page.fill("#jb-search textarea, #jb-search input", "180个")
    page.wait_for_function("document.querySelectorAll('#jb-chats label').length === 1")
    page.click("#jb-delete")
    page.click("#jb-yes")
    page.wait_for_function("document.querySelectorAll('#jb-chats label').length === 0")
    assert page.locator(".jb-answer").count() == 0


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


def test_a_question_can_be_limited_to_a_place(page: "Page") -> None:
    """With 漯河 chosen the figure of 三门峡 is not found."""
    page.click("#jb-bounds button")
    page.click("#jb-of-places input")
    page.get_by_role("option", name="漯河市").click()
    page.keyboard.press("Escape")
    text = ask(page, "建成或选定了多少个老年助餐点位")
    assert "155个" in text
    assert "180" not in text


def test_files_are_added_and_removed(page: "Page", tmp_path: Path) -> None:
    """Each file is told of; what was added can be read and asked, and is gone when removed."""
    good = tmp_path / "kaifeng-report.txt"
    good.write_text(
        "关于开封市养老服务工作情况的报告\n截至2024年底，开封市全市建成老年食堂52个。\n"
    )
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    page.get_by_role("tab", name="资料库").click()
    page.set_input_files("#jb-files input[type=file]", [good, empty])
    page.wait_for_selector("#jb-added .jb-failed")
    told = page.inner_text("#jb-added")
    assert "《关于开封市养老服务工作情况的报告》已添加" in told
    assert "empty.txt" in told
    assert str(tmp_path) not in told
    page.wait_for_selector("text=共6份简报")
    page.locator("#jb-entries a", has_text="开封市").click()
    page.wait_for_selector("#jb-panel >> text=老年食堂52个")
    page.get_by_role("tab", name="提问").click()
    assert "52个" in ask(page, "开封建成了多少个老年食堂")
    page.get_by_role("tab", name="资料库").click()
    page.click("#jb-remove input")
    page.get_by_role("option", name="关于开封市").click()
    page.click("#jb-remove-ask")
    page.click("#jb-remove-yes")
    page.wait_for_selector("text=共5份简报")


def test_a_program_retrieves_and_asks(address: str) -> None:
    """The endpoints take what `rag.retrieve` and `rag.ask` take, and give what --json prints."""
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(address, verbose=False, analytics_enabled=False)
    hits = client.predict(QUESTION, 2, places=["三门峡"], api_name="/retrieve")
    first, _ = hits
    assert first["paragraph"] == 9
    history = [{"role": "user", "content": QUESTION}]
    answer = client.predict("那漯河呢", history, api_name="/ask")
    assert "155个" in answer["answer"]
    assert answer["citations"][0]["bulletin"] == "henan-052-luohe"
    with pytest.raises(AppError, match="no place named"):
        client.predict(QUESTION, places=["亚特兰蒂斯"], api_name="/retrieve")


def test_a_program_asks_with_curl(address: str) -> None:
    """Two plain requests: one that asks and one that fetches the answer."""
    call = f"{address}/gradio_api/call/ask"
    sent = httpx.post(
        call, json={"data": [QUESTION, None, None, None, None, None]}, trust_env=False
    ).json()
    answer = httpx.get(f"{call}/{sent['event_id']}", trust_env=False, timeout=60).text
    assert "event: complete" in answer
    assert json.loads(answer.split("data: ", 1)[1])[0]["refused"] is False


def test_only_these_endpoints_are_public(address: str) -> None:
    """What the page does for its visitor is no endpoint for programs."""
    info = httpx.get(f"{address}/gradio_api/info", trust_env=False).json()
    assert set(info["named_endpoints"]) == {"/retrieve", "/ask"}
    assert info["unnamed_endpoints"] == {}


def test_a_thumb_down_may_say_which_paragraph_is_right(page: "Page", home_of_page: Path) -> None:
    """The form opens, and what it says is kept with the answer."""
    ask(page, QUESTION)
    page.locator(
        "#jb-talk button[title='Dislike'], #jb-talk button[aria-label='dislike']"
    ).last.click()
    page.fill("#jb-reason textarea", "应看第九段")
    page.click("#jb-right-bulletin input")
    page.get_by_role("option").first.click()
    page.fill("#jb-right-paragraph input", "9")
    page.click("#jb-send-opinion")
    page.wait_for_selector("#jb-opinion", state="hidden")
    opinions = list(Feedback(Store(home_of_page / "conversations.sqlite")).opinions())
    assert opinions[-1].reason == "应看第九段"
    assert opinions[-1].right
    assert opinions[-1].right[1] == 9
