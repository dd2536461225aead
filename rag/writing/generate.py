"""Evidence to answer by a chat model, sentence by sentence through verification.

What the model writes reaches the reader only as far as claim_check.py finds it in the cited
paragraphs; when nothing is left, or the server fails, the extractive answer stands in, and a
warning says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from index.vectors.likeness import WordLikeness
from rag.answering.answer import Answer, Caution, Struck
from rag.answering.compose import chosen, compose
from rag.query.question import Query
from rag.reading.entailment import Entailment
from rag.reading.evidence import Part
from rag.refusing.reasons import Reason
from rag.retrieval.search import Hit
from rag.trace import Wanted, wanted_always
from rag.writing.chat_model import pieces
from rag.writing.checked import checked_sentences
from rag.writing.cited_text import blank, nearest_sentence, with_sentence, with_source
from rag.writing.claim_check import objections
from rag.writing.objections import Objection, unusable
from rag.writing.prompts import NO_ANSWER, SYSTEM, user_message
from rag.writing.written_forms import Written

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SHOWN_HITS = 6  # paragraphs a model is given: the answer's and its neighbours, a page of text


def generate(
    model: "BaseChatModel",
    query: Query,
    parts: Sequence[Part],
    hits: Sequence[Hit],
    likeness: WordLikeness,
    judge: Entailment | None = None,
    is_wanted: Wanted = wanted_always,
) -> Iterator[Answer]:
    """The model's answer, growing by verified sentences; the last one yielded is whole, unless it
    was no longer wanted. What did not stand is kept beside it as data. The `judge` is asked last,
    of what else would stand.
    """
    shown = shown_hits(parts)
    draft = blank(query, hits)
    struck: list[Struck] = []

    def check(written: Written) -> list[Objection]:
        if wrong := unusable(written.numbers, len(shown)):
            return wrong
        return objections(written.text, [shown[n - 1].unit for n in written.numbers], judge)

    messages = [("system", SYSTEM), ("user", user_message(query.understood, shown))]
    try:
        for one in checked_sentences(pieces(model, messages, is_wanted), check):
            written = one.written
            if written.says_nothing and not draft.citations:
                yield replace(draft, text=f"{NO_ANSWER}提到所问的内容。", refused=True,
                              reason=Reason.SILENT)  # fmt: skip
                return
            if one.struck:
                struck.append(one.struck)
            else:
                cited = [nearest_sentence(written.text, shown[n - 1]) for n in written.numbers]
                draft = with_sentence(draft, written, cited)
                yield draft
    except ModelError as error:
        yield from _instead(
            query, parts, hits, likeness, f"语言模型未能完成回答（{error}），以下为原文摘录"
        )
        return
    if not is_wanted():
        return
    if not draft.citations:
        why = "模型所写未通过核对，以下为原文摘录"
        for answer in _instead(query, parts, hits, likeness, why):
            yield replace(answer, struck=tuple(struck))
    elif struck:
        told = {(one.bulletin, one.position) for one in draft.citations}
        extract = [item for part in parts for item in chosen(part, likeness)]
        left = [one for one in extract if (one.hit.bulletin, one.hit.position) not in told]
        for item in left[: len(struck)]:
            draft = with_source(draft, item)
        yield replace(draft, warnings=(*draft.warnings, corrected(struck)), struck=tuple(struck))


def shown_hits(parts: Sequence[Part]) -> list[Hit]:
    """The hits of the best evidence, each once, every part's best before any part's second."""
    rows = zip_longest(*(part.evidence for part in parts))
    items = [item for row in rows for item in row if item is not None]
    return list({(item.hit.bulletin, item.hit.position): item.hit for item in items}.values())[
        :SHOWN_HITS
    ]


def corrected(struck: Sequence[Struck]) -> Caution:
    """What is said of a text some of whose sentences did not stand."""
    return Caution("struck", f"已更正：模型所写的{len(struck)}句与所引段落不符，已删去或换为原文")


def _instead(
    query: Query, parts: Sequence[Part], hits: Sequence[Hit], likeness: WordLikeness, why: str
) -> Iterator[Answer]:
    """The extractive answer, with a warning that says why it stands in."""
    for answer in compose(query, parts, hits, likeness):
        yield replace(answer, warnings=(Caution("model", why), *answer.warnings))
