"""Hits to evidence: the sentences that answer, scored."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.bulletin import Kind, Span
from index.library import Library
from index.words.tokenizer import pieces
from rag.query.meanings import terms_of
from rag.query.question import Query, placeless
from rag.reading.answerable import answerable_values
from rag.reading.linear_reader import Sentences, read
from rag.reading.table_rows import about_rows
from rag.reading.wanted import NEEDS_FORM, form
from rag.reading.weights import shipped_weights
from rag.retrieval.features import Array
from rag.retrieval.search import Hit, may_answer_for

NAMES_ONLY = frozenset({Kind.HEADING, Kind.TITLE})  # they say what is told of, and tell nothing
NOWHERE = 0.6  # likeness to whatever was read below which a word of the question stands nowhere
READ_HITS = 8  # units whose sentences are looked at; the answer is among them or nowhere


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit: quote == hit.text[span.start:span.end].

    `share`, 0 to 1, is the reader's probability that among the sentences read this one answers;
    whether any of them does is another question. `focus` are the words of hit.text, inside the
    span, that are the answer itself, where the reader can tell.
    """

    hit: Hit
    span: Span
    share: float
    focus: Span | None = None

    @property
    def quote(self) -> str:
        """The sentence in the words of the source."""
        return self.hit.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Part:
    """A question with its evidence, best first; of a comparison one for each side, under its label.

    `label` is "" for a question that compares nothing; a part that stands `by_itself` is one of
    several questions, set beside no other. `answered` is the probability, 0 to 1, that the evidence
    answers at all.
    """

    query: Query
    evidence: tuple[Evidence, ...]
    label: str = ""
    by_itself: bool = False
    answered: float = 1.0


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in hits: the evidence, best first; the probability, 0 to 1, that the best of it
    answers the question at all, 0 without any; the words of the question that nothing read says;
    all sentences that were weighed, best first, those that cannot answer with a share of 0.
    """

    evidence: tuple[Evidence, ...]
    answered: float
    unsaid: tuple[str, ...] = ()
    weighed: tuple[Evidence, ...] = ()


NOTHING = Read((), 0.0)


def find_evidence(library: Library, query: Query, hits: Sequence[Hit]) -> Read:
    """Sentences of the best hits; none about another place than the one asked for, and none without
    the kind of thing that is asked for.
    """
    weights = shipped_weights()
    sentences = read(query, readable(query, hits), library.likeness)
    shares = probabilities(query, sentences, sentences.values @ weights.sentence)
    weighed = [
        Evidence(hit, span, float(share))
        for hit, span, share in zip(sentences.hits, sentences.spans, shares, strict=True)
    ]
    weighed.sort(key=lambda item: -item.share)
    found = [item for item in weighed if item.share > 0]
    unsaid = unsaid_words(query, sentences.said)
    if not found or not _heard(query, "".join(sentences.quotes)):
        # nothing found, nothing asked about, or nothing heard of
        return Read((), 0.0, unsaid, tuple(weighed))
    logit = answerable_values(library, query, sentences, shares) @ weights.answerable
    answered = (1 + math.tanh(float(logit) / 2)) / 2  # the logistic function
    return Read(tuple(found), answered, weighed=tuple(weighed))


def _heard(query: Query, text: str) -> bool:
    """Whether a text has two neighbouring characters of any word of a question, or an official word
    for it. Questions for no figure, date or person may be worded in ways that nothing here shares.
    """
    terms = terms_of(query)
    if query.terms or query.wants not in NEEDS_FORM:
        return bool(terms)
    asked = placeless(query)
    return any(
        piece in text
        for term in terms
        for word, _ in term.alternatives
        for piece in (_pieces(word, asked) if word == term.alternatives[0][0] else (word,))
        if len(piece) > 1
    )


def _pieces(word: str, asked: str) -> tuple[str, ...]:
    """The pairs of characters of a word; of a single character, which may be half of a word that
    was cut wrongly (助 of 助餐点), those that it makes with its neighbours in the question.
    """
    if len(word) > 1:
        return pieces(word)
    return tuple(pair for at in range(len(asked) - 1) if word in (pair := asked[at : at + 2]))


def unsaid_words(query: Query, said: Array) -> tuple[str, ...]:
    """The terms of a query in Chinese, as asked, that no sentence says even nearly."""
    if query.terms or not len(said):
        return ()
    best = said.max(0)
    return tuple(
        term.alternatives[0][0]
        for term, share in zip(terms_of(query), best, strict=True)
        if share < NOWHERE and len(term.alternatives[0][0]) > 1
    )


def probabilities(query: Query, sentences: Sentences, logits: Array) -> Array:
    """The softmax of the logits over the sentences that can answer; 0 for those that cannot."""
    forms = np.array([form(query, quote) for quote in sentences.quotes], dtype=np.float32)
    can = forms > 0 if query.wants in NEEDS_FORM else np.ones(len(forms), dtype=bool)
    shares = np.zeros(len(can), dtype=np.float32)
    if can.any():
        shares[can] = np.exp(logits[can] - logits[can].max())
        shares /= shares.sum()
    return shares


def readable(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The best hits that may answer for a place asked about, of a table the rows asked about."""
    telling = [hit for hit in hits if may_tell(hit) and may_speak(query, hit)]
    return about_rows(query, telling)[:READ_HITS]


def may_tell(hit: Hit) -> bool:
    """Whether a unit is of a kind that tells anything."""
    return hit.kind not in NAMES_ONLY


def may_speak(query: Query, hit: Hit) -> bool:
    """Whether a unit may answer for a place that is asked about, where any is."""
    return not query.places or any(may_answer_for(hit.unit, place) for place in query.places)
