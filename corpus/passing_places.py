"""Places that a text names and is not about: where it was written or held, where something came
from or was sent to; whom a letter goes to.
"""

import re

from corpus.text.gazetteer import PROVINCE
from corpus.text.places import Mention

_DATELINE = re.compile(r"\s*(?:\d{4}年)?\d{1,2}月\d{1,2}日\s*[电讯]")
_VENUE = re.compile(r"(?:隆重|顺利|成功|圆满)?(?:举行|召开|开幕|闭幕|举办)")
# The edition of an agency or its local branch: 中新网广东.
_EDITION = re.compile(r"(?:网|新华社|中新社)$")
_BOUND_FOR = re.compile(r"(?:开往|驶往|飞往)$")
_LEAVES = re.compile(r"\s*(?:[一-鿿]{0,2}开往|出发|发车|起飞)")
# A whole province that something is sent to: of what is done there its counties would be named.
_SENT_TO = re.compile(r"(?:驰援|支援|援助|增援|运往|运抵|发往|寄往|捐往)$")
_GIVEN = re.compile(r"(?:灾区)?(?:捐|伸出|提供援)")
# 各省、自治区财政厅（局），深圳市财政局：
_ADDRESSED = re.compile(r"[^：:。\n]{0,40}各[省市县地部设有高级][^：:。\n]{0,200}[：:]")
_CAPTION = re.compile("摄(?!影|像|制)|供图|资料图")
_OPENING = re.compile(r"\d{1,2}月\d{1,2}日\s*[电讯]\s*(?:[（(][^（()）]{0,40}[）)])?")
OPENING = 250  # characters in which a text begins; before may stand a caption or a line of the page
# Who held it speaks of no place: 由省文明办、市委联合主办.
_HELD_BY = re.compile(r"由[^。；]{2,150}?(?:主办|承办|协办)")


def lead_start(text: str) -> int:
    """Where a text begins to tell: behind the line of place and day that opens news, if that stands
    under a caption; else at its first character.
    """
    opening = _OPENING.search(text, 0, OPENING)
    return opening.end() if opening and _CAPTION.search(text, 0, opening.start()) else 0


def own_words(text: str) -> str:
    """A text without those who held what it tells of."""
    return _HELD_BY.sub("", text)


def is_edition(text: str, mention: Mention) -> bool:
    """Whether a place is that of an agency's edition or branch: 中新网广东."""
    return bool(_EDITION.search(text[max(0, mention.start - 4) : mention.start]))


def is_venue(text: str, mention: Mention) -> bool:
    """Whether a place is where what a text tells of was held."""
    return text[mention.start - 1 : mention.start] == "在" and bool(_VENUE.match(text, mention.end))


def is_elsewhere(text: str, mention: Mention) -> bool:
    """Whether a place is where a text was written, where something left or was bound for, or one
    of those whom a letter goes to.
    """
    before, end = text[max(0, mention.start - 4) : mention.start], mention.end
    if _DATELINE.match(text, end) or _BOUND_FOR.search(before) or _LEAVES.match(text, end):
        return True
    if len(mention.place.code) == PROVINCE and _is_sent_to(text, before, end):
        return True
    return _is_addressed(text, mention.start)


def _is_sent_to(text: str, before: str, end: int) -> bool:
    return bool(_SENT_TO.search(before) or (before[-1:] in "向为给" and _GIVEN.match(text, end)))


def _is_addressed(text: str, start: int) -> bool:
    """Whether a place stands in the line of those whom a letter goes to."""
    begin = text.rfind("\n", 0, start) + 1
    found = _ADDRESSED.match(text, begin)
    return found is not None and start < found.end()
