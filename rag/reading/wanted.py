"""Whether a sentence holds the kind of thing that a question wants: a figure in its unit, a date,
a person, as many items as were asked for.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.figures.quantities import MEASURED, find_figures, han_number, same_family
from index.vectors.likeness import WordLikeness
from index.words.terms import Term
from index.words.tokenizer import tokenize
from rag.query.intents import Wants
from rag.query.meanings import said
from rag.query.persons import NAME, PERSON, TITLE
from rag.query.question import Query

# What is asked for with 多少 or 何时 is a figure or a date, and 市长是谁 wants the word 市长: a
# sentence without it does not answer.
NEEDS_FORM = frozenset({Wants.NUMBER, Wants.DATE, Wants.PERSON})
WANTED_FEATURES = ("form", "figure's noun", "items", "items as many as asked")
NEAR_BEFORE, NEAR_AFTER = 12, 8  # characters around a figure that say what it counts
# Words that ask for money, a share or a size; without them 多少 asks for a count.
_MEASURE = re.compile(
    r"钱|元|资金|经费|预算|投入|投资|补[助贴]|占|率|比例|面积|产值|收入|支出|百分|price|cost"
)
_DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日|年底|月底|上旬|中旬|下旬")
_WAY = re.compile(
    r"通过|采取|以.{2,20}为|建立|推动|制定|坚持|由于|因此|因为|为了|为[^，。]{2,20}，"
)
# A run of items, and how many a question speaks of: 五个维度, 哪7个部门.
_ITEMS = re.compile(r"[^，。；：、！？]{1,30}(?:、[^，。；：、！？]{1,30})+")
_HOW_MANY = re.compile(
    r"(?P<count>\d{1,2}|[二两三四五六七八九十]{1,2})(?:个|大|项|条|类|种|家|块|样|方面|件|所|位|名|点|助|化)"
)


def wanted_values(
    query: Query, terms: Sequence[Term], quotes: Sequence[str], likeness: WordLikeness
) -> NDArray[np.float32]:
    """Float32 of shape (quotes, WANTED_FEATURES), each 0 to 1."""
    nouns = _nouns(query, terms, quotes, likeness)
    count = _HOW_MANY.search(query.chinese)
    asked = _value(count["count"]) if count else 0
    rows = []
    for quote, noun in zip(quotes, nouns, strict=True):
        items = max((run[0].count("、") + 1 for run in _ITEMS.finditer(quote)), default=1)
        rows.append((form(query, quote), noun, min(1.0, (items - 1) / 4), float(items == asked)))
    return np.array(rows, dtype=np.float32).reshape(len(quotes), len(WANTED_FEATURES))


def form(query: Query, quote: str) -> float:
    """Whether the sentence holds the kind of thing that is asked for, 0 to 1; 0 rules it out where
    a number, a date or a person is asked for.
    """
    if query.wants is Wants.NUMBER:
        units = [figure.unit for figure in find_figures(quote)]
        if query.unit:
            units = [unit for unit in units if same_family(unit, query.unit)]
        if query.unit in units:
            return 1.0
        counted = any(unit.lstrip("万亿千百") not in MEASURED for unit in units)
        money_asked = query.unit or _MEASURE.search(query.chinese)
        return 0.0 if not units else 0.6 if counted or money_asked else 0.3
    if query.wants is Wants.DATE:
        return 1.0 if _DATE.search(quote) else 0.0
    if query.wants is Wants.PERSON:
        titles = TITLE.findall(query.chinese)
        if titles:
            if any(_names_one(title, quote) for title in titles):
                return 1.0
            return 0.3 if all(title in quote for title in titles) else 0.0
        return 1.0 if PERSON.search(quote) else 0.3
    if query.wants is Wants.LIST:
        return min(1.0, quote.count("、") / 3)
    if query.wants is Wants.WAY:
        return 1.0 if _WAY.search(quote) else 0.0
    return 0.5


def _names_one(title: str, quote: str) -> bool:
    """Whether a sentence has a name beside a title: 市委书记赵某, 赵某主任."""
    alone = r"(?<![总副])" if not title.startswith(("副", "常委会副")) else ""
    return bool(re.search(rf"{alone}{title}{NAME}|{NAME}(?:同志)?{title}", quote))


def _nouns(
    query: Query, terms: Sequence[Term], quotes: Sequence[str], likeness: WordLikeness
) -> list[float]:
    """How far the words around a figure in the asked unit say what is asked about: of 705人次,
    97家 and 老年人995人 the last counts old people. 0 where no number is asked for.
    """
    if query.wants is not Wants.NUMBER or not terms:
        return [0.0] * len(quotes)
    owners, around = [], []
    for n, quote in enumerate(quotes):
        for figure in find_figures(quote):
            if not query.unit or same_family(figure.unit, query.unit):
                start = max(0, figure.start - NEAR_BEFORE)
                owners.append(n)
                around.append(tokenize(quote[start : figure.end + NEAR_AFTER]))
    best = [0.0] * len(quotes)
    shares = said(terms, around, likeness).mean(1).tolist() if around else []
    for n, share in zip(owners, shares, strict=True):
        best[n] = max(best[n], share)
    return best


def _value(count: str) -> int:
    return int(count) if count.isdigit() else int(han_number(count))
