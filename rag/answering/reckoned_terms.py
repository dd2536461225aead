"""The terms of what is to be reckoned from one text: where the reader points, or as words name."""

from collections.abc import Sequence

from rag.answering.begun_terms import begun_terms
from rag.answering.pointed_terms import pointed_terms
from rag.answering.reckoning import Addend, Reckoning
from rag.answering.unnamed_terms import unnamed_terms
from rag.answering.within_sentence import (
    LEAST_RANKED,
    likely,
    of_places_if_asked,
    terms_within,
)
from rag.query.operations import Operation
from rag.query.question import Query
from rag.reading.evidence import Evidence, Part

# What the reader was taught to begin at; of more and less it is not told which side is which.
_BEGUN = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.RANK})


def terms_of(
    query: Query, asked: Reckoning, evidence: Sequence[Evidence], things: Sequence[Part] = ()
) -> list[Addend]:
    """The terms, of one text, best evidence first; `things` are those that the question names, each
    read by itself. Empty where none are found.
    """
    if not asked.of_many and (pointed := pointed_terms(things)):
        return pointed
    begun = begun_terms(query, asked, evidence) if asked.operation in _BEGUN else []
    if things and len(begun) != len(things):
        begun = []  # not of all that is named
    if asked.rank is not None:
        begun = _told_apart(of_places_if_asked(query, begun))
    if begun and asked.bound is None:
        return begun
    names = [one.label for one in things]
    found = terms_within(query, asked, evidence, names)
    if found or len(things) > 2:
        return found
    return unnamed_terms(query, asked.operation, likely(evidence))


def _told_apart(terms: Sequence[Addend]) -> list[Addend]:
    """Several terms, where each has a name of its own, as an order of them needs; else none."""
    names = {term.label for term in terms} - {""}
    return list(terms) if len(names) == len(terms) >= LEAST_RANKED else []
