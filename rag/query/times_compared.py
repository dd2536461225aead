"""A question that sets two times of one thing against each other, as a question for each time."""

import re
from itertools import pairwise

from rag.query.asked_alone import asked_alone
from rag.query.asking import END_MARKS
from rag.query.operations import operation_of

_MONTHS = r"(?:\d{1,2}月(?:份|\d{1,2}[日号])?|[一二三四上下][季半](?:度|年)?)?"
_POINT = r"(?:年?[底末初中]|年度|以来|期间)?"
_TIME = re.compile(
    rf"(?:(?:19|20)\d\d年?|[今去前上明本]年){_MONTHS}{_POINT}"
    r"|(?<![\d年])\d{1,2}月(?:份|\d{1,2}[日号])?[底末初]?"
)
# What joins two times, and what says that they are set against each other.
_JOINT = re.compile(r"[，,、和与跟同及至到比从由自的两二年份度者相较起于以\s]*")
_AGAINST = re.compile(
    r"比|相差|差|[和与跟同].{0,16}(?:区别|不同|一样|对照|对比|各|分别)|[从由自].+[到至]"
    r"|一共|合计|加起来|总共|变化|哪一?年"
)
_TAIL = re.compile(
    r"[，,]?(?:有)?(?:什么|啥|哪些|多大)?的?(?:变化|区别|差别|不同|差异|两样)(?:在哪里?|是什么)?$"
    r"|(?:分别|各自|各)(?=是|有|为|达|多少|几)|(?:作|做)个?(?:对比|比较)$|在哪里?$"
)
# 今年的床位比去年多几张: what is compared stands between.
_THAN = re.compile(r"^的?(?P<thing>[^，,和与跟同到至]+?)(?:是不是|是否)?(?:要|都)?(?:比|较)$")
_COMPARED_WITH = re.compile(r"[跟与同比较]\s*$")
MAX_TIMES = 4


def sides_of_times(question: str) -> list[tuple[str, str]]:
    """Each of two to four times that a question compares, and the question about it alone; none of
    another question.

    >>> sides_of_times("开工学校，2017年底比2016年底多多少所？")
    [('2017年底', '2017年底开工学校有多少所'), ('2016年底', '2016年底开工学校有多少所')]
    """
    text = END_MARKS.sub("", question)
    times = list(_TIME.finditer(text))
    names = [_named(match[0]) for match in times]
    if times and _COMPARED_WITH.search(text[: times[0].start()]):
        return []  # 跟2021、2022年比: what is set against both is of another time
    if not 2 <= len(set(names)) == len(names) <= MAX_TIMES or not _AGAINST.search(text):
        return []
    gaps = [text[a.end() : b.start()] for a, b in pairwise(times)]
    behind = text[times[-1].end() :]
    own = _own_words(gaps, behind)
    if own is None and (len(gaps) > 1 or not _THAN.match(gaps[0])):
        return []
    own = own or ""
    before = text[: times[0].start()].rstrip("，,从由自在比和与、 ")
    if than := _THAN.match(gaps[0]):  # 今年的床位比去年多几张
        before += than["thing"]
    rest = behind[len(own) :].lstrip("比相较两年度的，, ") if own else behind
    rest = _TAIL.sub("", re.sub(r"^(?:比|相比|相较|两个?年度?|年)", "", rest))
    asked = asked_alone(f"{before}{own}{rest}", operation_of(question))
    return [(name, f"{name}{asked}") for name in names]


def _own_words(gaps: list[str], behind: str) -> str | None:
    """The words behind every one of the times (2017年目标跟2020年目标), "" for none; None where the
    times do not stand side by side.
    """
    left = [_JOINT.sub("", gap) for gap in gaps]
    if not any(left):
        return ""
    for own in (left[0], f"的{left[0]}"):
        if len(set(left)) == 1 and behind.startswith(own):
            return own
    return None


def _named(time: str) -> str:
    """A time as it is written out: 2022 is 2022年."""
    return f"{time}年" if time.isdigit() else time
