"""Whether a sentence of the source bears a claim out: yes, no, not yet, or left open.

Decided is what can be decided exactly: figures and dates against those of the claim, a denial, an
exception, a plan where something is asked as done. For a yes the sentence has to say nearly all
that the claim says; what is left is left open.
"""

import re
from collections.abc import Callable, Sequence
from itertools import combinations

from corpus.figures.quantities import find_figures
from corpus.text.places import find_places
from index.vectors.likeness import WordLikeness
from index.words.tokenizer import tokenize
from rag.answering.judged_claim import OPEN, Judged, focus_words, no_to, share_said
from rag.answering.other_value import other_date, other_figure, other_rank
from rag.answering.reckoning import SHARES
from rag.answering.trimming import split_clauses
from rag.answering.within_sentence import figures_beside
from rag.query.claims import Ask, Claim
from rag.query.question import Query
from rag.reading.denial import begins_denying, negations
from rag.reading.evidence import Evidence
from rag.reading.of_place import is_of_place

NOT_YET = "还没有"
# Of the words of a claim what a sentence must say, by likeness, to bear it out by its words alone,
# and to decide it at all, by a denial or by being there.
SAID, SPOKEN_OF = 0.75, 0.5
LISTED_IN, LEAST_LISTED = 4, 4  # sentences that are looked at for a list; places that make one
CERTAIN = 0.65  # of the reader that a sentence answers, from which 有没有 is answered by it
SURE = 0.85  # the same of what may as well be otherwise: 是不是, 建成了吗
_ALL = re.compile(r"全[都部]?|都|所有|均|每[个家]|一律|各[县市区]")
_EXCEPT = re.compile(
    r"除.{1,30}?外|尚有|仍有|还有.{0,10}(?:未|没|正在)|其余|个别|大部分|多数|基本[上已完建实]|仅有"
    # of several so many
    r"|其中\s*\d+\s*[个家项条处所名件]\s*已|\d+项.{2,14}已完成\s*[\d.]+\s*[%％]"
)
_PLAN = re.compile(
    r"(?<![即必])将(?!其|.{0,12}(?:纳入|列入|列为|作为|细化|转化))|拟(?=[于在将对建])"
    r"|计划(?!生育|》|”)|预计|力争|即将|准备|争取|打算|正在|有望|筹备|谋划|明年|确保"
)
# 已完成74.4%: a share of what is to be done.
_PARTLY = re.compile(r"已?(?:完成|整改|建成)了?\s*[\d.]+\s*(?:[%％]|成|个?百分)")
WHOLE = 100  # per cent
DONE_CHARS = 2  # of what is claimed of all, by which it is found beside a figure
_DONE = re.compile(r"已|完成|建成|落成|投用|投入使用|通过了|实现")
_TO_BE_DONE = re.compile(rf"(?:{_PLAN.pattern})[^，；。]*")
_ASKS_DONE = re.compile(r"[了过]$|已经?|完成|建成|落实|到位")
# Words of one row deny those of the other.
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"要钱|收费|付费|花钱|交钱|掏钱|收钱|交费", r"免费|不收费|免收|减免"),
        (r"增|涨|升|提高|扩大|多了|变多", r"下降|减少|降低|下调|回落|缩减|压减|降至"),
        (r"下降|减少|降|少了|变少|缩", r"增长|增加|上升|提高|上涨|提升|增至"),
        (r"允许|可以|能(?!力)", r"不得|禁止|不准|不可以|不能"),
        (r"公办", r"民办"),
        (r"自愿", r"强制|必须"),
        (r"推迟|延期", r"提前|如期|按期"),
    )
)


def verdict(
    query: Query,
    item: Evidence,
    answered: float,
    likeness: WordLikeness,
) -> str:
    """The words of the verdict on the query's claim that open an answer; "" where it puts none."""
    claim = query.claim
    if claim is None:
        return ""
    judged = Judged(query, claim, item, _clauses(claim, item), answered, likeness)
    for rule in _RULES:
        if words := rule(judged):
            return words
    return _by_words(judged)


def _excepted(judged: Judged) -> str:
    """No, where all are claimed and the sentence makes an exception, or has fewer of them."""
    claimed = _ALL.search(judged.claim.statement)
    if claimed and (_EXCEPT.search(judged.item.quote) or _has_fewer(judged)):
        return "不是全部" if judged.claim.ask is Ask.HOLDS else "没有全部"
    return ""


def _has_fewer(judged: Judged) -> bool:
    """Whether those of which so much holds are fewer than was counted: 启动34个，竣工5个."""
    holds = re.split(_ALL, judged.claim.statement)[-1][:DONE_CHARS]
    beside = figures_beside(judged.query, judged.item)
    return len(holds) == DONE_CHARS and any(
        holds in one.around and holds not in before.around
        and one.figure.unit == before.figure.unit and one.figure.value < before.figure.value
        for before, one in combinations(beside, 2)
    )  # fmt: skip


