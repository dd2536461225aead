"""A long sentence to the clauses of it that answer: contiguous, in the words of the source."""

import re

from corpus.bulletin import Span
from corpus.text.dates import find_dates
from index.vectors.likeness import WordLikeness
from index.words.tokenizer import tokenize
from rag.answering.cell import cell_span
from rag.query.intents import Wants
from rag.query.meanings import said, terms_of
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.reading.wanted import form

FACT_CHARS = (
    80  # what a fact may fill; a longer sentence is trimmed, if that loses nothing asked for
)
# Kinds of answer that are one fact; lists and reasons keep their sentences whole.
FACTS = frozenset({Wants.NUMBER, Wants.DATE})
LIKE = 0.4  # likeness below which a word is not said at all
# Share of what the whole sentence says of the question that its clauses must say too.
KEPT = 0.9
_DATE = re.compile(r"\d{4}年|\d{1,2}月|截至|截止|目前|今年|去年|年底")
_MARK = re.compile(r"[，；：:;]")
_OPENING, _CLOSING = "“‘「『（《(", "”’」』）》)"


def trimmed(query: Query, item: Evidence, likeness: WordLikeness) -> Span:
    """The part of a sentence that is quoted: the clauses that hold the answer itself with as many
    before and then behind them as there is room for. Where the reader cannot tell the answer
    itself, the clauses that say what the whole sentence says of the question and hold the kind of
    thing it wants, as few as can be, with their date where there is room. The whole sentence where
    it is short, cannot be cut, or is asked for whole. Of a table's row the value asked for.
    """
    span, quote = item.span, item.quote
    if cell := cell_span(query, item):
        return cell
    if query.wants in FACTS and len(quote) > FACT_CHARS and _pointed(query, item):
        return around(quote, span, item.focus or span)
    terms = terms_of(query)
    if query.wants not in FACTS or len(quote) <= FACT_CHARS or not terms:
        return span
    clauses = split_clauses(quote)
    tokens = [tokenize(quote[c.start : c.end]) for c in clauses]
    share = (said(terms, tokens, likeness) - LIKE).clip(0)
    whole, wanted = share.max(0).sum(), form(query, quote)
    best: tuple[float, Span] | None = None
    for i in range(len(clauses)):
        for j in range(i, len(clauses)):
            part = Span(clauses[i].start, clauses[j].end)
            length = part.end - part.start
            if length > FACT_CHARS:
                break
            piece = quote[part.start : part.end]
            covered = share[i : j + 1].max(0).sum()
            if form(query, piece) < wanted or covered < KEPT * whole:
                continue
            dated = bool(_DATE.search(piece))
            value = covered + 0.3 * dated - 0.002 * length
            if best is None or value > best[0]:
                best = value, part
    if best is None:
        return span
    return best[1].moved(span.start)


def _pointed(query: Query, item: Evidence) -> bool:
    """Whether the reader points at a figure or a date, whichever is asked for: other words may be
    of a clause that does not answer.
    """
    focus = item.focus
    if focus is None:
        return False
    if query.wants is Wants.DATE:
        return bool(find_dates(item.hit.text[focus.start : focus.end]))
    return any(map(focus.overlaps, item.hit.unit.figures))


def around(quote: str, span: Span, focus: Span) -> Span:
    """The clauses of a sentence at `span` that meet the focus, with their neighbours."""
    clauses = split_clauses(quote)
    pointed = focus.moved(-span.start)
    inside = [n for n, clause in enumerate(clauses) if pointed.overlaps(clause)]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    # what it is said of stands before it
    while first > 0 and clauses[last].end - clauses[first - 1].start <= FACT_CHARS:
        first -= 1
    while last + 1 < len(clauses) and clauses[last + 1].end - clauses[first].start <= FACT_CHARS:
        last += 1
    return Span(clauses[first].start, clauses[last].end).moved(span.start)


def split_clauses(sentence: str) -> list[Span]:
    """Spans of the clauses of a sentence, without the marks between them; a mark inside quotes or
    brackets ends none.
    """
    spans: list[Span] = []
    start = depth = 0
    for i, char in enumerate(sentence):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and _MARK.match(char):
            spans.append(Span(start, i))
            start = i + 1
    spans.append(Span(start, len(sentence)))
    return [span for span in spans if span.end > span.start]
