"""A text in the making: sentences that stand, each with the citation that it stands by."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.text.sentences import split_sentences
from rag.answering.answer import Answer, Citation
from rag.answering.telling import cautions, cite, lead
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.retrieval.search import Hit
from rag.writing.verify import overlap
from rag.writing.written_forms import Written


def blank(query: Query, hits: Sequence[Hit]) -> Answer:
    """A text without a sentence yet."""
    return Answer(query.question, query.understood, "", (), False, None, (), tuple(hits))


def with_sentence(draft: Answer, written: Written, cited: Sequence[Evidence]) -> Answer:
    """The text with one more sentence, and what it cites."""
    return _with(draft, f"{written.mark}{written.text}", cited)


def with_source(draft: Answer, item: Evidence) -> Answer:
    """The text with a sentence of the source, in the place of one that did not stand."""
    return _with(draft, f"{lead(item)}{item.quote}", [item])


def nearest_sentence(sentence: str, hit: Hit) -> Evidence:
    """The sentence of a cited unit that shares most with one that was written."""
    spans = split_sentences(hit.text)
    best = max(spans, key=lambda span: overlap(sentence, [hit.text[span.start : span.end]]))
    return Evidence(hit, best, hit.score)


def _with(draft: Answer, line: str, cited: Sequence[Evidence]) -> Answer:
    citations, warnings = list(draft.citations), list(draft.warnings)
    tail = ""
    for item in cited:
        tail += f"[{_cited(citations, item).marker}]"
        warnings += [w for w in cautions(item) if w not in warnings]
    text = f"{draft.text}\n{line}{tail}".strip()
    return replace(draft, text=text, citations=tuple(citations), warnings=tuple(warnings))


def _cited(citations: list[Citation], item: Evidence) -> Citation:
    """The citation of this sentence: the one that is there already, or a new one."""
    fresh = cite(item, len(citations) + 1)
    for known in citations:
        if replace(known, marker=fresh.marker) == fresh:
            return known
    citations.append(fresh)
    return fresh