def _opposed(judged: Judged) -> str:
    """No, where the sentence has the opposite of what is claimed."""
    for one, other in _OPPOSITES:
        claimed = one.search(judged.claim.statement) and not other.search(judged.claim.statement)
        told = other.search(judged.clauses) and not one.search(other.sub("", judged.clauses))
        if claimed and told:
            return no_to(judged.claim)
    return ""


def _denied(judged: Judged) -> str:
    """No, where the clause denies what the claim says, or a denial is what the reader points at as
    the answer; yes, where the claim denies it too.
    """
    pointed = judged.answered >= CERTAIN and begins_denying(focus_words(judged.item))
    if not pointed and (not negations(judged.clauses) or share_said(judged) < SPOKEN_OF):
        return ""
    return judged.claim.yes if judged.claim.negated else no_to(judged.claim)


def _planned(judged: Judged) -> str:
    """Not yet, where something is asked as done and the clause has it as a plan."""
    planned = _PLAN.search(judged.clauses) and not _PLAN.search(judged.claim.statement)
    rest = _TO_BE_DONE.sub("", judged.clauses)  # the plan itself says 完成 too
    return NOT_YET if _asks_done(judged) and planned and not _DONE.search(rest) else ""


def _partly(judged: Judged) -> str:
    """Not yet, where something is asked as done and the clause has a share of it as done."""
    if not _asks_done(judged) or find_figures(judged.claim.statement):
        return ""
    shares = [one for one in judged.item.figures if one.unit in SHARES]
    for found in _PARTLY.finditer(judged.clauses):
        if any(one.text in found[0] and (one.value < WHOLE or one.doubt) for one in shares):
            return NOT_YET
    return ""


def _asks_done(judged: Judged) -> bool:
    return judged.claim.ask is Ask.DONE or bool(_ASKS_DONE.search(judged.claim.statement))


_RULES: tuple[Callable[[Judged], str], ...] = (
    other_figure,
    other_date,
    other_rank,
    _excepted,
    _opposed,
    _denied,
    _planned,
    _partly,
)


def unlisted(query: Query, evidence: Sequence[Evidence], likeness: WordLikeness) -> Evidence | None:
    """The sentence that lists by name those of whom something holds, a place asked about not among
    them, where it speaks of what is claimed; None where there is none.
    """
    if query.claim is None or query.claim.negated or len(query.places) != 1:
        return None
    for item in evidence[:LISTED_IN]:
        named = {place for m in find_places(item.hit.text) for place in m.places}
        listed = {place for m in find_places(item.quote) for place in m.places}
        peers = [one for one in listed if one.code[:2] == query.places[0].code[:2]]
        if len(peers) < LEAST_LISTED or named & set(query.places):
            continue
        if _EXCEPT.search(item.quote) or negations(item.quote):
            continue
        if share_said(Judged(query, query.claim, item, "", 0.0, likeness)) >= SPOKEN_OF:
            return item
    return None


def _by_words(judged: Judged) -> str:
    """Yes where the sentence says nearly all that is claimed, or half of it and the reader holds
    that this answers; left open else, and where it points at another than is claimed.
    """
    claim = judged.claim
    if claim.negated or not is_of_place(judged.query, judged.item):
        return OPEN
    if claim.ask is Ask.HOLDS and _another(judged):
        return OPEN
    share = share_said(judged)
    least = CERTAIN if claim.ask in (Ask.IS_THERE, Ask.SAID) else SURE
    told = judged.answered >= least and share >= SPOKEN_OF
    if claim.ask is Ask.HOLDS:
        told = told and _names_it(judged)
    return claim.yes if share >= SAID or told else OPEN


def _another(judged: Judged) -> bool:
    """Whether the words that the reader points at share little with the claim: they may be another
    in the stead of what it names.
    """
    own, words = set(judged.claim.statement), focus_words(judged.item)
    return sum(char in own for char in words) < len(words) / 2


def _names_it(judged: Judged) -> bool:
    """Whether all words that the reader points at stand in the claim: 财政厅 is not 商务厅."""
    words = [word for word in tokenize(focus_words(judged.item)) if len(word) > 1]
    return bool(words) and all(word in judged.claim.statement for word in words)


def _clauses(claim: Claim, item: Evidence) -> str:
    """The clauses that have most of the claim's words, and those that the reader points at."""
    own = {token for token in tokenize(claim.statement) if len(token) > 1}
    quote = item.quote
    spans = split_clauses(quote)
    shared = [len(own & set(tokenize(quote[s.start : s.end]))) for s in spans]
    most = max(shared, default=0)
    focus = item.focus.moved(-item.span.start) if item.focus else None
    kept = [
        quote[s.start : s.end]
        for s, n in zip(spans, shared, strict=True)
        if (n == most and most) or (focus and focus.overlaps(s))
    ]
    return "，".join(kept) or quote
