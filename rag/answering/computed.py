"""Sides whose figures are reckoned with, to an answer: what they make, over what says so."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.bulletin import Figure, Span
from index.vectors.likeness import WordLikeness
from rag.answering.answer import Answer, Caution
from rag.answering.comparability import incomparable
from rag.answering.reckoned_terms import terms_of
from rag.answering.reckoning import (
    Addend,
    Reckoning,
    Result,
    addable,
    held,
    reckoned,
    reckoning_of,
)
from rag.answering.reckoning_cautions import cautions_of
from rag.answering.tabling import Row, tabled
from rag.answering.telling import Line, lead, told
from rag.answering.trimming import around, trimmed
from rag.answering.value import figure_in
from rag.answering.within_sentence import Beside, figures_beside, named_beside
from rag.query.counted_thing import counted_thing
from rag.query.intents import Wants
from rag.query.operations import Operation
from rag.query.question import Query, subject_words
from rag.reading.evidence import Evidence, Part
from rag.retrieval.search import Hit

TERMS_LOOKED_AT = 6  # sentences of a side in which a figure to reckon with is looked for
# A figure beside which all that is counted is named is e**NAMING times as likely as one without;
# NAMED is where another side's is named well enough to doubt one that is not named at all.
NAMING, NAMED = 4.0, 0.5
HOW = 2.0  # the same for what else the question says of it: 已完成 of 已完成的中心有几个


def computed(
    query: Query, parts: Sequence[Part], hits: Sequence[Hit], likeness: WordLikeness
) -> Iterator[Answer] | None:
    """The answer, growing, of a question that wants something reckoned; None of another question,
    or where fewer than two sides have a figure.
    """
    asked = reckoning_of(query)
    if asked is None or parts[0].by_itself:
        return None
    if len(parts) == 1:
        own = terms_of(query, asked, parts[0].evidence, parts[0].things)
        return _within(query, asked, own, hits) if own else None
    terms = _in_order(parts, _terms(parts))
    enough = len(terms) > 1 or (len(terms) == 1 and not asked.of_many)
    return _reckoned(query, asked, terms, parts, hits, likeness) if enough else None


def incomparable_rows(rows: Sequence[Row]) -> list[Caution]:
    """Warnings where the rows speak of different ages or years."""
    return incomparable([(row.name, item.quote) for row in rows for item in row.items])


def _terms(parts: Sequence[Part]) -> list[Addend]:
    """The sides that a figure answers for: each by the one that is likeliest, in what is read and
    in the words beside it, among those that can be reckoned with that of the surest side. A figure
    beside which nothing names what is counted is none where another side's is named.
    """
    surest = max(parts, key=lambda part: part.evidence[0].share if part.evidence else 0.0)
    like: Figure | None = None
    taken: set[tuple[str, int, int]] = set()
    found: list[tuple[Addend, float]] = []
    for part in (surest, *(part for part in parts if part is not surest)):
        best = _figure_of(part, like, taken)
        if best is not None:
            like = like or best[0].figure
            taken.add(_where(best[0].item, best[0].figure))
            found.append(best)
    named = max((share for _, share in found), default=0.0) >= NAMED
    return [term for term, share in found if share > 0 or not named]


def _figure_of(
    part: Part, like: Figure | None, taken: set[tuple[str, int, int]]
) -> tuple[Addend, float] | None:
    """A side's figure, and how far the words beside it name what is counted, 0 to 1."""
    thing = counted_thing(part.query)
    best: tuple[float, Addend, float] | None = None
    for item in part.evidence[:TERMS_LOOKED_AT]:
        chosen = figure_in(part.query, item, like)
        for one in figures_beside(part.query, item):
            if like is not None and not addable(one.figure, like):
                continue
            if _where(item, one.figure) in taken or item.share <= 0:
                continue
            share = named_beside(thing, one) if thing else 1.0
            weight = math.log(item.share) + NAMING * share + (one.figure == chosen)
            weight += HOW * _how_said(part.query, thing, one)
            if best is None or weight > best[0]:
                best = weight, Addend(part.label, one.figure, item), share
    return (best[1], best[2]) if best else None


def _how_said(query: Query, thing: str, one: Beside) -> float:
    """The share of the question's words beside the thing itself that stand beside a figure."""
    words = [word for word in dict.fromkeys(subject_words(query)) if len(word) > 1]
    others = [word for word in words if word not in thing]
    return sum(word in one.around for word in others) / len(others) if others else 0.0


def _where(item: Evidence, figure: Figure) -> tuple[str, int, int]:
    return item.hit.bulletin, item.hit.position, figure.start


def _in_order(parts: Sequence[Part], terms: Iterable[Addend]) -> list[Addend]:
    order = [part.label for part in parts]
    return sorted(terms, key=lambda term: order.index(term.label))


def _reckoned(
    query: Query,
    asked: Reckoning,
    terms: Sequence[Addend],
    parts: Sequence[Part],
    hits: Sequence[Hit],
    likeness: WordLikeness,
) -> Iterator[Answer]:
    """What the terms make, over a table of them."""
    queries = {part.label: part.query for part in parts}
    rows = [
        Row(term.label, [_cut(queries[term.label], term, likeness)], term.figure.text)
        for term in held(asked, terms)
    ]
    silent = [part.label for part in parts if part.label not in {term.label for term in terms}]
    rows += [Row(label, []) for label in silent if asked.bound is None]
    notes = [*incomparable_rows(rows), *cautions_of(asked, terms)]
    result = reckoned(asked, terms, silent) if len(terms) > 1 else _alone(asked, terms[0], silent)
    yield from tabled(query, rows, hits, notes, result)


def _alone(asked: Reckoning, term: Addend, silent: Sequence[str]) -> Result:
    """What is said where one side alone has a figure."""
    cannot = "不能合计" if asked.operation is Operation.SUM else "不能比较"
    others = "、".join(silent)
    known = f"只有{term.label}有数字：{term.figure.text}"
    return Result(cannot, f"（{known}；资料中未见{others}可比的数字）")


def _within(
    query: Query, asked: Reckoning, terms: Sequence[Addend], hits: Sequence[Hit]
) -> Iterator[Answer]:
    """What the figures of one text make, over the sentences that have them."""
    result = reckoned(asked, terms, [])
    told_of = terms if asked.rank is None else [t for t in terms if t.label in result.line]
    sentences: dict[tuple[str, int, Span], list[Addend]] = {}
    for term in held(asked, told_of):
        where = term.item.hit.bulletin, term.item.hit.position, term.item.span
        sentences.setdefault(where, []).append(term)
    cut = [_around(asked, own) for own in sentences.values()]
    lines = [Line(lead(item), item) for item in cut]
    for answer in told(query, lines, hits, cautions_of(asked, terms), result.line):
        yield replace(answer, value=result.value)


def _around(asked: Reckoning, terms: Sequence[Addend]) -> Evidence:
    """The sentence of some terms, cut around their figures."""
    item = terms[0].item
    first = min(term.figure.start for term in terms)
    last = max(term.figure.end for term in terms)
    span = around(item.quote, item.span, Span(first, last))
    if asked.of_many and item.hit.text[last : last + 1] == "、":  # of a list as far as is asked
        span = replace(span, end=last)
    return replace(item, span=span)


def _cut(query: Query, term: Addend, likeness: WordLikeness) -> Evidence:
    """The sentence of a term, trimmed around its figure."""
    focus = Span(term.figure.start, term.figure.end)
    item = replace(term.item, focus=focus)
    return replace(item, span=trimmed(replace(query, wants=Wants.NUMBER), item, likeness))
