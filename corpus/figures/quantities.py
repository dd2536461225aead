"""Quantities in a text: the number, its unit, and what is no quantity though it has digits."""

import re

from corpus.bulletin import Figure
from corpus.remember import remembered
from corpus.text.reading_text import is_han

# Measure words and units, general to official Chinese. Longer alternatives are tried first.
_COUNTED = (
    "人次 人 名 位 户 家 个 处 所 座 间 张 件 条 项 次 场 篇 份 批次 批 类 期 部 台 辆 套 支 册 本 "
    "幅 块 只 头 株 棵 艘 架 枚 轮 届 级 层 床 张床位 村 镇 乡 县 岁 周岁 天 周 小时 分钟 秒 个月 "
    "根 栋 幢 盏 瓶 箱 袋 桶 盒 封 趟 剂 剂次 架次 航次 桩 眼 "
    "倍 门 组 队 片 段 顿 餐 单 例 宗 起 笔 步 种 点 面 对 双 代 遍 车次 班次 课时 学时"
).split()
_MEASURED = (
    "个百分点 百分点 % ‰ 元 美元 欧元 平方米 平方公里 平方千米 公里 千米 米 厘米 毫米 亩 公顷 吨 "
    "公斤 千克 克 毫克 微克 升 毫升 立方米 度 千瓦 千瓦时 兆瓦 吉瓦 千伏 分贝 海里 标箱 "
    "摄氏度 ℃ 折 分 成"
).split()
MEASURED = frozenset(_MEASURED)
_TIMES = frozenset("小时 分钟 秒 天 周 个月 年 日".split())
# Units that answer for one another: 多少人 may be told in 名, 多少钱 in 元.
_FAMILIES = (
    frozenset("人 名 位 人次 户 口".split()),
    frozenset("元 块 钱 美元 欧元 分".split()),
    _TIMES,
    frozenset("% ‰ 成 个百分点 百分点 折".split()),
    frozenset("平方米 平方公里 平方千米 亩 公顷 米 公里 千米".split()),
    frozenset("吨 公斤 千克 克 毫克 微克 升 毫升 立方米".split()),
)
# 开了几回 is told in 次 or 场, and by no number of things.
_OFTEN, _OCCASIONS = frozenset("次 回 趟 遍".split()), frozenset("次 回 趟 遍 场 轮 届".split())
LONGEST = 16  # characters of a number's beginning
_TORN = re.compile(r"[一-鿿][\d,.]*\d $")
REMEMBERED = 2048  # texts whose figures are kept: a sentence is asked about by several rules
_SCALES = ("万亿", "千万", "百万", "亿", "万", "千", "百")
_UNIT = "|".join(sorted({*_COUNTED, *_MEASURED}, key=len, reverse=True)).replace(
    "|户|",
    "|户(?!籍)|",  # 1 户籍人口由公安局提供 is a note
)
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_APPROXIMATE = "余|多|来|几"
_FIGURE = re.compile(
    # not inside a name such as A4, 1+3+6+20, 第104次, nor behind a decimal point or a lost digit
    rf"(?<![\dA-Za-z第.+×/\ufffd])(?P<number>{_NUMBER})(?:[-~～–—－至到](?P<high>{_NUMBER}))?"
    rf"(?:{_APPROXIMATE})?(?P<unit>(?:{'|'.join(_SCALES)})?(?:{_APPROXIMATE})?(?:{_UNIT})?)"
)
# Behind a number without a unit: another number, which has the unit of both.
_SHARES = re.compile(
    rf"[、和与及](?:{_NUMBER})(?:{_APPROXIMATE})?(?:{'|'.join(_SCALES)})?(?:{_UNIT})"
)
_NEAR = ("近", "约", "超", "超过", "逾", "将近", "大约", "不少于", "不低于", "至少")
# Statutes write 八秒, 二十平方米. A lone numeral before a counting word is an article more often
# than a count (一个, 两方面), and 十分, 一度 are words. 数百元 tells no number, 三分之二 no unit.
_HAN = "[零〇一二两三四五六七八九十百千]"
_HAN_FIGURE = re.compile(
    rf"(?<![第零〇一二两三四五六七八九十百千万数几])(?P<number>{_HAN}+)"
    rf"(?P<unit>(?:万|亿)?(?:{_UNIT}))(?![之点])"
)
_LONE_WORDS = frozenset("分 度".split())
_HAN_PERCENT = re.compile(
    r"百分之(?P<number>[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)"
)
_HAN_DIGITS = {c: value for value, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@remembered(REMEMBERED)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Quantities of a reading text in order; dates, ordinals and bare numbers are none.

    A number that shares the unit of the next one (258和148个百分点) is a quantity too.
    """
    found: list[Figure] = []
    bare: list[tuple[int, int, float]] = []  # numbers that may share the next one's unit
    for match in _FIGURE.finditer(text):
        unit = _plain_unit(match["unit"])
        value = _value(match["number"])
        if not unit:
            if _SHARES.match(text, match.end()):
                bare.append((match.start(), match.end(), value))
            continue
        if _is_name(text, match.start(), match.end()) or _is_cut(text, match.start()):
            continue
        found += [Figure(text[s:e], s, e, shared, unit) for s, e, shared in bare]
        bare = []
        high = _value(match["high"]) if match["high"] else None
        near = bool(re.search(_APPROXIMATE, match[0])) or text.endswith(_NEAR, 0, match.start())
        start = match.start()
        if high is None and _is_negative(text, start, found[-1].end if found else 0):
            start, value = start - 1, -value
        found.append(Figure(text[start : match.end()], start, match.end(), value, unit, high=high,
                            approximate=near))  # fmt: skip
    for match in _HAN_PERCENT.finditer(text):
        value = han_number(match["number"])
        found.append(Figure(match[0], match.start(), match.end(), value, "%"))
    taken = {i for figure in found for i in range(figure.start, figure.end)}  # 千米 of 3千米
    for match in _HAN_FIGURE.finditer(text):
        number, unit = match["number"], match["unit"]
        if taken.isdisjoint(range(*match.span())) and _is_han_quantity(number, unit):
            found.append(Figure(match[0], match.start(), match.end(), han_number(number), unit))
    return tuple(sorted(found, key=lambda figure: figure.start))


def same_family(unit: str, asked: str) -> bool:
    """Whether a figure in `unit` can answer a question that asks in `asked`.

    Measured units answer only within their family; words that count things (个, 家, 项, 处) stand
    in for one another, for people use them loosely.
    """
    plain = unit.lstrip("万亿千百")
    if plain == asked or not plain:
        return True
    if asked in _OFTEN:
        return plain in _OCCASIONS
    for family in _FAMILIES:
        if plain in family or asked in family:
            return plain in family and asked in family
    return plain not in MEASURED and plain not in _TIMES


def han_number(numeral: str) -> float:
    """Value of a Han numeral below ten thousand: 五十五 -> 55, 十二点五 -> 12.5.

    >>> han_number("一百二十八"), han_number("九点一")
    (128.0, 9.1)
    """
    whole, _, fraction = numeral.partition("点")
    total = digit = 0
    for char in whole:
        if char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    digits = "".join(str(_HAN_DIGITS[char]) for char in fraction)
    return float(f"{total + digit}.{digits or 0}")


def whole_number(numeral: str) -> int:
    """Value of a whole number, in digits or in Han numerals.

    >>> whole_number("52"), whole_number("五十二")
    (52, 52)
    """
    return int(numeral) if numeral.isdigit() else int(han_number(numeral))


def _is_han_quantity(number: str, unit: str) -> bool:
    if len(number) > 1 or unit.startswith(("万", "亿")):
        return True
    return (unit in MEASURED or unit in _TIMES) and unit not in _LONE_WORDS


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _plain_unit(unit: str) -> str:
    return re.sub(_APPROXIMATE, "", unit)


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the digits stand inside quotes alone, as "985" and “1815” do, or in a date."""
    return text[start - 1 : start] in ("“", "〔", "[") and text[end : end + 1] in ("”", "〕", "]")


def _is_cut(text: str, start: int) -> bool:
    """Whether digits right behind a word stand before the number and a blank: the end of a number
    that an extraction tore (12 6个), or a note's mark and a number. Which, nobody can tell.
    """
    return text[start - 1 : start] == " " and bool(
        _TORN.search(text, max(0, start - LONGEST), start)
    )


def _is_negative(text: str, start: int, last: int) -> bool:
    """Whether a minus stands before the number (增长-2.3%) and no mark of a range, which has
    another figure, ending at `last`, or a date before it.
    """
    before = text[max(0, start - 2) : start - 1]
    signed = start > 1 and text[start - 1] in "-−" and last != start - 1
    return signed and (is_han(before) or before in "：:（(，、 ") and before not in "年月日号时分点"
