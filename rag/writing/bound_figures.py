"""Figures of a text with what each is bound to: amount, unit, more or less, the words beside it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.bulletin import Doubt, Figure, Unit
from corpus.figures.quantities import find_figures
from corpus.text.sentences import split_sentences
from index.words.tokenizer import tokenize
from rag.answering.reckoning import amount

# Units that stand for one another: people, and things that are places. 人次 and 户 are neither.
_ALIKE = (frozenset("人 名 位".split()), frozenset("个 家 所 处 座".split()),
          frozenset(("公里", "千米")), frozenset(("公斤", "千克")), frozenset("件 项 条".split()),
          frozenset(("个百分点", "百分点", "%")), frozenset("岁 周岁".split()),
          frozenset(("张", "张床位")))  # fmt: skip
_TENTHS = "成"  # 九成 is 90%
_TIMES = frozenset("年 天 日 小时 分钟 秒 周 个月 月".split())  # 近三年 says no less than three
_DELIMITERS = re.compile(r"[，。；：、！？,;（）()\n]")
_NUMERAL = re.compile(r"[\d.,%]+")


class About(StrEnum):
    """How a figure is told."""

    EXACT = "exact"
    ABOVE = "above"
    BELOW = "below"
    NEAR = "near"


_TO = r"(?:了|为|到)?$"
_BEFORE = (
    (
        About.BELOW,
        re.compile(
            r"(?:不足|不到|不满|未达到?|未满|低于|少于|小于|将近|接近|近"
            rf"|不超过|不高于|不多于|至多|最多|以内){_TO}"
        ),
    ),
    (
        About.ABOVE,
        re.compile(
            r"(?:超过|超出|超|逾|突破|高于|大于|多于|不止"
            rf"|不低于|不少于|不小于|至少|最少|过){_TO}"
        ),
    ),
    (About.NEAR, re.compile(r"(?:约|大约|大概|左右)(?:为|是|占)?$")),
)
_INSIDE = re.compile(r"余|多|来|几")
_BEHIND = (
    (About.ABOVE, re.compile(r"^(?:余|多(?!少)|以上|有余|开外)")),
    (About.BELOW, re.compile(r"^(?:以下|以内|不到)")),
    (About.NEAR, re.compile(r"^(?:左右|上下)")),
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure with what it is bound to: its amount, unit, how it is told, the tokens beside it,
    the number of its sentence, whether that shares figures out among names (分别), and the unit
    that it stands in, None in a sentence of a model.
    """

    figure: Figure
    value: Decimal
    unit: str
    about: About
    beside: frozenset[str]
    sentence: int
    shared_out: bool
    source: Unit | None = None


def bound_figures(text: str, source: Unit | None = None) -> list[Bound]:
    """The figures of a text, bound; of a unit also what a damaged one was before, as proven."""
    found = [_bound(text, one, source) for one in find_figures(text)]
    for damaged in source.figures if source else ():
        if damaged.doubt is Doubt.CERTAIN and damaged.suggestion:
            for one in find_figures(damaged.suggestion)[:1]:
                at = Figure(one.text, damaged.start, damaged.end, one.value, one.unit)
                found.append(_bound(text, at, source))
    return found


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same things.

    >>> same_unit("人", "名"), same_unit("人", "人次")
    (True, False)
    """
    return one == other or any(one in group and other in group for group in _ALIKE)


def _bound(text: str, figure: Figure, source: Unit | None) -> Bound:
    """A figure with what stands beside it: from the mark or figure before to the mark behind."""
    told = amount(figure)
    others = [one for one in find_figures(text) if one.start != figure.start]
    start = max([0, *(one.end for one in others if one.end <= figure.start)])
    end = min([len(text), *(one.start for one in others if one.start >= figure.end)])
    before = _DELIMITERS.split(text[start : figure.start])[-1]
    if not before.strip():  # the words of an enumeration stand before its mark
        before = text[max(0, figure.start - 12) : figure.start]
    behind = _DELIMITERS.split(text[figure.end : end])[0]
    tokens = {t for t in tokenize(f"{before} {behind}") if not _NUMERAL.match(t) and len(t) > 1}
    spans = split_sentences(text)
    number = next((n for n, s in enumerate(spans) if s.start <= figure.start < s.end), 0)
    own = text[spans[number].start : spans[number].end] if spans else text
    value, counted = told.value, told.unit
    if counted == _TENTHS:
        value, counted = value * 10, "%"
    return Bound(figure, value, counted, _about(text, figure), frozenset(tokens), number,
                 "分别" in own, source)  # fmt: skip


def _about(text: str, figure: Figure) -> About:
    before, behind = text[max(0, figure.start - 6) : figure.start], text[figure.end :][:4]
    for about, words in _BEFORE:
        if words.search(before) and not (before.endswith("近") and figure.unit in _TIMES):
            return about
    if _INSIDE.search(figure.text):
        return About.ABOVE
    return next((about for about, words in _BEHIND if words.match(behind)), About.EXACT)
