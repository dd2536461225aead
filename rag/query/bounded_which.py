"""Which of several have a figure above or below a bound: 竣工率过九成的市有哪些."""

import re

from rag.query.bounds_asked import (
    BOUND,
    RELATIONS,
    AskedBound,
    bound_figure,
    figure_question,
    plain_bound,
    relation_of,
)

_WHICH = r"(?:哪[些几]?[个座家]?|谁|什么)"
_WHO = r"(?:市县|县市|县市区|市|县|区|省|地市|地方|地区|城市|单位|部门|年份?|类|项目?)"
_STANDS = rf"(?:是|有|都|已经?|在)*(?P<relation>{RELATIONS})(?:了|过)?(?P<bound>{BOUND})"
# 竣工率过九成的市有哪些; 哪些市的竣工率超过90%.
_BEHIND = re.compile(
    rf"^(?P<thing>[^；;？?]{{2,60}}?){_STANDS}的{_WHO}?(?:都|一共)?(?:有|是|包括)?"
    rf"{_WHICH}{_WHO}?[？?。]*$"
)
_AHEAD = re.compile(
    rf"^(?P<head>[^；;？?]{{0,40}}?){_WHICH}{_WHO}(?:里|的)?(?P<thing>[^，,；;？?]{{2,40}}?)"
    rf"{_STANDS}了?[？?。]*$"
)
_OTHER_WAYS = re.compile(
    rf"(?:在|有|是)?(?P<bound>{BOUND})(?:以|之)(?:(?P<above>上)|下)(?=的|[？?。]*$)"
)


def which_bounded(question: str) -> AskedBound | None:
    """The bound and the question for the figures that are held against it; None of another one.

    >>> which_bounded("2017年底，竣工率过九成的市有哪些").question
    '2017年底，竣工率是多少'
    >>> which_bounded("哪些市的床位在100张以上").question
    '床位有多少张'
    """
    plain = _OTHER_WAYS.sub(
        lambda found: plain_bound(found["bound"], bool(found["above"])), question
    )
    for text in dict.fromkeys((question, plain)):
        for pattern in (_BEHIND, _AHEAD):
            if (found := pattern.match(text)) and (asked := _asked(found)):
                return asked
    return None


def _asked(found: re.Match[str]) -> AskedBound | None:
    thing = f"{found.groupdict().get('head') or ''}{found['thing']}".rstrip("的")
    bound = bound_figure(found["bound"], thing)
    if bound is None:
        return None
    return AskedBound(figure_question(thing, bound), relation_of(found["relation"]), bound)
