"""Whether a sentence holds the kind of thing that is asked for: a figure in its unit, a date."""

import re

from corpus.figures.quantities import MEASURED, find_figures, same_family
from rag.query.intents import Wants
from rag.query.question import Query

# Words that ask for money, a share or a size; without them 多少 asks for a count.
_MEASURE = re.compile(
    r"钱|元|资金|经费|预算|投入|投资|补[助贴]|占|率|比例|面积|产值|收入|支出|百分|price|cost"
)
_DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日|年底|月底|上旬|中旬|下旬")


def form(query: Query, quote: str) -> float:
    """How far a sentence holds the date or else the number that is asked for, 0 to 1."""
    if query.wants is Wants.DATE:
        return 1.0 if _DATE.search(quote) else 0.0
    units = [figure.unit for figure in find_figures(quote)]
    if query.unit:
        units = [unit for unit in units if same_family(unit, query.unit)]
    if query.unit in units:
        return 1.0
    counted = any(unit.lstrip("万亿千百") not in MEASURED for unit in units)
    money_asked = query.unit or _MEASURE.search(query.chinese)
    return 0.0 if not units else 0.6 if counted or money_asked else 0.3
