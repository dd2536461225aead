"""How long or how often, in words that are no figure to count with: 六十日, 连拿13年, 一点五倍."""

import re

from corpus.figures.quantities import same_family
from corpus.text.dates import find_dates

_HAN = "零〇一二两三四五六七八九十百千万半"
# 第三年 is no three years, 上半年 no half of one, 1987年 none at all.
_MEASURE = re.compile(
    rf"(?<![\d第上下头前后.,{_HAN}])(?:约|近|超过?|至少|不少于|不超过|不低于)?"
    rf"(?:\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?|[{_HAN}]+(?:点[{_HAN}]+)?)(?:万|亿)?"
    r"(?P<unit>个?工作日|日|天|个月|年|周|小时|分钟|秒|倍|里地?)(?:以上|以下|以内|左右|内)?"
)
_DAY_TO_DAY = re.compile(r"\d日?[至到—-]\d{1,2}日")


def duration_in(words: str, unit: str) -> str:
    """The words of a time that passed, in a unit that can answer for the one asked for ("" for
    any); "" where there are none, or a day or a year of the calendar.

    >>> duration_in("六十日前", "天"), duration_in("12日至14日", "天"), duration_in("第三年", "年")
    ('六十日', '', '')
    """
    if _DAY_TO_DAY.search(words) or any(date.year or date.month for date in find_dates(words)):
        return ""
    found = _MEASURE.search(words)
    fits = found and (not unit or same_family(found["unit"], unit))
    return found[0] if found and fits else ""
