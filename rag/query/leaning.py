"""Questions that say nothing by themselves: 为什么, 一共呢, 和三门峡比呢, 2022年那次呢.

Each is the question before it with one thing changed: its place, its time, what is done with its
figures. Without a question before it, it is asked back what is meant.
"""

import re
from collections.abc import Sequence

from rag.query.asking import COUNTERS
from rag.query.changes import (
    ANEW,
    LEANT,
    Form,
    Lean,
    is_place,
    once_more,
    total_of,
    with_beside,
    with_place,
    with_reason,
    with_time,
)
from rag.query.persons import persons

_THEN = r"^(?:那么?|那就|还有|换成|再说|and|but)?[，,\s]*"
_END = r"(?:呢|呀|啊|吧|吗|嘛|的|了|[?？。！!\s])*$"
_HOW_MANY = rf"(?:(?:又|各)?(?:是|有|为)?(?:多少|几)(?:{COUNTERS})?|(?:又)?(?:怎么样?|如何|咋样))?"
_WHY = re.compile(
    rf"{_THEN}(?:这|那)?(?:是|又)?(?:为什么|为何|为啥|凭什么|(?:什么)?原因(?:是什么|在哪)?|怎么会?(?:这样|回事)|咋回事|why)"
    rf"(?:会?(?:这样|如此)|是这样)?{_END}",
    re.I,
)
_TOGETHER = re.compile(
    rf"{_THEN}(?:(?:这|那)?[两几三四二]者?[个家]?(?:市|地|处|者|地方|城市)?)?"
    rf"(?:一共|总共|共计|合计|合起来|加起来|加在一起|总数|总计|in total|altogether)(?:是|有|为)?"
    rf"{_HOW_MANY}{_END}",
    re.I,
)
_RIGHT = re.compile(
    r"^(?:那么?|你)?(?:确定)?(?:上面|刚才|前面|以上|上述|你)?(?:说|给|答|写)?的?(?:这|那)?个?"
    r"(?:数字?|数据|答案|回答|说法|结果|信息|内容)?(?:都|是|真的?)?"
    r"(?:(?:准确?|对|靠谱|可靠|正确|属实|可信)(?:不(?:准确?|对|靠谱))?|有(?:没有)?(?:错|误)|确定|靠得住)"
    r"(?:吗|么|嘛|不)[?？]*$"
)
_TIME = re.compile(
    rf"{_THEN}(?:在|到|截至)?(?P<time>(?:19|20)\d\d年?(?:底|初|末|\d{{1,2}}月(?:份|底)?)?|\d{{1,2}}月(?:份|底)?"
    r"|去年|前年|今年|上一?年|上[个次]?月|原来|原先|以前|之前|从前|起初|当初|过去|现在|目前|[上下]半年)"
    rf"(?:那|这)?(?:一?[次年会个回]|时候?)?{_HOW_MANY}{_END}"
)
# 和三门峡比呢: the place of the question before, beside this one.
_BESIDE = re.compile(
    rf"{_THEN}(?:(?:和|跟|与|同)(?P<with>.+?)(?:相?比|比较|对比)(?:起来|一下|一比)?|比(?P<than>[^较].*?))"
    rf"{_HOW_MANY}{_END}"
)
# 三门峡那边又是多少呀: another place, and nothing else.
_THERE = re.compile(
    rf"{_THEN}(?:在|到|换成?|看看?)?(?P<place>.+?)(?:那边|那里|那儿|这边|那[个篇期份版]|这[个篇期份版]|方面|的|也|情况)*"
    rf"{_HOW_MANY}{_END}",
    re.I,
)
_WHICH = re.compile(
    r"哪(?:一?[个家座])?(?:城市|市|县|区|地方|单位|部门|省|位|里|儿)?|谁|什么(?:地方|单位|部门)"
)
_LEADS = re.compile(r"^(?P<value>[^。\[\]\n，：]{1,24})。")
_ASKS_BACK = re.compile(
    r"^(?:那么?|还有|换成)(?P<rest>(?:(?!多少|几|哪|谁|什么).){0,5}?)(?:呢|又?(?:如何|怎么样))[?？]?$"
    r"|^(?:它|他|她|这|那|此|该)(?:们|个|些|里|项|件事?|家|次)?(?:是|有|又|说|说了|呢|的)*"
    rf"(?:什么|啥|谁|哪.?|多少(?:{COUNTERS})?|几(?:{COUNTERS})?|怎么样?|如何|为什么|呢)(?:的|了|呢|话)*[?？]?$"
    r"|^(?:第[一二三四五六七八九十\d]+[个点条项])(?:呢|是什么)?[?？]?$"
    r"|^(?:还有(?:别的|其他的?|吗|呢)?|继续|接着说|再?(?:具体|详细)[点些]?(?:呢|说说)?|然后呢|后来呢|其他的?呢)[吗呢?？]*$"
    r"|^(?:what about (?:it|them|that|there)|and (?:then|there)|why|how so|what else)\??$",
    re.I,
)


