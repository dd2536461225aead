"""What several sides are asked together, as it is asked of one of them: how much each has."""

import re

from rag.query.asking import COMPARING, END_MARKS, FIRST, INTERROGATIVE
from rag.query.bounded_which import which_bounded
from rag.query.operations import Operation, without_sum
from rag.query.ranks import without_rank

_CHANGE = (
    r"(?:增加|增长|上升|上涨|提高|提升|下降|减少|降低|超过"
    r"|[降涨升多少高低大小快慢长短差超])"
)
_ASKS_NUMBER = re.compile(r"多少|(?<![哪那这前后])几|百分之几")
# 提高了多少个百分点, 多多少所, 差几块.
_BY_HOW_MUCH = re.compile(
    rf"(?:还|要)?(?:相差|差距|差额|{_CHANGE})(?:出|了|过|有|是)?"
    r"(?P<number>(?:多少|几)(?P<unit>[^，,。？?了吗呢]{0,8}))"
)
_WHETHER = re.compile(
    rf"(?:是不是|是否|有没有)?(?:更|还|要|都)*(?<!多){_CHANGE}(?:一?些|了|出)*(?:吗|么|吧|没有|没|不|对吗)?$"
)
_THAN = re.compile(r"[，,]?(?:是不是|是否)?(?:比|相比|相比于|较)$")
# Who of them is asked for, beside the words for a rank: 三家里哪个市, 是谁家.
_WHICH = re.compile(
    r"[，,]?(?:这?[两二三四五六七八几]个?[家市地县区城处省]?(?:[里中]头?|之中|当中)?[，,]?)?(?:的)?(?:是|数)?"
    r"(?:谁家?|哪[一个几]*(?:个|家|座|类|种|项)?(?:省|市|城市|县|区|地方|地|部门|单位|里)?)"
    r"(?:的|家)?(?:是|有)?$"
)
_ORDERED = re.compile(
    r"[，,]?(?:按|请|把|给)?(?:数量|多少|大小)?(?:进行)?(?:排[个一]?[一个]?[序队名]|排列?)?(?:一?下)?$"
)
_HEAD = re.compile(
    r"^(?:请问|请|麻烦|帮我?|将|把|列表|对照|对比|比较|比一比|报个?|算一?下|[，,：:；;\s])+(?!例)"
)
_BETWEEN = re.compile(r"[，,：:；;]*(?:请|把|将)?[，,：:；;]+")
_EMPTY = re.compile(
    r"(?:[，,：:；;]|把|将|同|跟|和|与|[作做]个?|(?:对照|对比|比较|列|说)一下|列出来)+$"
)
_SHARE = re.compile(
    r"[^频效]率$|比例$|占比$|比重$|份额$|标准$|金额$|数额$|数量$|总数$|[家人个点]数$"
)
# What joins the things compared, and what may be left of a question when they are taken out.
JOINT = "和与跟同及、，,；;？? 　"
JOINT_AT_END = re.compile(r"(?:(?<!不)同|[和与跟及、，,；;？? 　])+$")  # 不同 joins nothing


def asked_alone(text: str, operation: Operation | None) -> str:
    """A side's question without what is asked of the sides together.

    >>> asked_alone("甲市的助餐点谁垫底", Operation.RANK), asked_alone("床位比", Operation.MORE)
    ('甲市的助餐点有多少', '床位有多少')
    """
    text = without_sum(text) if operation is Operation.SUM else text
    text = END_MARKS.sub("", _BETWEEN.sub("，", _HEAD.sub("", text)))
    if operation is None:
        return _EMPTY.sub("", text)
    if operation is Operation.SUM:
        return _with_number(_EMPTY.sub("", text))
    if operation is Operation.RANK:
        return _with_number(_without_ranking(text))
    if operation is Operation.BOUNDED and (bounded := which_bounded(text)):
        return bounded.question
    text = _THAN.sub("", text)
    if found := _BY_HOW_MUCH.search(text):
        unit = found["unit"]
        points = unit.startswith(("个百分点", "百分点"))
        return _with_number(text[: found.start()], "" if points else found["number"])
    return _with_number(_WHETHER.sub("", text))


def _without_ranking(text: str) -> str:
    ranked = without_rank(text, among=True)
    if ranked is None:
        return text
    before, behind = ranked
    before = _WHICH.sub("", before.rstrip("的定数"))
    before = re.sub(r"(?:按|的)?数量$|由$|从$|[，,]$", "", before)
    behind = _ORDERED.sub("", _WHICH.sub("", behind.lstrip("的")))
    return f"{before}{behind.strip('，,的是有')}"


def _with_number(text: str, number: str = "") -> str:
    """The question with what asks for its number, where it has none."""
    text = re.sub(r"[，,的是有]+$", "", text)
    if _ASKS_NUMBER.search(text):
        return text
    have = "是" if _SHARE.search(text) and number in ("", "多少") else "有"
    return f"{text}{have}{number or '多少'}"


def without_comparing(text: str) -> str:
    """A side's question without the words that compare; which is first asks when each is."""
    text = JOINT_AT_END.sub("", text)
    first = FIRST.search(text)
    if first and text[: first.start()].strip(JOINT):
        when = "" if INTERROGATIVE.search(text[: first.start()]) else "，是什么时候"
        text = f"{text[: first.start()]}{first['what']}{first['act']}{when}"
    return without_sum(COMPARING.sub("", text)).strip(JOINT)
