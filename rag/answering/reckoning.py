"""Figures of several sides to what they make together: every term as printed, then the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.bulletin import Figure
from corpus.figures.quantities import MEASURED
from rag.answering.answer import Caution
from rag.query.operations import Operation
from rag.reading.evidence import Evidence

NOTE = "（按原文数字计算）"
# What 万 and 亿 multiply with; longer ones first.
SCALES = {"万亿": Decimal(10) ** 12, "千万": Decimal(10) ** 7, "百万": Decimal(10) ** 6,
          "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}  # fmt: skip
# What is counted in one of these is counted in no other unit: 180个 and 30人 make no 210.
PERSONS = frozenset("人 名 位 口 人次".split())
TIMES = frozenset("天 周 年 岁 周岁 个月 小时 分钟 秒 届 期 倍".split())
NAMES = {
    Operation.SUM: "合计",
    Operation.DIFFERENCE: "相差",
    Operation.MORE: "结论",
    Operation.LESS: "结论",
    Operation.MOST: "最多",
    Operation.LEAST: "最少",
}


@dataclass(frozen=True, slots=True)
class Addend:
    """A side with its figure and the sentence that has it."""

    label: str
    figure: Figure
    item: Evidence


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as a number: its value with 万 multiplied out, that factor, its bare unit."""

    value: Decimal
    scale: Decimal
    unit: str


def amount(figure: Figure) -> Amount:
    """The number that a figure is.

    >>> from corpus.figures.quantities import find_figures
    >>> amount(find_figures("惠及3.5万人")[0])
    Amount(value=Decimal('35000.0'), scale=Decimal('10000'), unit='人')
    """
    scale, unit = Decimal(1), figure.unit
    for name, factor in SCALES.items():
        if unit.startswith(name):
            scale, unit = factor, unit.removeprefix(name)
            break
    return Amount(Decimal(str(figure.value)) * scale, scale, unit)


def reckoned(operation: Operation, terms: Sequence[Addend], silent: Sequence[str]) -> str:
    """What the figures of at least two sides make, in words; what stands in the way where they
    cannot be reckoned with. `silent` are the sides without a figure.
    """
    amounts = [amount(term.figure) for term in terms]
    if not _alike([one.unit for one in amounts]):
        told = "、".join(f"{term.label}{term.figure.text}" for term in terms)
        return f"计量单位不同，不能直接计算：{told}"
    if operation is Operation.SUM:
        result = _sum(terms, amounts)
    elif operation in (Operation.MOST, Operation.LEAST):
        result = _first(operation, terms, amounts)
    else:
        result = _difference(operation, terms, amounts)
    return result + (f"；未见{'、'.join(silent)}的数字" if silent else "")


def cautions_of(operation: Operation, terms: Sequence[Addend]) -> list[Caution]:
    """What has to be known before a result is used."""
    found = []
    doubtful = [term.figure.text for term in terms if term.figure.doubt]
    if doubtful:
        told = "、".join(doubtful)
        found.append(Caution("computed", f"参与计算的{told}原文存疑，结果仅供参考"))
    units = dict.fromkeys(amount(term.figure).unit for term in terms)
    if len(units) > 1:
        told = "、".join(units)
        found.append(Caution("computed", f"各处的计量单位不同（{told}），请核对口径"))
    if any(term.figure.approximate or term.figure.high is not None for term in terms):
        found.append(Caution("computed", "其中有约数或区间，结果是约数"))
    if operation in (Operation.MOST, Operation.LEAST):
        found.append(Caution("computed", f"仅据资料库中有此数字的{len(terms)}处"))
    return found


def _sum(terms: Sequence[Addend], amounts: Sequence[Amount]) -> str:
    told = "＋".join(term.figure.text for term in terms)
    return f"{told}＝{_printed(sum((one.value for one in amounts), Decimal(0)), amounts)}{NOTE}"


def _difference(operation: Operation, terms: Sequence[Addend], amounts: Sequence[Amount]) -> str:
    """The first side against the second; more sides are told by their greatest and least."""
    order = sorted(range(len(terms)), key=lambda n: -amounts[n].value)
    great, small = order[0], order[-1]
    left = amounts[great].value - amounts[small].value
    verdict = ""
    if operation in (Operation.MORE, Operation.LESS):
        wanted = 0 if operation is Operation.MORE else 1
        verdict = "是，" if left and great == wanted else "不是，"
    if not left:
        return f"{verdict}{'、'.join(term.label for term in terms)}一样，都是{terms[0].figure.text}"
    return (
        f"{verdict}{terms[great].label}多{_printed(left, amounts)}："
        f"{terms[great].figure.text}－{terms[small].figure.text}＝{_printed(left, amounts)}{NOTE}"
    )


def _first(operation: Operation, terms: Sequence[Addend], amounts: Sequence[Amount]) -> str:
    values = [one.value for one in amounts]
    best = max(values) if operation is Operation.MOST else min(values)
    named = [term for term, value in zip(terms, values, strict=True) if value == best]
    return "、".join(f"{term.label}（{term.figure.text}）" for term in named)


def addable(one: Figure, other: Figure) -> bool:
    """Whether two figures can be added: of one unit, or both of things, or of persons."""
    return _alike([amount(one).unit, amount(other).unit])


def _alike(units: Sequence[str]) -> bool:
    if len(set(units)) == 1:
        return True
    if any(unit in MEASURED or unit in TIMES or not unit for unit in units):
        return False
    return len({unit in PERSONS for unit in units}) == 1


def _printed(value: Decimal, amounts: Sequence[Amount]) -> str:
    """A result with the unit of the figures it is made of, in 万 or 亿 where all of them are."""
    scales = {one.scale for one in amounts}
    scale = scales.pop() if len(scales) == 1 else Decimal(1)
    name = next((name for name, factor in SCALES.items() if factor == scale), "")
    number = (value / scale).normalize()
    return f"{number:f}{name}{amounts[0].unit}"
