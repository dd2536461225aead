"""Whether the figures of several places may be set side by side."""

import re
from collections.abc import Sequence

from corpus.text.years import own_years
from rag.answering.answer import Caution

# What a share or a count is of: people from an age on. 60岁以上 and 65岁及以上 are not the same.
_AGE = re.compile(r"(\d{1,3})\s*周?岁\s*(?:及|（含）|\(含\))?\s*以[上下]")


def incomparable(cells: Sequence[tuple[str, str]]) -> list[Caution]:
    """Warnings where the cells of a comparison, place and quote, speak of different ages or years.

    >>> incomparable([("甲市", "60岁以上8万人"), ("乙市", "65岁及以上9万人")])[0].kind
    'definition'
    """
    found = []
    ages = [(place, set(_AGE.findall(quote))) for place, quote in cells]
    if _differ([own for _, own in ages]):
        told = "；".join(f"{place}{'、'.join(sorted(own))}岁" for place, own in ages if own)
        found.append(Caution("definition", f"统计口径不同，不宜直接比较（{told}）"))
    years = [(place, set(own_years(quote))) for place, quote in cells]
    if _differ([own for _, own in years]):
        told = "；".join(f"{place}{max(own)}年" for place, own in years if own)
        found.append(Caution("period", f"所述年份不同，不宜直接比较（{told}）"))
    return found


def _differ(sets: Sequence[set[int]] | Sequence[set[str]]) -> bool:
    """Whether two of the sets, both with something in them, have nothing in common."""
    told = [own for own in sets if own]
    return any(not a & b for n, a in enumerate(told) for b in told[n + 1 :])
