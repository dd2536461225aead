"""A claim beside another figure, rank or date of the same thing, which mostly denies it."""

import re

from corpus.bulletin import Figure
from corpus.figures.quantities import find_figures, whole_number
from corpus.text.dates import find_dates
from rag.answering.judged_claim import OPEN, Judged, focus_words, no_to
from rag.answering.reckoning import SHARES, addable, amount
from rag.query.claims import Ask

# 第一书记, 第三方 and 第二产业 are names, 第三年 a time; 系列10项 is no rank.
_RANK = re.compile(
    r"(?:第|居|排名?|(?<!系)列)第?([一二三四五六七八九十]{1,2}|\d{1,2})"
    r"(?![一二三四五六七八九十\d批期个届次条章季书产方时年步人线责大项家轮步要梯节课])"
)
_KEPT_BELOW = re.compile(r"以内|以下|之内|不超过|不高于|不到|控制|降|减|压|缩")
_LESS = re.compile(r"(?:不足|不到|未达到?|接近|近)$")


def other_figure(judged: Judged) -> str:
    """No, where the claim has a figure and the sentence another one of the same thing; yes, where
    so great a share is asked for as done and a greater one is.
    """
    told = judged.item.figures
    for own in find_figures(judged.claim.statement):
        alike = [one for one in told if addable(one, own)]
        if not alike or any(amount(one).value == amount(own).value for one in alike):
            continue
        pointed = [one for one in alike if judged.item.pointed_at(one)] or alike
        if len(pointed) != 1 or pointed[0].doubt:
            continue
        if amount(pointed[0]).value > amount(own).value and _is_reached(judged, own):
            return (
                OPEN if _is_less(judged, pointed[0]) else f"{judged.claim.yes}，{pointed[0].text}"
            )
        return f"{no_to(judged.claim)}，{pointed[0].text}"
    return ""


def _is_reached(judged: Judged, own: Figure) -> bool:
    """Whether more than the figure of a claim is no less than it claims: a share that is done, and
    none that is to be kept below.
    """
    done = own.unit in SHARES and judged.claim.ask is Ask.DONE
    return done and not _KEPT_BELOW.search(judged.claim.statement)


def _is_less(judged: Judged, figure: Figure) -> bool:
    """Whether the source has it as less than the figure: 不足85%."""
    return bool(_LESS.search(judged.item.hit.text[: figure.start]))


def other_rank(judged: Judged) -> str:
    """No, where the claim has one rank (第一) and the words that the reader points at another."""
    own = {whole_number(rank) for rank in _RANK.findall(judged.claim.statement)}
    told = {whole_number(rank) for rank in _RANK.findall(focus_words(judged.item))}
    return no_to(judged.claim) if len(own) == 1 and told and not own & told else ""


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
