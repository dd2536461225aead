"""Figures of several sides to what they make together: every term as printed, then the result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.bulletin import Figure
from corpus.figures.quantities import MEASURED
from rag.query.bounded_which import which_bounded
from rag.query.bounds_asked import AskedBound, Relation
from rag.query.operations import Operation, asks_less_by, operation_of
from rag.query.question import Query
from rag.query.ranks import Rank, rank_asked
from rag.reading.evidence import Evidence

NOTE = "，按原文数字计算）"
# What 万 and 亿 multiply with; longer ones first.
SCALES = {"万亿": Decimal(10) ** 12, "千万": Decimal(10) ** 7, "百万": Decimal(10) ** 6,
          "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}  # fmt: skip
# What is counted in one of these is counted in no other unit: 180个 and 30人 make no 210.
PERSONS = frozenset("人 名 位 口 人次".split())
_STANDS = {Relation.ABOVE: "超过", Relation.AT_LEAST: "达到", Relation.BELOW: "不到"}
TIMES = frozenset("天 周 年 岁 周岁 个月 小时 分钟 秒 届 期 倍".split())
TENTHS = "成"
SHARES = frozenset("% ‰ 成 个百分点 百分点".split())


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is to be reckoned; the rank that is asked for, if one is, whether a difference is asked
    for as what is less, and the bound that figures are held against, if they are.
    """

    operation: Operation
    rank: Rank | None = None
    less: bool = False
    bound: AskedBound | None = None

    @property
    def of_many(self) -> bool:
        """Whether some of many are asked for, by their figures."""
        return self.rank is not None or self.bound is not None


@dataclass(frozen=True, slots=True)
class Result:
    """A computed line: the `value` that an answer opens with, and what stands `behind` it."""

    value: str
    behind: str

    @property
    def line(self) -> str:
        """The whole line."""
        return f"{self.value}{self.behind}"


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


def reckoning_of(query: Query) -> Reckoning | None:
    """What a question wants reckoned by its words; None where its sides are only told."""
    question = query.understood
    operation = operation_of(question)
    if operation is None:
        return None
    rank = rank_asked(question) if operation is Operation.RANK else None
    bound = which_bounded(question) if operation is Operation.BOUNDED else None
    return Reckoning(operation, rank, asks_less_by(question), bound)


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
    value = Decimal(str(figure.value))
    if unit == TENTHS:  # 六成 beside 59.74%
        return Amount(value * 10, scale, "%")
    return Amount(value * scale, scale, unit)


def reckoned(asked: Reckoning, terms: Sequence[Addend], silent: Sequence[str]) -> Result:
    """What the figures of at least two sides make, in words; what stands in the way where they
    cannot be reckoned with. `silent` are the sides without a figure.
    """
    amounts = [amount(term.figure) for term in terms]
    if not _alike([one.unit for one in amounts]):
        told = "、".join(f"{term.label}{term.figure.text}" for term in terms)
        result = Result("计量单位不同，不能直接计算", f"：{told}")
    elif asked.rank is not None:
        result = _ranked(asked.rank, terms, amounts)
    elif asked.bound is not None:
        result = _bounded(asked.bound, terms, held(asked, terms))
    elif asked.operation is Operation.SUM:
        result = _sum(terms, amounts)
    else:
        result = _difference(asked, terms, amounts)
    missing = f"；资料中未见{'、'.join(silent)}的数字" if silent else ""
    return replace(result, behind=result.behind + missing)


def held(asked: Reckoning, terms: Sequence[Addend]) -> list[Addend]:
    """The terms that an answer tells of: of a bound those that stand to it as is asked, if any do,
    else all.
    """
    bound = asked.bound
    if bound is None:
        return list(terms)
    least = amount(bound.bound).value
    return [t for t in terms if bound.holds(amount(t.figure).value, least)] or list(terms)


def _sum(terms: Sequence[Addend], amounts: Sequence[Amount]) -> Result:
    told = "＋".join(term.figure.text for term in terms)
    total = _printed(sum((one.value for one in amounts), Decimal(0)), amounts)
    return Result(f"合计{total}", f"（{told}＝{total}{NOTE}")


def _difference(asked: Reckoning, terms: Sequence[Addend], amounts: Sequence[Amount]) -> Result:
    """The first side against the second; more sides are told by their greatest and least."""
    order = sorted(range(len(terms)), key=lambda n: -amounts[n].value)
    great, small = order[0], order[-1]
    left = amounts[great].value - amounts[small].value
    verdict = ""
    if asked.operation in (Operation.MORE, Operation.LESS):
        wanted = 0 if asked.operation is Operation.MORE else 1
        verdict = "是，" if left and great == wanted else "不是，"
    if not left:
        names = "、".join(term.label for term in terms)
        return Result(f"{verdict}{names}一样", f"，都是{terms[0].figure.text}")
    by = _printed(left, amounts)
    by = f"{by.removesuffix('%')}个百分点" if by.endswith("%") else by
    named = terms[small].label if asked.less else terms[great].label
    who = f"{named}{'少' if asked.less else '多'}" if named else "相差"
    equation = f"{terms[great].figure.text}－{terms[small].figure.text}＝{by}"
    return Result(f"{verdict}{who}{by}", f"（{equation}{NOTE}")


def _ranked(rank: Rank, terms: Sequence[Addend], amounts: Sequence[Amount]) -> Result:
    """Those of the ranks asked for; equal ones share a rank, and are told together."""
    values = sorted({one.value for one in amounts}, reverse=rank.greatest)
    last = len(terms) if rank.last is None else rank.last
    grouped = [
        [term for term, one in zip(terms, amounts, strict=True) if one.value == value]
        for value in values
    ]
    chosen: list[list[Addend]] = []
    before = 0
    for group in grouped:
        if before + len(group) >= rank.first and before < last:
            chosen.append(group)
        before += len(group)
    if not chosen:
        told = "、".join(f"{term.label}{term.figure.text}" for term in terms)
        return Result(f"有此数字的只有{len(terms)}处", f"：{told}")
    if len(chosen) == 1 and rank.last is not None:
        names = "、".join(term.label for term in chosen[0])
        return Result(f"{names}{_rank_words(rank, terms)}", f"：{chosen[0][0].figure.text}")
    mark = "＞" if rank.greatest else "＜"
    told = mark.join("＝".join(f"{t.label}{t.figure.text}" for t in group) for group in chosen)
    return Result(told, "（由多到少）" if rank.greatest else "（由少到多）")


def _bounded(asked: AskedBound, terms: Sequence[Addend], kept: Sequence[Addend]) -> Result:
    """Those whose figures stand to the bound as is asked, of all the terms."""
    words = f"{_STANDS[asked.relation]}{asked.bound.text}"
    if not asked.holds(amount(kept[0].figure).value, amount(asked.bound).value):
        told = "、".join(f"{term.label}{term.figure.text}" for term in terms)
        return Result(f"没有{words}的", f"：{told}")
    names = "、".join(term.label for term in kept)
    told = "、".join(term.figure.text for term in kept)
    return Result(names, f"（{words}的共{len(kept)}处：{told}{NOTE}")


def _rank_words(rank: Rank, terms: Sequence[Addend]) -> str:
    """How a rank is told: as it was asked, where that is Chinese and fits any figure."""
    if rank.words.startswith(("最", "第", "倒数")):
        return rank.words
    share = terms[0].figure.unit in SHARES
    if rank.first > 1:
        return f"第{rank.first}"
    return ("最高" if share else "最多") if rank.greatest else ("最低" if share else "最少")


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
