"""What a web page shows, or hides, and its article's text does not hold."""

import re
from collections.abc import Iterator
from typing import Any

from corpus.bulletin import Loss
from corpus.formats.assembly import tidy
from corpus.formats.page_markup import is_hidden, text_of
from corpus.formats.plain_text import BROKEN

MIN_HIDDEN = 20  # characters of a sentence; what is shorter is a label of the site's
SMALL = 60  # pixels; a lower or narrower picture is an ornament
_SENTENCE = re.compile(r"[，、；].*[。！？]", re.DOTALL)
_OF_BROWSER = re.compile(r"浏览器|脚本|script|插件|flash", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_SIZE = re.compile(r"(?P<side>width|height)\s*:\s*(\d+)(?:\.\d+)?px", re.IGNORECASE)


def hidden_losses(root: Any) -> Iterator[Loss]:
    """What of a page, still whole, its reader does not see: hidden parts that tell something."""
    hidden = [one for one in root.iter("*") if is_hidden(one) or one.tag == "noscript"]
    outer = [one for one in hidden if not any(other in hidden for other in one.iterancestors())]
    texts = [text for one in outer if _tells(text := tidy(text_of(one)))]
    if texts:
        count = sum(map(len, texts))
        yield Loss(
            f"网页隐藏的{count}个字未收入，请对照原网页",
            f"{count} characters that the page hides are left out; see the page itself",
        )


def body_losses(body: Any, text: str) -> Iterator[Loss]:
    """What stands in the article and is no text; `text` is that of the whole page."""
    pictures = [one for one in body.iter("img") if not _is_small(one)]
    if count := len(pictures):
        yield Loss(
            f"{count}幅图片未收入，其中如有文字请对照原网页",
            f"{count} picture{'s' * (count > 1)} left out; see the page itself for text in them",
        )
    files = {one.get("href", "") for one in body.iter("a") if _FILE.search(one.get("href", ""))}
    if count := len(files):
        yield Loss(
            f"{count}个附件未收入，请下载后另行添加",
            f"{count} attached file{'s' * (count > 1)} not taken; download and add them",
        )
    if count := text.count(BROKEN):
        yield Loss(
            f"有{count}处字节损坏，以{BROKEN}代替，请对照原网页",
            f"{count} broken byte{'s' * (count > 1)} stand as {BROKEN}; see the page itself",
        )


def _tells(text: str) -> bool:
    return len(text) >= MIN_HIDDEN and bool(_SENTENCE.search(text)) and not _OF_BROWSER.search(text)


def _is_small(image: Any) -> bool:
    sides = {name: image.get(name, "").removesuffix("px") for name in ("width", "height")}
    sides |= {match["side"].lower(): match[2] for match in _SIZE.finditer(image.get("style", ""))}
    return any(side.isdecimal() and int(side) < SMALL for side in sides.values())
