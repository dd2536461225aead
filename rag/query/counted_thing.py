"""The thing that a question counts: of 三门峡已建成的助餐场所有多少个 the 助餐场所."""

import re

from corpus.text.dates import find_dates
from rag.query.asking import COUNTERS
from rag.query.question import Query

LONGEST = 12  # characters right before the number; what stands farther off is no name of it
_NUMBER = re.compile(rf"(?:有|是|为|达|共)?(?:多少|几)(?:{COUNTERS}|万|亿|%)*")
_ASIDE = re.compile(r"（[^）]*）|\([^)]*\)")
_EMPTY = re.compile(r"^(?:已经?|共|总共|一共|都|要|给|能)+|[，,？?。的了 ]+")


def counted_thing(query: Query) -> str:
    """The words that name what is counted; "" where nothing does.

    >>> from rag.query.question import understand
    >>> counted_thing(understand("漯河已选定的助餐点有多少个"))
    '助餐点'
    """
    text = _ASIDE.sub("", query.chinese)
    for date in reversed(find_dates(text)):
        text = text[: date.start] + text[date.end :]
    for place in query.places:
        text = text.replace(place.name, "").replace(place.short, "")
    number = _NUMBER.search(text)
    if number is None:
        return ""
    behind = _EMPTY.sub("", text[number.end() :])
    before = text[: number.start()].rstrip("的，, ")
    named = _EMPTY.sub("", re.split(r"[的，,]", before)[-1])[-LONGEST:]
    return behind if len(behind) > 1 else named
