"""Dify's external knowledge API: POST /retrieval, a knowledge base that is not Dify's own.

https://docs.dify.ai/en/use-dify/knowledge/external-knowledge-api
"""

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from corpus.errors import CallError, JianbaoError
from index.library import Library
from index.records import Entry
from rag.reading.reader import Reader
from rag.retrieval.hit import Hit
from rag.retrieval.search import search
from rag.understanding import Understanding
from ui.server.metadata_conditions import MetadataCondition, scope_of_conditions
from ui.server.program_doors import NO_KNOWLEDGE, RETRIEVAL, refusal_of
from ui.server.sights import sight_behind

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from fastapi import APIRouter
    from starlette.responses import Response

WHOLE_LIBRARY = "jianbao"  # the knowledge_id of all bulletins; any other one is a bulletin's id
MAX_RECORDS = 100  # far more than a prompt holds; it bounds an answer's time


class RetrievalSetting(BaseModel):
    """How many records at most, and the least score of each (0 to 1)."""

    top_k: int = Field(default=5, ge=1, le=MAX_RECORDS)
    score_threshold: float = Field(default=0.0, ge=0, le=1)


class RetrievalRequest(BaseModel):
    """What Dify sends: the knowledge base, a question, and how much of it is wanted."""

    knowledge_id: str = Field(examples=[WHOLE_LIBRARY])
    query: str = Field(examples=["三门峡建成了多少个老年助餐场所"])
    retrieval_setting: RetrievalSetting
    metadata_condition: MetadataCondition | None = None


class FoundRecord(BaseModel):
    """A unit that was found: its text, how well it fits (0 to 1), its article, where it stands."""

    content: str
    score: float
    title: str
    metadata: dict[str, Any]


class FoundRecords(BaseModel):
    """What was found, best first; none where nothing fits."""

    records: list[FoundRecord]


def add_retrieval(
    router: "APIRouter", library: Library, reader: Reader | None, room: "CapacityLimiter"
) -> None:
    """Give a router the address; it is worked on in threads of this room."""
    from anyio.to_thread import run_sync
    from fastapi import Request as HttpRequest

    understanding = Understanding(library)

    @router.post(RETRIEVAL, tags=["Dify"], response_model=FoundRecords)
    async def retrieval(http: HttpRequest, sent: RetrievalRequest) -> "Response | FoundRecords":
        """Find the paragraphs that fit a question best. 供 Dify 外部知识库检索。

        `knowledge_id` is `jianbao` for all bulletins, or a bulletin's id. Conditions may be on
        bulletin, issue (its title), date, place and kind. Errors carry `error_code` and
        `error_msg`: 1001 no key in the header, 1002 the key is wrong, 2001 no such knowledge base.
        """
        try:
            seen = library.seen_by(sight_behind(http.scope))
            found = await run_sync(_found, seen, understanding, reader, sent, limiter=room)
        except JianbaoError as error:
            return refusal_of(RETRIEVAL, 400 if isinstance(error, CallError) else 500, str(error))
        told = (
            f"no knowledge base {sent.knowledge_id!r}; it is {WHOLE_LIBRARY!r} for all bulletins, "
            "or a bulletin's id (没有这个知识库)"
        )
        return found or refusal_of(RETRIEVAL, 404, told, NO_KNOWLEDGE)


def _found(
    library: Library, understanding: Understanding, reader: Reader | None, sent: RetrievalRequest
) -> FoundRecords | None:
    """The records; None where there is no such knowledge base."""
    entries = {entry.id: entry for entry in library.entries()}
    if sent.knowledge_id != WHOLE_LIBRARY and sent.knowledge_id not in entries:
        return None
    within = None if sent.knowledge_id == WHOLE_LIBRARY else [sent.knowledge_id]
    scope = scope_of_conditions(sent.metadata_condition, list(entries.values()), within)
    setting = sent.retrieval_setting
    query = understanding.asked(library, sent.query)
    hits = search(library, query, setting.top_k, scope, reader=reader)
    told = [_record(hit, entries[hit.bulletin]) for hit in hits if hit.bulletin in entries]
    return FoundRecords(records=[one for one in told if one.score >= setting.score_threshold])


def _record(hit: Hit, entry: Entry) -> FoundRecord:
    return FoundRecord(
        content=hit.text,
        score=round(min(1.0, max(0.0, hit.score)), 4),
        title=hit.title,
        metadata={
            "bulletin": hit.bulletin,
            "issue": entry.title,
            "date": entry.date or "",
            "place": hit.unit.place or "",
            "kind": hit.kind.value,
            "paragraph": hit.paragraph,
            "page": hit.unit.page,
            "section": list(hit.unit.section),
        },
    )
