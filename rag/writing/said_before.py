"""The answer before, as it may be rewritten: its sentences that the paragraphs found bear out.

What was said comes back as text, from a page or from a program; where it stands is not read from
that text. The paragraphs are found anew, and a sentence counts as far as it stands in them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.beside import without_besides
from rag.reading.evidence import Evidence
from rag.retrieval.search import Hit
from rag.writing.cited_text import nearest_sentence
from rag.writing.claim_check import objections
from rag.writing.verify import overlap
from rag.writing.written_forms import Forms, Written, sentences

_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SaidSentence:
    """A sentence of the answer before, and the sentences of the source that it stands by."""

    written: Written
    items: tuple[Evidence, ...]


def kept_of(said: str, hits: Sequence[Hit]) -> list[SaidSentence]:
    """The sentences of what was said that cite something and stand in these hits."""
    forms = Forms()
    read = [forms.read(one) for one in sentences([without_besides(said)])]
    cited = [one for one in read if one is not None and one.numbers]
    found = [(one, _borne_out(one, hits)) for one in cited]
    return [SaidSentence(one, items) for one, items in found if items]


def _borne_out(written: Written, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """The sentences that bear one out: of the nearest unit that does so by itself, else of as many
    as it cites.
    """
    text = written.text
    items = [nearest_sentence(text, hit) for hit in hits if hit.text]
    items.sort(key=lambda item: -overlap(text, [item.quote]))
    for item in items:
        if _quotes(text, item) or not objections(text, [item.hit.unit]):
            return (item,)
    together = items[: len(written.numbers)]
    if len(together) < 2 or objections(text, [item.hit.unit for item in together]):
        return ()
    return tuple(together)


def _quotes(text: str, item: Evidence) -> bool:
    """Whether a sentence is told in the very words of the source."""
    return _BLANK.sub("", text).rstrip("。") in _BLANK.sub("", item.hit.text)
