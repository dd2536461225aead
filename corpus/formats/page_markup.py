"""What the markup of a Chinese web page says of an element: block, bold, centred, furniture."""

import re
from typing import Any

from corpus.formats.raised_print import raised_mark

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
DROPPED = (
    "script", "style", "noscript", "nav", "footer", "aside", "form", "button", "select", "input",
    "textarea", "iframe", "svg", "template", "object", "embed", "video", "audio", "title", "meta",
    "link",
)  # fmt: skip
# Words that class and id names of furniture are made of, whole between hyphens, digits and case.
FURNITURE_NAMES = frozenset(
    "nav navbar navigation menu submenu crumb crumbs breadcrumb breadcrumbs location position "
    "share bdshare sharebox related relate relevant recommend recommended relnews footer foot "
    "copyright sidebar side aside pager pagination prevnext toolbar tools tool search banner logo "
    "comments comment hot rank ranking friendlink links qrcode ewm print close advert ads".split()
)
# Lines that sites put into the article itself.
FURNITURE_TEXT = re.compile(
    r"(?:[【\[（(]?\s*(?:打印|关闭|收藏|纠错|返回顶部|打印本页|关闭窗口|打印本稿|我要纠错|加入收藏)"
    r"\s*[】\]）)]?[\s|]*)+"
    r"|(?:分享到?|上一[篇条页]|下一[篇条页]|相关(?:阅读|新闻|链接|文章)|字体|浏览次数)\s*[：:].*"
    r"|(?:您?当前|现在|你)的?(?:位置|所在位置)\s*[：:].*|扫一扫.{0,30}|.{0,12}ICP备.*"
    r"|版权所有.*|Copyright.*|主办单位\s*[：:].*|网站标识码.*|.*公网安备.*",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(pt|px)", re.IGNORECASE)
LARGE = {
    "pt": 15.0,
    "px": 20.0,
}  # what titles are set in; text is set in 12 pt or 16 px, 14 pt at most
LARGE_FONT = 5  # of the sizes 1 to 7 that <font> knows
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def tag_of(element: Any) -> str:
    """Lower-case tag, '' for comments and processing instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def text_of(element: Any) -> str:
    """All text in the element, a blank between blocks."""
    parts = [element.text or ""] if tag_of(element) else []
    for child in element:
        gap = " " if tag_of(child) in BLOCKS or tag_of(child) == "br" else ""
        parts += [gap, text_of(child), gap, child.tail or ""]
    return "".join(parts)


def is_leaf(element: Any) -> bool:
    """Whether no block stands inside the element."""
    return not any(tag_of(inner) in BLOCKS for inner in element.iterdescendants())


def is_furniture(element: Any) -> bool:
    """Whether a site's frame: by its role, by a word in its class or id, or hidden."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    words = {word.lower() for word in _NAME_PARTS.findall(names)}
    return bool(
        words & FURNITURE_NAMES
        or element.get("role") in ("navigation", "banner", "contentinfo", "complementary", "search")
        or is_hidden(element)
    )


def is_hidden(element: Any) -> bool:
    """Whether an element's own style hides it."""
    return bool(_HIDDEN.search(element.get("style", "")))


def is_centred(element: Any) -> bool:
    """Whether the element or what holds it asks for centred text."""
    holders = [element, *element.iterancestors()][:3]
    return any(
        _CENTRED.search(holder.get("style", ""))
        or holder.get("align", "").lower() == "center"
        or tag_of(holder) == "center"
        for holder in holders
    )


def is_large(element: Any) -> bool:
    """Whether the type of an element, or of what it holds, is as large as that of titles."""
    for inner in element.iter("*"):
        size = _SIZE.search(inner.get("style", ""))
        if size and float(size[1].strip(".") or 0) >= LARGE[size[2].lower()]:
            return True
        if tag_of(inner) == "font" and inner.get("size", "") in map(str, range(LARGE_FONT, 8)):
            return True
    return False


def is_bold_only(element: Any) -> bool:
    """Whether all ink of the element is bold, and there is some."""
    if tag_of(element) in ("b", "strong") or _BOLD.search(element.get("style", "")):
        return bool(text_of(element).strip())
    own = [element.text or "", *(child.tail or "" for child in element)]
    inked = [child for child in element if text_of(child).strip()]
    return not "".join(own).strip() and bool(inked) and all(map(is_bold_only, inked))


# [1] with #note1, #_ftn1: the link of a note bears its number too.
_NOTE_LINK = re.compile(r"[\[［(（]?(\d{1,3})[\])）］]?>#\D+\1\)?")


def raise_marks(root: Any) -> None:
    """Write raised digits as superscripts, marks of notes and powers (m²), and with them what else
    marks a note.
    """
    for element in root.iter("sup", "sub", "span", "a", "font"):
        mark = raised_mark("".join(element.itertext())) if _is_raised(element) else None
        if mark:
            for child in list(element):
                element.remove(child)
            element.text = mark


def _is_raised(element: Any) -> bool:
    """Whether an element's digits are no part of the line: they are raised, lead to the note that
    bears their number, or stand below a figure.
    """
    tag = tag_of(element)
    if tag == "sup" or _RAISED.search(element.get("style", "")):
        return True
    if tag == "a":
        note = _NOTE_LINK.fullmatch(f"{''.join(element.itertext()).strip()}>{element.get('href')}")
        return note is not None
    if tag != "sub":
        return False
    last, parent = element.getprevious(), element.getparent()
    before = (last.tail if last is not None else parent.text) or ""
    return bool(before[-1:].isdecimal())  # CO₂ and PM₂.₅ stand behind letters
