"""Hits to evidence by a reader: its shares of their sentences, and how certain it is."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.bulletin import NUMBERED
from index.library import Library
from rag.query.intents import Wants
from rag.query.question import Query, subject_words
from rag.query.ranks import rank_asked
from rag.reading.certainty import certainty, logit
from rag.reading.evidence import NOTHING, Evidence, Read, readable
from rag.reading.of_place import is_of_place
from rag.reading.reader import Passage, Reader
from rag.reading.signs import Sighted
from rag.reading.years_told import years_of
from rag.retrieval.hit import Hit
from rag.retrieval.period import OTHER_ISSUE, period_factor

# How much of what tells hits apart tells their sentences apart too, of a hit's logit.
FROM_HIT = 2.0
_NO_WORDS = re.compile(r"[\d\W_]+")
OF_OTHER_YEAR = 0.2  # what a sentence is worth that tells of another year than the one asked for
OF_WHOLE = 0.2  # what a sentence of a whole is worth where a part of it is asked about


def read_evidence(library: Library, reader: Reader, query: Query, hits: Sequence[Hit]) -> Read:
    """Sentences of the best hits, none about another place than the one asked for; unsaid are the
    words of the question that no bulletin has, which needs no model.
    """
    unsaid = _unsaid(library, query)
    seen = of_period(library, query, read_among(query, hits))
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
        Evidence(hit, one.span, math.exp(weight - top) / total, one.focus, one.points)
        for weight, hit, one in weighed
    ]
    evidence = _weighed_by_place(query, evidence)
    evidence = _weighed_by_year(library, query, evidence)
    evidence.sort(key=lambda item: -item.share)
    return Read(tuple(evidence), certainty(sighted), unsaid)


def read_among(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that evidence is taken from: those that the search has read, where it has read any,
    none about another place than the one asked for.
    """
    seen = [hit for hit in readable(query, hits) if hit.text.strip()]
    return [hit for hit in seen if hit.read] or seen


def of_period(library: Library, query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those of other issues of a series, where a text of that series is of the
    period that is asked about.
    """
    if not query.years:
        return list(hits)
    agree = [period_factor(query, library.bulletin(hit.bulletin), hit.unit) for hit in hits]
    told = {
        _series(hit)
        for hit, factor in zip(hits, agree, strict=True)
        if factor > OTHER_ISSUE and hit.unit.kind in NUMBERED  # the day of a print tells of nothing
    }
    return [
        hit
        for hit, factor in zip(hits, agree, strict=True)
        if factor > OTHER_ISSUE or _series(hit) not in told
    ]


def _series(hit: Hit) -> str:
    """What the titles of all issues of a series have: their words without the numbers."""
    return _NO_WORDS.sub("", hit.context)


def _weighed_by_place(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence for a figure, what is said of a whole around the place asked about worth less,
    where others name that place.
    """
    if query.wants is not Wants.NUMBER:
        return list(evidence)
    return _less_of(evidence, [is_of_place(query, item) for item in evidence], OF_WHOLE)


def _weighed_by_year(
    library: Library, query: Query, evidence: Sequence[Evidence]
) -> list[Evidence]:
    """The evidence, what is told of other years worth less, where something is told of one asked
    about: 到2017年达到2000亿元，到2020年达到3000亿元.
    """
    asked = {int(year) for year in query.years}
    if not asked:
        return list(evidence)
    told = [years_of(library.bulletin(item.hit.bulletin), item) for item in evidence]
    if not any(asked & years for years in told):
        return list(evidence)
    return _less_of(evidence, [not years or bool(asked & years) for years in told], OF_OTHER_YEAR)


def _less_of(
    evidence: Sequence[Evidence], fits: Sequence[bool], otherwise: float
) -> list[Evidence]:
    """The evidence with shares that sum to 1 again, what does not fit worth less, where others
    do.
    """
    if all(fits) or not any(fits):
        return list(evidence)
    weights = [
        item.share * (1.0 if fit else otherwise) for item, fit in zip(evidence, fits, strict=True)
    ]
    total = sum(weights) or 1.0
    return [
        replace(item, share=weight / total) for item, weight in zip(evidence, weights, strict=True)
    ]


def _unsaid(library: Library, query: Query) -> tuple[str, ...]:
    if query.terms:  # the words of a question in English are no bulletin's
        return ()
    rank = rank_asked(query.understood)
    asked = rank.words if rank else ""  # 最高 says nothing of what is asked about
    own = [w for w in dict.fromkeys(subject_words(query)) if len(w) > 1 and w not in asked]
    known = library.frequencies(own) if own else {}
    return tuple(word for word in own if not known[word])


def look(reader: Reader, query: Query, seen: Sequence[Hit]) -> Sighted:
    """What is read in some hits for a question."""
    passages = tuple(Passage(hit.text, hit.context) for hit in seen)
    return Sighted(query, passages, reader.read(query, passages))
