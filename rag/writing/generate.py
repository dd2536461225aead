"""Evidence to answer by a chat model, sentence by sentence through verification.

What the model writes reaches the reader only as far as verify.py finds it in the cited paragraphs;
when nothing is left, or the server fails, the extractive answer stands in, and a warning says so.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from corpus.text.sentences import split_sentences
from index.vectors.likeness import WordLikeness
from rag.answering.answer import Answer, Caution, Citation
from rag.answering.compose import chosen, compose
from rag.answering.telling import cautions, cite, lead
from rag.query.question import Query
from rag.reading.evidence import Evidence, Part
from rag.refusing.reasons import Reason
from rag.retrieval.search import Hit
from rag.settings import Settings
from rag.writing.prompts import NO_ANSWER, SYSTEM, user_message
from rag.writing.verify import MARKER, MIN_OVERLAP, markers, misplaced, overlap, unsupported

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SHOWN_HITS = 6  # paragraphs a model is given: the answer's and its neighbours, a page of text
READ_SECONDS = 15.0  # silence of the server that is taken for its end
TOTAL_SECONDS = 45.0  # an answer that is not whole by then is finished with what stands
MAX_ANSWER_CHARS = 4000  # a model that never stops is stopped here
# A sentence with its full stop and the markers behind it.
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n](?:\s*\[\d{1,3}\])*")


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
) -> Iterator[Answer]:
    """The model's answer, growing by verified sentences; the last one yielded is whole."""
    shown = _shown(parts)
    draft = Answer(query.question, query.understood, "", (), False, None, (), tuple(hits))
    struck = 0
    try:
        for sentence in _sentences(_stream(model, query, shown)):
            if sentence.startswith(NO_ANSWER) and not draft.citations:
                yield replace(draft, text=f"{NO_ANSWER}提到所问的内容。", refused=True,
                              reason=Reason.SILENT)  # fmt: skip
                return
            if (grown := _with_sentence(draft, sentence, shown)) is None:
                struck += 1
            else:
                draft = grown
                yield draft
    except ModelError as error:
        yield from _instead(
            query, parts, hits, likeness, f"语言模型未能完成回答（{error}），以下为原文摘录"
        )
        return
    if not draft.citations:
        yield from _instead(query, parts, hits, likeness, "模型所写未通过核对，以下为原文摘录")
    elif struck:
        told = {(one.bulletin, one.position) for one in draft.citations}
        extract = [item for part in parts for item in chosen(part, likeness)]
        left = [one for one in extract if (one.hit.bulletin, one.hit.position) not in told]
        for item in left[:struck]:
            draft = _with_source(draft, item)
        warning = Caution("struck", f"模型所写的{struck}句在所引段落中查无依据，已删去或换为原文")
        yield replace(draft, warnings=(*draft.warnings, warning))


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


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences with their markers, out of a stream of pieces."""
    text = ""
    for piece in pieces:
        text += piece
        # the last sentence may still get markers: it is held back until more text comes
        while (
            (match := _SENTENCE.match(text))
            and match.end() < len(text)
            and text[match.end()] not in " ["
        ):
            if match[0].strip():
                yield match[0].strip()
            text = text[match.end() :]
    for match in re.finditer(rf"{_SENTENCE.pattern}|[^。！？\n]+$", text):
        if match[0].strip():
            yield match[0].strip()


def _with_sentence(draft: Answer, sentence: str, shown: Sequence[Hit]) -> Answer | None:
    """The answer with one more sentence, or None if the sentence does not stand."""
    numbers = list(dict.fromkeys(markers(sentence)))
    if not numbers or not all(1 <= number <= len(shown) for number in numbers):
        return None
    cited = [shown[number - 1] for number in numbers]
    texts = [hit.text for hit in cited]
    if unsupported(sentence, texts) or misplaced(sentence, [hit.unit for hit in cited]):
        return None
    if overlap(sentence, texts) < MIN_OVERLAP:
        return None
    citations, warnings = list(draft.citations), list(draft.warnings)
    tail = ""
    for hit in cited:
        item = _nearest_sentence(sentence, hit)
        citation = _cited(citations, item)
        tail += f"[{citation.marker}]"
        warnings += [w for w in cautions(item) if w not in warnings]
    text = f"{draft.text}\n{MARKER.sub('', sentence).strip()}{tail}".strip()
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
