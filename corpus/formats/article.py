"""Where the article of a web page is: its body, its title, its publication line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.formats import web_title
from corpus.formats.assembly import tidy
from corpus.formats.page_markup import (
    BLOCKS,
    DROPPED,
    FURNITURE_TEXT,
    is_furniture,
    is_leaf,
    tag_of,
    text_of,
)
from corpus.formats.web_record import take_record
from corpus.layout.line_kinds import ends_sentence

BODY_SHARE = 0.9  # of the page's running text that the article's element holds
FRAME_SHARE = 0.5  # furniture by name that holds more of the text is the article all the same
MIN_RUNNING = 20  # characters of running text; fewer make no article
MIN_SENTENCE = 10  # characters; a shorter line is running text nowhere
_SENTENCE = re.compile(r"[，。；：！？、]")
_BODY_NAME = re.compile(  # what publishing systems of Chinese offices call the article's element
    r"TRS_Editor|UCAP-CONTENT|\bzoom\b|article[-_]?(?:content|body|con)?\b|news[-_]?content"
    r"|\bcon(?:tent)?_?(?:text|txt)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:发布|发稿|更新|成文|公开)?(?:时间|日期)\s*[：:]\s*\d{4}|来源\s*[：:]"
    r"|^\s*\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}"
)
_COUNTERS = re.compile(
    r"[\s|【\[（(]*(?:(?:浏览|点击|阅读|访问|打印)[次量数]*|字体|字号|分享|打印|关闭|收藏|视力保护色)"
    r"\s*(?:[：:】\]\[（(]|$).*",
    re.DOTALL,
)
_YEAR = re.compile(r"\d{4}")
MAX_PUBLISHED = 120  # characters of a publication line, counters included


@dataclass(frozen=True, slots=True)
class WebArticle:
    """The element that holds the body; title, and lines that tell of the publication or of the
    document, where they stand outside it.
    """

    body: Any
    title: str | None
    credits: tuple[str, ...]


def find_article(root: Any) -> WebArticle | None:
    """The article of a page; the tree loses its furniture. None if there is no running text."""
    page_title = tidy(text_of(title)) if (title := root.find(".//title")) is not None else ""
    meta = _meta_title(root)
    record = take_record(root)
    for element in list(root.iter(*DROPPED)):
        _remove(element)
    _remove_frames(root)
    points = _points(root)
    total = points.get(root, 0)
    if total < MIN_RUNNING:
        return None
    body = _body(root, points, total)
    before = list(_before(root, body))
    published = next(filter(None, (_published(e, body) for e in reversed(before))), None)
    if published is None:  # in the article itself 来源 alone may open a paragraph
        lines = (text for e in body.iter(*BLOCKS) if is_leaf(e) and (text := _published(e, body)))
        published = next((text for text in lines if _YEAR.search(text)), None)
    if record is not None:
        title = record.title or web_title.title_of(body, before, meta, page_title)
        return WebArticle(body, title, record.lines or ((published,) if published else ()))
    title = web_title.title_of(body, before, meta, page_title)
    return WebArticle(body, title, (published,) if published else ())


def _remove(element: Any) -> None:
    """Take an element out and leave the text behind it."""
    parent = element.getparent()
    if parent is None or tag_of(element) in ("html", "body"):
        return
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _remove_frames(root: Any) -> None:
    """Remove furniture by name, but for what holds most of the running text by mistake."""
    points = _points(root)
    limit = FRAME_SHARE * points.get(root, 0)
    for element in list(root.iter("*")):
        small = points.get(element, 0) <= limit
        if small and is_furniture(element) and element.find(".//h1") is None:
            _remove(element)


def _points(root: Any) -> dict[Any, int]:
    """Characters of running text in each element: lines outside links that read as sentences."""
    points: dict[Any, int] = {}

    def gather(element: Any) -> list[str]:
        # Inline text flows up to the block around it; a block or a <br> ends a line.
        flow = [element.text or ""]
        total = 0

        def close() -> None:
            nonlocal total
            line = tidy("".join(flow))
            flow.clear()
            if len(line) >= MIN_SENTENCE and _SENTENCE.search(line) and not _is_published(line):
                total += 0 if FURNITURE_TEXT.fullmatch(line) else len(line)

        for child in element:
            tag = tag_of(child)
            if tag:
                inner = gather(child)
                if tag in BLOCKS or tag == "br":
                    close()
                elif tag != "a":
                    flow.extend(inner)
                total += points.get(child, 0)
            flow.append(child.tail or "")
        if tag_of(element) in BLOCKS or element is root:
            close()
        points[element] = total
        return flow

    gather(root)
    return points


def _body(root: Any, points: dict[Any, int], total: int) -> Any:
    """The deepest element with BODY_SHARE of the running text that is more than one paragraph,
    else the nearest around it that a publishing system names as an article's.
    """
    body = root
    while True:
        inner = next((c for c in body if points.get(c, 0) >= BODY_SHARE * total), None)
        if inner is None:
            break
        body = inner
    while _is_paragraph(body) and body.getparent() is not None and tag_of(body) != "body":
        body = body.getparent()
    for holder in (body, *body.iterancestors()):
        if _BODY_NAME.search(f"{holder.get('class', '')} {holder.get('id', '')}"):
            return holder
    return body


def _is_paragraph(element: Any) -> bool:
    """Whether the element is no more than a paragraph, a row or a list of one."""
    holds = tag_of(element) in ("div", "td", "article", "section", "main", "body", "html", "dd")
    return not holds or (is_leaf(element) and element.find(".//br") is None)


def _before(root: Any, body: Any) -> Iterator[Any]:
    """Block elements before the body in document order that do not hold it."""
    holders = set(body.iterancestors())
    for element in root.iter("*"):
        if element is body:
            return
        if element not in holders:
            yield element


def _is_published(text: str) -> bool:
    """Whether a text is a publication line: 发布时间：… 来源：…, and no sentence with a date."""
    return len(text) <= MAX_PUBLISHED and bool(_PUBLISHED.match(text)) and not ends_sentence(text)


def _published(element: Any, body: Any) -> str | None:
    """The publication line that begins in an element, counters and buttons cut off; what follows
    in the elements around belongs to it.
    """
    text = tidy(text_of(element))
    if not _is_published(text) or tag_of(element) == "h1":
        return None
    holders = {body, *body.iterancestors()}
    for holder in element.iterancestors():
        wider = "" if holder in holders else tidy(text_of(holder))
        if not _is_published(wider):
            break
        text = wider
    return _COUNTERS.sub("", text) or None


def _meta_title(root: Any) -> str:
    """The title that pages of Chinese offices state for harvesters."""
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() == "articletitle":
            return tidy(meta.get("content", ""))
    return ""
