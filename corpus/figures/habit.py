"""Whether a file drops its decimal points, told by all its figures together.

One whole number proves nothing: a sound report can do without points. So the figures are weighed:
for a habit of dropping speak those that are hardly ever whole in sound text (114 percentage
points, a growth of 738%), against it each point that was kept. The weights are natural logarithms
of how much more often such a figure is printed by a file that drops three points of four than by a
sound one: counted in news and government papers, lowered because the figures of one file resemble
each other, and tuned on one half of the documents of docs/figures.md.
"""

import re
from collections.abc import Sequence

from corpus.bulletin import Doubt, Figure
from corpus.figures.quantities import MEASURED
from corpus.figures.repairs import MIN_DIGITS, digits_of, has_point, is_bare

# Before any figure is looked at: full-width digits, and narrow marks between Han characters, are
# what files have that drop points.
_PRIOR = {(True, True): -1.5, (True, False): -3.5, (False, True): -4.5, (False, False): -6.0}
_KEPT = -1.4  # three points of four are dropped: the logarithm of a quarter
_PROVED = 4.0
_THOUSANDS = 4.0  # a percentage of four digits, percentage points of three
_HUNDREDS = 2.2  # 114%, where it neither grew nor was a plan to be fulfilled
_GREW = 1.5
_GREW_LITTLE = 0.5  # things double
_POINTS = 0.7  # 25 percentage points: they have one digit before the point as a rule
_HUGE = 2.0  # 42715万件: what is more than 100 million is told in 亿
_AMOUNT = 0.3  # 3348亿元
_AMOUNTS = 0.8  # all of them together: there are files that round every amount
_NARROW_MARK = re.compile(r"[一-鿿][.,;:][一-鿿“《]")
_WIDE_MARK = re.compile(r"[一-鿿][。，；：][一-鿿“《]")
_GROWTH = re.compile(r"(?:增|涨|升|提高|扩大|上浮|完成|恢复|达到?|的)[^，。；]{0,6}$")
_DOUBLED = 200  # percent
_MYRIAD = 4  # digits that an amount in 万 has at the most, as a rule
_ANY_SIZE = ("元", "公斤", "度", "千瓦时")  # budgets, harvests and power keep to 万 whatever it is
_SMALL = ("个百分点", "百分点", "万")  # two digits of these are as often 2.5 as 25
# Units that are commonly given with decimals; a length in 米 or a price in 元 often has none.
DECIMAL_UNITS = frozenset("% ‰ 个百分点 百分点 平方公里 平方千米 公里 千米 公顷 立方米".split())


def is_torn(text: str) -> bool:
    """Whether a decoded file has narrow marks between its Han characters for the most part."""
    return len(_NARROW_MARK.findall(text)) > len(_WIDE_MARK.findall(text))


def drops_points(figures: Sequence[tuple[Figure, str]], *, wide: bool, torn: bool) -> bool:
    """Whether the figures of a file show that it drops points: all its wide ones (`wide`), or all
    its narrow ones, each with some text before it. `torn`: see `is_torn`.
    """
    odds = _PRIOR[wide, torn]
    amounts = 0.0
    for figure, before in figures:
        if _is_amount(figure):
            amounts += _AMOUNT
        else:
            odds += _weight(figure, before)
    return odds + min(amounts, _AMOUNTS) > 0


def may_have_lost(figure: Figure) -> bool:
    """Whether a figure of a file that drops points may have lost one."""
    digits = digits_of(figure)
    often = figure.unit in DECIMAL_UNITS or figure.unit[0] in "万亿"
    if not often or not digits or has_point(figure) or figure.high is not None:
        return False
    if digits == MIN_DIGITS - 1:
        return figure.value % 10 != 0 and figure.unit.startswith(_SMALL)
    return digits >= MIN_DIGITS and figure.value % 100 != 0


def _weight(figure: Figure, before: str) -> float:
    if figure.doubt is Doubt.CERTAIN:
        return _PROVED
    if has_point(figure):
        return _KEPT if figure.unit in MEASURED or figure.unit[0] in "万亿" else 0.0
    if figure.unit.endswith("百分点"):
        if is_bare(figure):
            return _THOUSANDS
        return _POINTS if digits_of(figure) == MIN_DIGITS - 1 and figure.value % 10 else 0.0
    if figure.unit[0] in "万亿" and digits_of(figure) > _MYRIAD:
        return _HUGE if figure.value % 10 and not figure.unit.endswith(_ANY_SIZE) else 0.0
    if figure.unit != "%" or not is_bare(figure) or figure.value % 10 == 0:
        return 0.0
    if digits_of(figure) > MIN_DIGITS:
        return _THOUSANDS
    if _GROWTH.search(before):
        return _GREW if figure.value >= _DOUBLED else _GREW_LITTLE
    return _HUNDREDS


def _is_amount(figure: Figure) -> bool:
    """Whether a figure is an amount in 万 or 亿 that may have lost its point or not."""
    uneven = figure.value % 10 != 0 and figure.doubt is None
    is_huge = digits_of(figure) > _MYRIAD and not figure.unit.endswith(_ANY_SIZE)
    return figure.unit[0] in "万亿" and is_bare(figure) and uneven and not is_huge