def says_nothing_alone(question: str) -> bool:
    """Whether a question means nothing without one before it.

    >>> [says_nothing_alone(one) for one in ("为什么？", "那漯河呢", "漯河有多少", "一共呢")]
    [True, True, False, True]
    """
    plain = question.strip()
    forms = (_WHY, _TOGETHER, _RIGHT, _TIME, _ASKS_BACK)
    return any(form.match(plain) for form in forms) or bool(_named_beside(plain))


def changed(
    question: str, before: Sequence[str], lean: Lean | None = None, asked: Sequence[str] = ()
) -> str | None:
    """The question before, with the one thing changed that this one says; None where it says more,
    or nothing. `before` are the questions so far, themselves completed, the last one last; `asked`
    are the same without what their answers said, which holds of no other place or time; `lean` is
    how it leans, where that was told by more than its words.

    >>> changed("2022年那次呢", ["河北2024年每人加多少"]), changed("和漯河比呢", ["鹤壁有几张床位"])
    ('河北2022年每人加多少', '鹤壁和漯河有几张床位')
    """
    asked = asked or before
    for form in _FORMS:
        if (made := form(question.strip(), asked if form in _ANEW else before)) is not None:
            return made
    return LEANT[lean](question.strip(), asked if lean in ANEW else before) if lean else None


LONGEST_NAME = 14  # characters of what an answer names
_TIME_UNIT = re.compile(r"[一两几]?[年月天日号次]")


def with_its_answer(question: str, answer: str) -> str:
    """A question that asked which or who, with what its answer opened with in that word's place.

    >>> with_its_answer("哪个市最先编了指南", "安阳市。全省首家编印了指南[1]。")
    '安阳市最先编了指南'
    """
    led = _LEADS.match(answer)
    asked = list(_WHICH.finditer(question))
    if led is None or len(asked) != 1 or len(persons(led["value"])) > 1:
        return question  # which of two persons is meant stays open
    value, behind = led["value"], question[asked[0].end() :]
    of_time = asked[0][0] == "哪" and _TIME_UNIT.match(behind)
    if len(value) > LONGEST_NAME or of_time or (behind and behind[:2] in value):
        return question  # a clause, 哪年 or 李明主持 of 谁主持: no name to put there
    return question[: asked[0].start()] + value + behind


def _why(question: str, before: Sequence[str]) -> str | None:
    return with_reason("为什么", before) if _WHY.match(question) else None


def _together(question: str, before: Sequence[str]) -> str | None:
    return total_of(question, before) if _TOGETHER.match(question) else None


def _right(question: str, before: Sequence[str]) -> str | None:
    return once_more(question, before) if _RIGHT.match(question) else None


def _at_another_time(question: str, before: Sequence[str]) -> str | None:
    found = _TIME.match(question)
    return with_time(found["time"], before[-1]) if found else None


def _beside(question: str, before: Sequence[str]) -> str | None:
    name = _named_beside(question)
    return with_beside(name, before[-1]) if name else None


def _there(question: str, before: Sequence[str]) -> str | None:
    found = _THERE.match(question)
    if found is None or not is_place(found["place"]):
        return None
    return with_place(found["place"], before[-1])


def _named_beside(question: str) -> str:
    """The place that a question sets beside the one spoken of, saying nothing else; else ""."""
    found = _BESIDE.match(question)
    name = (found["with"] or found["than"]) if found else ""
    return name if is_place(name) else ""


_ANEW: tuple[Form, ...] = (_beside, _at_another_time, _there)  # asked again, not of the answer
_FORMS: tuple[Form, ...] = (_why, _together, _right, *_ANEW)
