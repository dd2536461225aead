"""Markup that users, files and bulletins bring along stays text."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.text.quotes import comparable
from page.window import ask, library_of, remove

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
    library_of(page)
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
    library_of(page)
    remove(page, "script")
    page.wait_for_selector("text=共5份简报")
