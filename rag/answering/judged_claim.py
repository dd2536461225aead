"""A claim beside the sentence that decides it."""

from dataclasses import dataclass

from index.vectors.likeness import WordLikeness
from index.words.tokenizer import tokenize
from rag.query.claims import Ask, Claim
from rag.query.meanings import said, terms_of
from rag.query.question import Query
from rag.reading.evidence import Evidence

OPEN = "请据原文判断"  # that the source does not say is no more known than what it says
LIKE = 0.6  # how alike a word must be to one of the claim to say it


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim beside the sentence that decides it; `clauses` are those of the sentence that speak
    of what is claimed, `answered` is the probability that it answers at all.
    """

    query: Query
    claim: Claim
    item: Evidence
    clauses: str
    answered: float
    likeness: WordLikeness


def no_to(claim: Claim) -> str:
    """The words of a no; what is asked to be said and is denied is said."""
    return claim.no if claim.ask is not Ask.SAID else "没有"


def focus_words(item: Evidence) -> str:
    """The words that the reader points at."""
    return item.hit.text[item.focus.start : item.focus.end] if item.focus else ""


def share_said(judged: Judged) -> float:
    """The share of the claim's words that the sentence says, in these or like words."""
    terms = terms_of(judged.query)
    if not terms:
        return 0.0
    found = said(terms, [tokenize(judged.item.quote)], judged.likeness)[0]
    return float((found >= LIKE).mean())
