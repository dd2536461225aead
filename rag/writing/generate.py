"""Evidence to answer by a chat model, sentence by sentence through verification.

What the model writes reaches the reader only as far as verify.py finds it in the cited paragraphs;
when nothing is left, or the server fails, the extractive answer stands in, and a warning says so.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from corpus.text.sentences import split_sentences
from index.vectors.likeness import WordLikeness
from rag.answering.answer import Answer, Caution, Citation, Struck
from rag.answering.compose import chosen, compose
from rag.answering.telling import cautions, cite, lead
from rag.query.question import Query
from rag.reading.entailment import Entailment
from rag.reading.evidence import Evidence, Part
from rag.refusing.reasons import Reason
from rag.retrieval.search import Hit
from rag.settings import Settings
from rag.writing.claim_check import objections
from rag.writing.objections import Fault, Objection
from rag.writing.prompts import NO_ANSWER, SYSTEM, user_message
from rag.writing.verify import overlap
from rag.writing.written_forms import Forms, Written, sentences

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SHOWN_HITS = 6  # paragraphs a model is given: the answer's and its neighbours, a page of text
READ_SECONDS = 15.0  # silence of the server that is taken for its end
TOTAL_SECONDS = 45.0  # an answer that is not whole by then is finished with what stands
MAX_ANSWER_CHARS = 4000  # a model that never stops is stopped here


def chat_model(settings: Settings) -> "BaseChatModel | None":
    """The chat model of the settings, or None where none is set.

    Any server that speaks OpenAI's protocol will do; the key may be left out for a local one.
    """
    if settings.llm_model is None:
        return None
    from langchain_openai import ChatOpenAI
    from openai import DefaultHttpxClient
    from pydantic import SecretStr

    from rag.writing.patience import within

    return ChatOpenAI(
        model=settings.llm_model,
        base_url=settings.llm_base_url,
        api_key=SecretStr(settings.llm_api_key or "none"),
        temperature=0,
        timeout=READ_SECONDS,
        http_client=DefaultHttpxClient(event_hooks={"response": [within(TOTAL_SECONDS)]}),
        max_retries=0,
    )


def generate(
    model: "BaseChatModel",
    query: Query,
    parts: Sequence[Part],
    hits: Sequence[Hit],
    likeness: WordLikeness,
    judge: Entailment | None = None,
) -> Iterator[Answer]:
    """The model's answer, growing by verified sentences; the last one yielded is whole. What did
    not stand is kept beside it as data. The `judge` is asked last, of what else would stand.
    """
    shown, forms = _shown(parts), Forms()
    draft = Answer(query.question, query.understood, "", (), False, None, (), tuple(hits))
    struck: list[Struck] = []
    try:
        for sentence in sentences(_stream(model, query, shown)):
            written = forms.read(sentence)
            if written is None or written.framed:
                continue
            if written.says_nothing and not draft.citations:
                yield replace(draft, text=f"{NO_ANSWER}提到所问的内容。", refused=True,
                              reason=Reason.SILENT)  # fmt: skip
                return
            if wrong := _objections(written, shown, judge):
                struck.append(_struck(sentence, wrong))
            else:
                draft = _with_sentence(draft, written, shown)
                yield draft
    except ModelError as error:
        yield from _instead(
            query, parts, hits, likeness, f"语言模型未能完成回答（{error}），以下为原文摘录"
        )
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
            draft = _with_source(draft, item)
        warning = Caution(
            "struck", f"已更正：模型所写的{len(struck)}句与所引段落不符，已删去或换为原文"
        )
        yield replace(draft, warnings=(*draft.warnings, warning), struck=tuple(struck))


def _shown(parts: Sequence[Part]) -> list[Hit]:
    """The hits of the best evidence, each once, every part's best before any part's second."""
    rows = zip_longest(*(part.evidence for part in parts))
    items = [item for row in rows for item in row if item is not None]
    return list({(item.hit.bulletin, item.hit.position): item.hit for item in items}.values())[
        :SHOWN_HITS
    ]


def _stream(model: "BaseChatModel", query: Query, shown: Sequence[Hit]) -> Iterator[str]:
    """What the model writes, as it comes.

    :raises ModelError: the server cannot be reached, refuses, breaks off, or takes too long.
    """
    import httpx2
    import openai

    messages = [("system", SYSTEM), ("user", user_message(query.understood, shown))]
    began, length = time.monotonic(), 0
    try:
        for chunk in model.stream(messages):
            text = str(chunk.text)
            length += len(text)
            yield text
            if length > MAX_ANSWER_CHARS:
                return
            if time.monotonic() - began > TOTAL_SECONDS:
                raise ModelError(f"超过{TOTAL_SECONDS:.0f}秒")
    except (openai.OpenAIError, httpx2.HTTPError, ValueError, TypeError, KeyError) as error:
        # the last three: a server whose answer has not the protocol's shape
        raise ModelError(type(error).__name__) from error


def _objections(
    written: Written, shown: Sequence[Hit], judge: Entailment | None
) -> list[Objection]:
    """What is wrong with a sentence; empty where it stands."""
    if not written.numbers or not all(1 <= number <= len(shown) for number in written.numbers):
        return [Objection(Fault.MARKER, "、".join(map(str, written.numbers)))]
    cited = [shown[number - 1].unit for number in written.numbers]
    return objections(written.text, cited, judge)


def _struck(sentence: str, wrong: Sequence[Objection]) -> Struck:
    """A sentence that did not stand, with why."""
    why = [f"{o.fault.chinese}：{o.words}" if o.words else o.fault.chinese for o in wrong]
    return Struck(sentence, tuple(dict.fromkeys(o.fault.value for o in wrong)), tuple(why))


def _with_sentence(draft: Answer, written: Written, shown: Sequence[Hit]) -> Answer:
    """The answer with one more sentence, which stands."""
    citations, warnings = list(draft.citations), list(draft.warnings)
    tail = ""
    for number in written.numbers:
        item = _nearest_sentence(written.text, shown[number - 1])
        citation = _cited(citations, item)
        tail += f"[{citation.marker}]"
        warnings += [w for w in cautions(item) if w not in warnings]
    text = f"{draft.text}\n{written.mark}{written.text}{tail}".strip()
    return replace(draft, text=text, citations=tuple(citations), warnings=tuple(warnings))


def _with_source(draft: Answer, item: Evidence) -> Answer:
    """The answer with a sentence of the source in the place of one that did not stand."""
    citations = list(draft.citations)
    marker = _cited(citations, item).marker
    warnings = [*draft.warnings, *(w for w in cautions(item) if w not in draft.warnings)]
    text = f"{draft.text}\n{lead(item)}{item.quote}[{marker}]".strip()
    return replace(draft, text=text, citations=tuple(citations), warnings=tuple(warnings))


def _nearest_sentence(sentence: str, hit: Hit) -> Evidence:
    """The sentence of the cited paragraph that shares most with the model's."""
    spans = split_sentences(hit.text)
    best = max(spans, key=lambda span: overlap(sentence, [hit.text[span.start : span.end]]))
    return Evidence(hit, best, hit.score)


def _cited(citations: list[Citation], item: Evidence) -> Citation:
    """The citation of this sentence: the one that is there already, or a new one."""
    fresh = cite(item, len(citations) + 1)
    for known in citations:
        if replace(known, marker=fresh.marker) == fresh:
            return known
    citations.append(fresh)
    return fresh


def _instead(
    query: Query, parts: Sequence[Part], hits: Sequence[Hit], likeness: WordLikeness, why: str
) -> Iterator[Answer]:
    """The extractive answer, with a warning that says why it stands in."""
    for answer in compose(query, parts, hits, likeness):
        yield replace(answer, warnings=(Caution("model", why), *answer.warnings))
