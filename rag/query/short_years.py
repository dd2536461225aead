"""A year typed with two digits, written out: 24年底 is 2024年底. What lasts so long stays."""

import re

# Behind what a number of years is how long something took: 缴费15年, 满20年, 近10年.
_LASTED = r"(?<![\d第近约过满逾超续共费龄限作用了历这前后余])"
_SHORT = rf"{_LASTED}(?P<year>[0-4]\d)年"
# 24年底, 17年度, 23年6月: what only a date goes on with.
_DATED = re.compile(
    rf"{_SHORT}(?=[底末]|初(?![心衷])|度(?!过)|\d{{1,2}}月|[一二三四上下][季半]|全年)"
)
# 22年和24年, 17年的目标和20年的目标: two that the same words, or none, stand behind.
_TWO = re.compile(
    rf"{_SHORT}(?P<own>[^，,。；;？?\d]{{0,10}}?)(?P<joint>[和与跟同比到至、较]|以及)在?"
    r"(?P<other>[0-4]\d)年(?=(?P=own))"
)


def years_written_out(question: str) -> str:
    """The question with its years of two digits in four.

    >>> years_written_out("24年底有几家"), years_written_out("22年和24年各加多少")
    ('2024年底有几家', '2022年和2024年各加多少')
    >>> years_written_out("缴费15年和20年的各领多少")
    '缴费15年和20年的各领多少'
    """
    whole = _TWO.sub(_both, question)
    return _DATED.sub(lambda found: f"20{found[0]}", whole)


def _both(found: re.Match[str]) -> str:
    if found["year"] == found["other"]:
        return found[0]
    behind = found[0][found.end("year") - found.start() : found.start("other") - found.start()]
    return f"20{found['year']}{behind}20{found['other']}年"
