"""A question whether a figure is above or below a bound, as the question for that figure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.bulletin import Figure
from corpus.figures.quantities import find_figures


class Relation(StrEnum):
    """How a figure must stand to the bound for a yes."""

    ABOVE = "above"
    AT_LEAST = "at least"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class AskedBound:
    """What is asked: the question for the figure, the bound, and how it must stand to it."""

    question: str
    relation: Relation
    bound: Figure


_RELATIONS = (
    (Relation.AT_LEAST, "达到|达|够|不少于|不低于|不小于|有没有到|到"),
    (Relation.BELOW, "不到|不足|不满|不够|少于|低于|小于|没到|没有到|未达到|未达"),
    (Relation.ABOVE, "超过|超出|超|多于|大于|高于|突破|不止|过"),
)
_WORDS = "|".join(words for _, words in _RELATIONS)
# 全市的床位超过了500张吗: thing, relation, bound, and that it asks whether.
_ASKED = re.compile(
    rf"^(?P<thing>[^，,。；;]{{2,60}}?)(?:的)?(?:数量|总数|个数)?(?:是不是|是否|有没有|能不能)?(?:已经?|都)?(?:有)?"
    rf"(?P<relation>不到|不足|不满|不够|没到|没有到|未达到|未达|少于|低于|小于|{_WORDS})(?:了|过)?"
    r"(?P<bound>[\d.,]+[^，,。？?吗吧]{0,8}?)(?P<whether>了?(?:吗|么|吧|没有|没|对吗|是吗|是不是)?)[？?。]*$"
)
_ALWAYS_ASKS = re.compile(r"是不是|是否|有没有|能不能")


def asked_bound(question: str) -> AskedBound | None:
    """The bound that a question asks about; None of another question.

    >>> asked_bound("三门峡的助餐场所超过150个吗").question
    '三门峡的助餐场所有多少个'
    """
    found = _ASKED.match(question)
    if found is None or not (found["whether"] or _ALWAYS_ASKS.search(question)):
        return None
    figures = find_figures(found["bound"])
    if len(figures) != 1:
        return None
    relation = next(
        relation
        for relation, words in (_RELATIONS[1], _RELATIONS[0], _RELATIONS[2])
        if re.fullmatch(words, found["relation"])
    )
    unit = figures[0].unit
    return AskedBound(f"{found['thing']}有多少{unit}", relation, figures[0])
