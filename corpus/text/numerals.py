"""Numbers as lists of print count them: 一 二, ① ②, 甲 乙, i ii, a b."""

from collections.abc import Callable

MAX_CIRCLED = 20  # Unicode has circled numbers in one row up to it

_HAN_DIGITS = "零一二三四五六七八九"
_HAN_PLACES = ("", "十", "百", "千")
MAX_HAN = 9999  # of a list's number; beyond it, and below 1, digits are written
MAX_ROMAN = 3999
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITAL = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

Numeral = Callable[[int], str]


def han(number: int) -> str:
    """A number in Han numerals as lists count.

    >>> han(3), han(10), han(12), han(20), han(105), han(2000)
    ('三', '十', '十二', '二十', '一百零五', '二千')
    """
    if not 0 < number <= MAX_HAN:
        return str(number)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _HAN_DIGITS[digit] + _HAN_PLACES[place]
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def digital(number: int) -> str:
    """Han digits place by place, as ideographs without a ten count: 九, 一〇, 一一."""
    return str(number).translate(_DIGITAL) if number >= 0 else str(number)


def legal(number: int) -> str:
    """The Han numerals of bills: 壹, 壹拾, 贰拾叁; digits where `han` has them."""
    text = han(number)
    return ("一" + text if text.startswith("十") else text).translate(_LEGAL)


def wide(number: int) -> str:
    """Digits as wide as a Han character."""
    return str(number).translate(_WIDE)


def bracketed(number: int) -> str:
    """(1), as the one character ⑴ looks."""
    return f"({number})"


def stopped(number: int) -> str:
    """1., as the one character ⒈ looks."""
    return f"{number}."


def dashed(number: int) -> str:
    """- 1 -."""
    return f"- {number} -"


def letters(number: int) -> str:
    """From a to z, then aa, bb, as Word counts; digits below 1."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Small Roman numerals; digits below 1 and above 3,999."""
    if not 0 < number <= MAX_ROMAN:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def circled(number: int) -> str:
    """① to ⑳, digits elsewhere."""
    return chr(0x245F + number) if 0 < number <= MAX_CIRCLED else str(number)


def stem(number: int) -> str:
    """甲 to 癸, digits elsewhere."""
    return _one_of(_STEMS, number)


def branch(number: int) -> str:
    """子 to 亥, digits elsewhere."""
    return _one_of(_BRANCHES, number)


def padded(number: int) -> str:
    """01, 02."""
    return f"{number:02}"


def upper(count: Numeral) -> Numeral:
    """The numerals of `count` in capital letters."""
    return lambda number: count(number).upper()


def _one_of(signs: str, number: int) -> str:
    return signs[number - 1] if 0 < number <= len(signs) else str(number)
