"""A claim that a sentence denies by another figure, rank or date of the same thing."""

import re

from corpus.figures.quantities import find_figures
from corpus.text.dates import find_dates
from rag.answering.judged_claim import Judged, focus_words, no_to
from rag.answering.reckoning import SHARES, addable, amount
from rag.query.claims import Ask

_RANK = re.compile(
    r"(?:第|居|排名?|列)第?([一二三四五六七八九十]|\d{1,2})(?![一二三四五六七八九十\d批期个届次条章届季])"
)


def other_figure(judged: Judged) -> str:
    """No, where the claim has a figure and the sentence another one of the same thing."""
    told = judged.item.figures
    for own in find_figures(judged.claim.statement):
        alike = [one for one in told if addable(one, own)]
        if not alike or any(amount(one).value == amount(own).value for one in alike):
            continue
        pointed = [one for one in alike if judged.item.pointed_at(one)] or alike
        if len(pointed) == 1 and not pointed[0].doubt:
            more = amount(pointed[0]).value > amount(own).value
            reached = more and own.unit in SHARES and judged.claim.ask is Ask.DONE
            said = judged.claim.yes if reached else no_to(judged.claim)
            return f"{said}，{pointed[0].text}"
    return ""


def other_rank(judged: Judged) -> str:
    """No, where the claim has one rank (第一) and the words that the reader points at another."""
    own, told = (
        set(_RANK.findall(judged.claim.statement)),
        set(_RANK.findall(focus_words(judged.item))),
    )
    return no_to(judged.claim) if own and told and not own & told else ""


def other_date(judged: Judged) -> str:
    """No, where the claim has one date and the sentence one too, another."""
    asked = [date for date in find_dates(judged.claim.statement) if date.year or date.month]
    told = [date for date in find_dates(judged.item.quote) if date.year or date.month]
    if len(asked) != 1 or len(told) != 1:
        return ""
    own, other = asked[0], told[0]
    if own.month is None or other.month is None:
        known = own.year and other.year and own.year != other.year
        return f"{no_to(judged.claim)}，{other.text}" if known else ""
    same = own.month == other.month and (None in (own.day, other.day) or own.day == other.day)
    years = {own.year, other.year} - {None}
    return "" if same and len(years) < 2 else f"{no_to(judged.claim)}，{other.text}"
