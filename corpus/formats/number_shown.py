"""What a cell of a spreadsheet shows of its value: percent, thousands and dates by its format."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

MAX_DECIMALS = 10  # digits behind the point that are shown where the format tells none
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')  # words, one character, a gap, a filling
_BRACKETS = re.compile(r"\[[^\]]*\]")  # colours, conditions, locales
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?,*")
_DATE = re.compile(r"[ymdhs上下]", re.IGNORECASE)
_YEAR = re.compile(r"y+", re.IGNORECASE)
_LITERAL = "\0"
_WIDE = Context(prec=400)  # digits; a float has at most 309 before its point


def shown(value: object, number_format: str | None) -> str:
    """The text of a cell's value under its format, as a spreadsheet shows it; "" for None.

    >>> shown(0.0813, "0.0%"), shown(12345.6, "#,##0.00"), shown(12, '0"个"')
    ('8.1%', '12,345.60', '12个')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, number_format or "")
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format or "General")
    return str(value)


def _number(value: float | Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    negative = value < 0
    section = sections[1] if negative and len(sections) > 1 else sections[0]
    if not value and len(sections) > 2:
        section = sections[2]
    literals = [a or b for a, b in _QUOTED.findall(section)]
    bare = _BRACKETS.sub("", _QUOTED.sub(_LITERAL, section))
    digits = _DIGITS.search(bare)
    if digits is None or "General" in section or _DATE.search(bare.replace("E", "")):
        return _plain(value)
    number = Decimal(str(value))
    if not number.is_finite() or "/" in bare or "E" in bare.upper():  # fractions, powers of ten
        return _plain(value)
    if "%" in bare:
        number *= 100
    number /= Decimal(1000) ** (len(digits[0]) - len(digits[0].rstrip(",")))
    text = _digits(abs(number), digits[0].rstrip(","))
    around = bare[: digits.start()] + "\1" + bare[digits.end() :]
    told = iter(literals)
    around = "".join(next(told, "") if char == _LITERAL else char for char in around)
    if negative and len(sections) < 2:
        around = "-" + around
    return around.replace("\1", text).strip()


def _digits(number: Decimal, digits: str) -> str:
    whole, _, part = digits.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP, _WIDE)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if part:
        least = len(part.rstrip("#?"))
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    zeros = whole.replace(",", "").count("0")
    head, point, tail = text.partition(".")
    return head.zfill(zeros) + point + tail


def _plain(value: float | Decimal) -> str:
    """A number without a format: no trace of binary fractions, no exponent."""
    try:
        number = Decimal(repr(value) if isinstance(value, float) else str(value))
        text = f"{round(number, MAX_DECIMALS):f}"
    except InvalidOperation:  # not a number, endless, or beyond all digits
        return str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sections(number_format: str) -> list[str]:
    """The parts of a format for positive, negative, nought and text; marks in quotes part none."""
    parts = [""]
    quoted = False
    for char in number_format:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _moment(value: datetime | date | time | timedelta, number_format: str) -> str:
    """A date or time in Chinese form, as far as its format goes: 2024年3月5日 14:30."""
    if isinstance(value, timedelta):
        return str(value)
    clock = value.strftime("%H:%M") if isinstance(value, datetime | time) else ""
    if isinstance(value, time):
        return clock
    tells = _BRACKETS.sub("", _QUOTED.sub("", number_format)).lower()
    year = f"{value.year}年" if _YEAR.search(tells) or not _DATE.search(tells) else ""
    day = f"{value.day}日" if "d" in tells or not year else ""
    month = f"{value.month}月" if "m" in tells or not year or day else ""
    if clock == "00:00" or "h" not in tells:
        clock = ""
    return f"{year}{month}{day} {clock}".strip()
