"""Figures that are more than there can be: shares over 100%, parts above their whole, more people
than the place has.
"""

import re

from corpus.bulletin import Figure
from corpus.figures.repairs import MAX_SHIFT, Repairs, is_bare, repaired

PART_OF_WHOLE = re.compile(r"占[^，。；]{0,12}$")
# Wholes that what is compared with them does not lie in: a debt can be 113% of a product.
_NO_WHOLE = re.compile(
    "占[^，。；]*(?:生产总值|GDP|收入|支出|利润|资产|产值|预算|计划|任务|目标|指标|同期|上年|去年|标准"
    "|工资|投资|额)"
)
# Shares by their name. A bank's cover (拨备覆盖率) and a school's intake (毛入学率) can pass 100%.
_SHARES = (
    "占比 比重 比例 普及率 入住率 合格率 满意率 满意度 失业率 城镇化率 老龄化率 知晓率 优良率 "
    "达标率 及格率 治愈率 好评率 处理率 治理率 办结率 回收率 通过率 支持率 绿化率 "
    "重复利用率 综合利用率"
).split()
_IS = r"(?:均|已|都|分别)?(?:为|达到?|[提升增]\w?[到至])"
_BOUNDED = re.compile(rf"(?:{'|'.join(_SHARES)}|(?<!拨备)(?<!流动性)(?<!现金)覆盖率){_IS}?$")
_UNBOUNDED = re.compile("(?:增长|收益|回报|负债|完成|杠杆|充足|周转|换手|溢价|涨|增|升)率[^率]*$")
_RATE = re.compile(rf"(?:已完成|完成了|率{_IS})$")
_DONE = re.compile("(?:已完成|完成了)$")
_RATHER = 200  # percent that a rate which can pass 100% hardly reaches
_NEVER = 1000  # percent that none reaches
# A group of people in a clause, and words that make the figure one of another place.
_GROUP = re.compile(r"(?:人口|老人|老年人|居民|岁(?:及|以)以?上)[^，。；]{0,12}$")
_ELSEWHERE = re.compile(r"全国|我国|中国|全球|世界|各国|海外")
_RESIDENTS = re.compile(r"(?:常住|户籍|总)人口(?:总?数|总量)?[约近达到为是有共超]{0,2}$")
_CHANGE = re.compile(r"(?:增|减|升|降|比|较|新|净|人均|户均|平均|每|日均)[^，。；]{0,8}$")
_OTHER = re.compile(r"总|累计|合计|比|较|人均|户均|平均|每|目标|计划|预计")  # what is no part
_SENTENCE = frozenset("。；")
_PAUSES = frozenset("，、：（")
_SCALES = {"万": 1e4, "亿": 1e8}
_PERSONS = re.compile(r"^[万亿][人名位]?$")


def prove_share(
    text: str, figures: tuple[Figure, ...], i: int, *, lost: bool, fine: bool
) -> Repairs:
    """figures[i], a percentage over 100, where it is the share of a whole.

    `lost` says that points are missing elsewhere in the file: then a rate that as a rule is below
    100% is believed to be. `fine`: its percentages have two decimals, so that 185% can be 1.85%.
    """
    figure = figures[i]
    before = text[max(0, figure.start - 16) : figure.start]
    part = PART_OF_WHOLE.search(before)
    bounded = _BOUNDED.search(before) or (part and (lost or not _NO_WHOLE.search(before)))
    if not bounded:
        if not _RATE.search(before) or _UNBOUNDED.search(before):
            return {}
        if figure.value < (_RATHER if lost else _NEVER):
            return {}
    shift = next((p for p in range(1, MAX_SHIFT + 1) if figure.value <= 100 * 10**p), None)
    if shift is None:
        return {}
    value = figure.value / 10**shift
    # 1131% can be 113.1% where the rate can pass 100%; what is told as done is hardly below 10%.
    is_open = not bounded and value * 10 < _RATHER
    is_open |= fine and shift < MAX_SHIFT and not _DONE.search(before)
    why = f"部分不能超过整体：{figure.text}大于100%"
    return {i: repaired(figure, None if is_open else value, why)}


def prove_part_above_whole(text: str, figures: tuple[Figure, ...], i: int) -> Repairs:
    """figures[i], the first behind 其中, where the figure of its unit before 其中 is smaller."""
    part, whole = figures[i], figures[i - 1]
    if i == 0 or not _is_amount(part) or not is_bare(part) or part.value <= whole.value:
        return {}
    people = _is_people(whole) and _is_people(part) and whole.unit[0] == part.unit[0]
    before, found, behind = text[whole.end : part.start].rpartition("其中")
    if not (whole.unit == part.unit or people) or not found or not _SENTENCE.isdisjoint(before):
        return {}
    what = text[max(0, whole.start - 10) : whole.start]
    if not _SENTENCE.isdisjoint(behind) or _OTHER.search(behind) or _CHANGE.search(what):
        return {}
    return {i: repaired(part, None, f"部分不能超过整体：其中{part.text}大于{whole.text}")}


def prove_people(text: str, figures: tuple[Figure, ...], i: int, most: float | None) -> Repairs:
    """figures[i], a number of people, where it exceeds `most`, all that the place can have, or the
    residents that its sentence gives.
    """
    figure = figures[i]
    if not _is_people(figure) or not is_bare(figure):
        return {}
    start = 1 + max(text.rfind(mark, 0, figure.start) for mark in _SENTENCE)
    before = text[start : figure.start]
    if not _GROUP.search(before) or _ELSEWHERE.search(before):
        return {}
    if most is not None and _people(figure) > most:
        return {i: repaired(figure, None, f"{figure.text}超过当地可能有的人口")}
    for other in figures[:i]:
        if other.start < start or not _is_people(other) or _people(other) >= _people(figure):
            continue
        alone = text[other.end : other.end + 1] in _PAUSES
        if alone and _RESIDENTS.search(text[start : other.start]) and not _RESIDENTS.search(before):
            return {i: repaired(figure, None, f"{figure.text}超过当地人口{other.text}")}
    return {}


def _is_amount(figure: Figure) -> bool:
    return figure.unit[0] in _SCALES or figure.unit in ("公里", "平方公里", "公顷", "亩")


def _is_people(figure: Figure) -> bool:
    return _PERSONS.match(figure.unit) is not None


def _people(figure: Figure) -> float:
    return figure.value * _SCALES[figure.unit[0]]
