"""A question whether a figure is above or below a bound, as the question for that figure."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from corpus.bulletin import Figure
from corpus.figures.quantities import find_figures, han_number


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

    def holds(self, value: Decimal, bound: Decimal) -> bool:
        """Whether a figure of this value stands so to a bound of that one."""
        if self.relation is Relation.ABOVE:
            return value > bound
        return value >= bound if self.relation is Relation.AT_LEAST else value < bound


_RELATIONS = {
    word: relation
    for relation, words in (
        (Relation.AT_LEAST, "达到 达 够 不少于 不低于 不小于 有没有到 到"),
        (
            Relation.BELOW,
            "不到 不足 不满 不够 少于 低于 小于 没到 没有到 未达到 未达",
        ),
        (Relation.ABOVE, "超过 超出 超 多于 大于 高于 突破 不止 过"),
    )
    for word in words.split()
}
# Every word for how a figure stands to a bound, longer ones first.
RELATIONS = "|".join(sorted(_RELATIONS, key=len, reverse=True))
_HAN = "[一二两三四五六七八九十百千万亿零〇]"
# 八成, 一半, 过半: shares without a figure.
_SHARE = rf"{_HAN}成{_HAN}?|一?半数?|百分之{_HAN}+"
BOUND = rf"(?:[\d.,]+|{_SHARE}|{_HAN}+)[^，,。？?吗吧了没的]{{0,8}}?"  # a number with its unit
# 全市的床位超过了500张吗: thing, relation, bound, and that it asks whether.
_ASKED = re.compile(
    rf"^(?P<thing>[^；;]{{2,60}}?)(?:的)?(?:数量|总数|个数)?(?:是不是|是否|有没有|能不能)?(?:已经?|都)?(?:有)?"
    rf"(?P<relation>{RELATIONS})(?:了|过)?"
    rf"(?P<bound>(?:[\d.,]+|{_SHARE}|{_HAN}+)[^，,。？?吗吧了没]{{0,8}}?)"
    r"(?P<whether>了?[，,]?(?:吗|么|吧|没有|没|对吗|是吗|是不是)?)[？?。]*$"
)
# The same in other words, each as the plain ones say it: 到没到95%, 比1500个多吗, 在100家以上吗,
# 有没有上千, 过半了吗.
_NUMBER = rf"(?:[\d.,]+|{_SHARE}|{_HAN}+)[^，,。？?吗吧了没多少高低大小]{{0,6}}?"
_VERB_OR_NOT = re.compile(r"(?P<verb>[到超够达过])[没不](?P=verb)(?P<more>[过到]?)")
_THAN = re.compile(
    rf"比(?P<bound>{_NUMBER})(?:还|要|更)*(?:(?P<above>[多高大长])|[少低小短])(?P<rest>[了吗么吧没有]*[？?。]*)$"
)
_FROM = re.compile(
    rf"(?:在|有|是)?(?P<bound>{_NUMBER})(?:以|之)(?:(?P<above>上)|下)(?P<rest>[了吗么吧没有]*[？?。]*)$"
)
_ROUND = re.compile(r"(?P<past>[上过破])(?P<bound>[百千万亿半])(?P<rest>[了吗么吧没有]*[？?。]*)$")
# 机构有没有30家, 整改率有没有七成: whether there are as many.
_AS_MANY = re.compile(rf"有没有(?={_NUMBER}[？?。]*$)")
_ALWAYS_ASKS = re.compile(r"是不是|是否|有没有|能不能")
_SCALES = ("万", "亿")  # of a bound without a unit
_RATE = re.compile(r"率$|比例$|占比$|比重$|份额$")
# Is the share of X above 20%?
_ENGLISH = re.compile(
    r"^(?:is|are|was|were|has|have|does|do|did) (?P<thing>.+?) "
    r"(?P<relation>above|over|more than|higher than|exceed(?:ed|s)?|at least|reach(?:ed|es)?"
    r"|below|under|less than|fewer than|lower than) (?P<bound>[\d.,]+ ?(?:%|percent)?[^?]*)\?*$",
    re.IGNORECASE,
)
_ENGLISH_RELATIONS = (
    (Relation.AT_LEAST, re.compile("at least|reach", re.IGNORECASE)),
    (Relation.BELOW, re.compile("below|under|less|fewer|lower", re.IGNORECASE)),
)


def asked_bound(question: str) -> AskedBound | None:
    """The bound that a question asks about; None of another question.

    >>> asked_bound("三门峡的助餐场所超过150个吗").question
    '三门峡的助餐场所有多少个'
    """
    question = _plainly(question)
    found = _ASKED.match(question)
    if found is None or not (found["whether"] or _ALWAYS_ASKS.search(question)):
        return None
    if re.search(r"多少|几|哪|谁|什么", found["thing"]):
        return None
    thing = found["thing"]
    bound = bound_figure(found["bound"], thing)
    if bound is None:
        return None
    return AskedBound(figure_question(thing, bound), relation_of(found["relation"]), bound)


def relation_of(words: str) -> Relation:
    """What a word of RELATIONS says."""
    return _RELATIONS[words]


def figure_question(thing: str, bound: Figure) -> str:
    """The question for the figure that is held against a bound."""
    unit = "" if bound.unit in _SCALES else bound.unit
    return f"{thing}{'是多少' if _RATE.search(thing) else f'有多少{unit}'}"


def plain_bound(bound: str, above: bool) -> str:
    """A bound behind a plain word for how one stands to it: 100家以上 is 达到100家."""
    return f"{'达到' if above else '不到'}{bound}"


def english_bound(question: str) -> AskedBound | None:
    """The same of a question in English.

    >>> english_bound("Is the share of old people above 20%?").question
    'What is the share of old people?'
    """
    found = _ENGLISH.match(question)
    if found is None:
        return None
    bound = bound_figure(found["bound"].replace(" percent", "%"), "")
    if bound is None:
        return None
    relation = next(
        (one for one, words in _ENGLISH_RELATIONS if words.search(found["relation"])),
        Relation.ABOVE,
    )
    return AskedBound(f"What is {found['thing']}?", relation, bound)


def _plainly(question: str) -> str:
    """A question with its bound behind a plain word for how one stands to it."""
    question = _AS_MANY.sub("达没达到", question)
    asks = f"{question.rstrip('？?。')}吗" if _VERB_OR_NOT.search(question) else question
    text = _VERB_OR_NOT.sub(lambda found: found["verb"] + found["more"], asks)
    for pattern, above in ((_THAN, "超过"), (_FROM, "达到")):
        if found := pattern.search(text):
            word = above if found["above"] else "不到"
            return f"{text[: found.start()]}{word}{found['bound']}{found['rest']}"
    if found := _ROUND.search(text):
        word = "达到" if found["past"] == "上" else "超过"
        return f"{text[: found.start()]}{word}一{found['bound']}{found['rest']}"
    return text


def bound_figure(text: str, thing: str) -> Figure | None:
    """The only figure of a bound; 八成 and 一半 are shares, and a number alone is one of whatever
    the thing is counted in, of a rate a percentage.
    """
    if re.match(r"一?半", text):
        return Figure(text, 0, len(text), 50.0, "%")
    if tenths := re.match(rf"(?P<whole>{_HAN})成(?P<half>半|{_HAN})?", text):
        value = han_number(tenths["whole"]) * 10
        if tenths["half"]:
            value += 5 if tenths["half"] == "半" else han_number(tenths["half"])
        return Figure(text, 0, len(text), value, "%")
    figures = find_figures(text)
    if len(figures) == 1:
        return figures[0]
    counted = find_figures(f"{text}个")  # 上千, 过万: of whatever the thing is counted in
    if figures or len(counted) != 1 or counted[0].text != f"{text}个":
        return None
    unit = "%" if _RATE.search(thing) else counted[0].unit.removesuffix("个")
    return replace(counted[0], text=text, end=len(text), unit=unit)
