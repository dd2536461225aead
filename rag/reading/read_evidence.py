"""Hits to evidence by a reader: its shares of their sentences, and how certain it is."""

import math
from collections.abc import Sequence
from dataclasses import replace

from index.library import Library
from rag.query.question import Query, subject_words
from rag.reading.certainty import certainty, logit
from rag.reading.evidence import NOTHING, Evidence, Read, readable
from rag.reading.reader import Passage, Reader
from rag.reading.signs import Sighted
from rag.retrieval.hit import Hit

# How much of what tells hits apart tells their sentences apart too, of a hit's logit.
FROM_HIT = 2.0


def read_evidence(library: Library, reader: Reader, query: Query, hits: Sequence[Hit]) -> Read:
    """Sentences of the best hits, none about another place than the one asked for; unsaid are the
    words of the question that no bulletin has, which needs no model.
    """
    unsaid = _unsaid(library, query)
    seen = read_among(query, hits)
    if not seen:
        return replace(NOTHING, unsaid=unsaid)
    sighted = look(reader, query, seen)
    weighed = [
        (FROM_HIT * logit(hit.score) + math.log(one.share), hit, one)
        for hit, passage in zip(seen, sighted.read, strict=True)
        for one in passage.sentences
        if one.share > 0
    ]
    top = max(weight for weight, _, _ in weighed)
    total = sum(math.exp(weight - top) for weight, _, _ in weighed)
    evidence = [
        Evidence(hit, one.span, math.exp(weight - top) / total, one.focus)
        for weight, hit, one in weighed
    ]
    evidence.sort(key=lambda item: -item.share)
    return Read(tuple(evidence), certainty(sighted), unsaid)


def read_among(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that evidence is taken from: those that the search has read, where it has read any,
    none about another place than the one asked for.
    """
    seen = [hit for hit in readable(query, hits) if hit.text.strip()]
    return [hit for hit in seen if hit.read] or seen


def _unsaid(library: Library, query: Query) -> tuple[str, ...]:
    if query.terms:  # the words of a question in English are no bulletin's
        return ()
    own = [word for word in dict.fromkeys(subject_words(query)) if len(word) > 1]
    known = library.frequencies(own) if own else {}
    return tuple(word for word in own if not known[word])


def look(reader: Reader, query: Query, seen: Sequence[Hit]) -> Sighted:
    """What is read in some hits for a question."""
    passages = tuple(Passage(hit.text, hit.context) for hit in seen)
    return Sighted(query, passages, reader.read(query, passages))
