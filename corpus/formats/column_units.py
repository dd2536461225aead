"""The units of a table's columns: what a name closes with, what the line above gives for all."""

import re

from corpus.figures.quantities import find_figures

_COLUMN_UNIT = re.compile(  # 金额（万元）, 比上年±%, 床位/张
    r"(?P<name>.*?)\s*(?:[（(【\[]\s*(?:单位[：:])?(?P<inside>[^（）()]+?)\s*[)）】\]]"
    r"|(?P<sign>±?[%％‰])|[/、，]\s*(?P<behind>[^/、，]+))"
)
_TABLE_UNIT = re.compile(r"(?:计量)?单位\s*[：:]\s*([^（）()：:]+)")
_PARTS = re.compile(r"[、，,/；;\s]+")
# What counts in no unit of amounts, and what of that surely in shares of a hundred.
_RATE = re.compile(
    r"率|比重|占|比例|增长|增幅|增速|增减|下降|同比|环比|±|[%％]|百分|指数|倍|进度|[为成].*的$"
    r"|[比较](?:上|去|前|同)"
)
_SHARE = re.compile(r"率|比重|占比|比例|增长|增幅|增速|同比|环比|±|[为成].*的$")
_AMOUNT = re.compile(r"[额量数值]$")
_COUNT = re.compile(r"(?:(人次)|([人户件家个次])数)$")  # 门诊人次, 参加人数 say what they count
_NO_AMOUNT = re.compile(r"序号|编号|位次|排名|名次|年份|年度|电话|代码|日期|时间")


def table_unit(text: str) -> str:
    """The unit, or units, that a line above a table gives for all of it: 单位：万元."""
    match = _TABLE_UNIT.search(text)
    return match[1] if match else ""


def split_unit(name: str) -> tuple[str, str]:
    """A name of a row or column and the unit that it closes with, if one does.

    >>> split_unit("金额（万元）"), split_unit("比上年增长%"), split_unit("床位（含护理型）")
    (('金额', '万元'), ('比上年增长', '%'), ('床位（含护理型）', ''))
    """
    match = _COLUMN_UNIT.fullmatch(name)
    if match and match["name"]:
        unit = (match["inside"] or match["sign"] or match["behind"]).lstrip("±").replace("％", "%")
        if is_unit(unit):
            return match["name"], unit
    return name, ""


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else: 万元, %, 人次."""
    found = find_figures(f"1{text}")
    return bool(text) and bool(found) and found[0].text == f"1{text}"


def is_rate(name: str) -> bool:
    """Whether a column or a row tells a share or a change, which counts in no unit of amounts."""
    return bool(_RATE.search(name))


def unit_above(names: list[str]) -> tuple[list[str], str]:
    """The names above each other of a column and the unit that one over the last closes with, which
    counts no shares: 床位（张） over 总数; as they are where none does, or the last has its own.
    """
    split = [split_unit(name) for name in names]
    units = [unit for _, unit in split[:-1] if unit]
    if len(units) != 1 or split[-1][1] or is_rate(names[-1]):
        return names, ""
    return [name for name, _ in split], units[0]


def own_unit(table_unit: str, name: str) -> str:
    """The one of the table's units that a column counts in, if only one can be; else what its name
    says that it counts.
    """
    counted = _COUNT.search(name)
    named = (counted[1] or counted[2]) if counted else ""
    if _NO_AMOUNT.search(name):
        return named
    units = [unit for unit in _PARTS.split(table_unit) if is_unit(unit)]
    shares = bool(_SHARE.search(name)) and not _AMOUNT.search(name)
    fitting = [unit for unit in units if (shares if unit in "%‰" else not is_rate(name))]
    return fitting[0] if len(fitting) == 1 else named
