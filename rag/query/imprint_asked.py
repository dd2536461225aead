"""Questions about a bulletin itself: which unit tells its issue, date, authors or recipients."""

import re

from corpus.bulletin import Kind

_ASKED: tuple[tuple[Kind, str], ...] = (
    (Kind.MASTHEAD, r"第几期|几期|哪一?[期辑]|期号|专辑|专刊|简报叫|刊名"),
    (Kind.TITLE,
     r"标题|题目|哪.{0,3}篇|几篇|文章|登了|刊登|收录|收了|简报.{0,6}(?:涉及|覆盖|哪)|目录"),
    (Kind.BYLINE, r"记者|通讯员|作者|谁写|署名"),
    (Kind.CREDIT, r"供稿|供的?稿|来稿|谁写|单位写|哪.{0,4}写的"),
    (Kind.PAGE_CREDIT,
     r"责编|责任编辑|编辑|校对|组版|排版|主办|哪[天日]出|出版|星期几|印了?多少份|版面"),
    (Kind.DISTRIBUTION, r"报送|抄送|报给|发给|送给|送到哪|主送|抄报|送达"),
)  # fmt: skip
_PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in _ASKED]


def kinds_asked(question: str) -> frozenset[Kind]:
    """Kinds of unit that tell what a question asks about its bulletin; empty for most questions."""
    return frozenset(kind for kind, pattern in _PATTERNS if pattern.search(question))
