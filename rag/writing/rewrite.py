"""The answer before in other words, by a chat model: shorter, in another form, in English.

Every sentence that it writes is held against what it cites of that answer; where it does not stand
the sentence that it was made from is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from rag.answering.answer import Answer, Caution, Struck
from rag.query.question import Query
from rag.query.rewriting import Language, Rewriting, in_english
from rag.reading.entailment import Entailment
from rag.reading.evidence import Evidence
from rag.refusing.reasons import Reason
from rag.refusing.refusal import Refusal
from rag.refusing.wording import refused
from rag.retrieval.search import Hit
from rag.trace import Wanted, wanted_always
from rag.writing.chat_model import pieces
from rag.writing.checked import checked_sentences
from rag.writing.cited_text import blank, with_sentence
from rag.writing.claim_check import objections
from rag.writing.objections import Fault, Objection, unusable
from rag.writing.prompts import REWRITE, rewrite_message
from rag.writing.said_before import SaidSentence, kept_of
from rag.writing.translation_check import translation_faults
from rag.writing.verify import MARKER
from rag.writing.written_forms import Written

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MARGIN = 1.1  # of the length wanted, up to which nothing is said of it


def rewritten(
    model: "BaseChatModel",
    query: Query,
    rewriting: Rewriting,
    hits: Sequence[Hit],
    judge: Entailment | None = None,
    is_wanted: Wanted = wanted_always,
) -> Iterator[Answer]:
    """The answer before as it is ordered, growing by verified sentences; `hits` are what it was
    made of. The last one yielded is whole, unless it was no longer wanted.
    """
    kept = kept_of(rewriting.said, hits)
    if rewriting.language is Language.OTHER or not kept:
        why = Reason.LANGUAGE if rewriting.language is Language.OTHER else Reason.REWRITE
        yield refused(query, Refusal(why, in_english=bool(query.terms)), ())
        return
    base = _Base(kept)
    draft, struck = blank(query, hits), list[Struck]()

    def check(written: Written) -> list[Objection]:
        return _faults(written, base, rewriting.language, judge)

    message = rewrite_message(base.lines, rewriting.order.words, rewriting.language)
    try:
        messages = [("system", REWRITE), ("user", message)]
        for one in checked_sentences(pieces(model, messages, is_wanted), check):
            if one.struck:
                struck.append(one.struck)
            else:
                cited = [base.items[n - 1] for n in one.written.numbers]
                draft = with_sentence(draft, one.written, cited)
                yield draft
    except ModelError as error:
        yield base.unchanged(query, hits, f"语言模型未能完成改写（{error}），以下为改写前的回答")
        return
    if not is_wanted():
        return
    if not draft.citations:
        whole = base.unchanged(query, hits, "模型所改写的未通过核对，以下为改写前的回答")
        yield replace(whole, struck=tuple(struck))
        return
    for sentence in base.untold(draft)[: len(struck)]:
        draft = with_sentence(draft, sentence.written, sentence.items)
    notes = [*draft.warnings, *_notes(draft, rewriting, len(struck))]
    yield replace(draft, warnings=tuple(notes), struck=tuple(struck))


class _Base:
    """What is rewritten; `items` are the sentences of the source that it cites, by number from 1,
    `lines` its sentences with these numbers.
    """

    def __init__(self, kept: Sequence[SaidSentence]) -> None:
        self._kept = kept
        self.items = list(dict.fromkeys(item for one in kept for item in one.items))
        self.lines = [f"{one.written.text}{self._tail(one)}" for one in kept]

    def _tail(self, one: SaidSentence) -> str:
        return "".join(f"[{self.items.index(item) + 1}]" for item in one.items)

    def texts(self, cited: Sequence[Evidence]) -> list[str]:
        """The sentences that cite any of these, and these themselves."""
        told = [one.written.text for one in self._kept if set(one.items) & set(cited)]
        return [*told, *(item.quote for item in cited)]

    def untold(self, draft: Answer) -> list[SaidSentence]:
        """The sentences of which nothing is cited in a text."""
        told = {(one.bulletin, one.position, one.start) for one in draft.citations}
        return [
            one for one in self._kept
            if not any((i.hit.bulletin, i.hit.position, i.span.start) in told for i in one.items)
        ]  # fmt: skip

    def unchanged(self, query: Query, hits: Sequence[Hit], why: str) -> Answer:
        """The answer before as it was, and why."""
        draft = blank(query, hits)
        for one in self._kept:
            draft = with_sentence(draft, one.written, one.items)
        return replace(draft, warnings=(Caution("model", why), *draft.warnings))


def _faults(
    written: Written, base: _Base, language: Language, judge: Entailment | None
) -> list[Objection]:
    """What is wrong with a sentence; of one in English, what can be told."""
    if wrong := unusable(written.numbers, len(base.items)):
        return wrong
    cited = [base.items[number - 1] for number in written.numbers]
    units = [item.hit.unit for item in cited]
    if in_english(written.text) is not (language is Language.ENGLISH):
        return [Objection(Fault.LANGUAGE, "")]
    if language is Language.ENGLISH:
        return translation_faults(written.text, units, base.texts(cited))
    return objections(written.text, units, judge)


def _notes(draft: Answer, rewriting: Rewriting, struck: int) -> Iterator[Caution]:
    """What did not stand, and that it is longer than was wanted."""
    if struck:
        told = f"已更正：模型所改写的{struck}句与所引段落不符，已删去或换为改写前的原句"
        yield Caution("struck", told)
    wanted, plain = rewriting.order.length, MARKER.sub("", draft.text)
    english = rewriting.language is Language.ENGLISH
    length = len(plain.split()) if english else len("".join(plain.split()))
    if wanted and length > MARGIN * wanted:
        unit = "词" if english else "字"
        yield Caution("length", f"改写后有{length}{unit}，超过所要的{wanted}{unit}")
