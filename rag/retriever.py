"""BulletinRetriever: the hybrid search as a LangChain retriever."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from corpus.citation_label import citation_label
from index.library import Library
from index.scope import scope_of
from rag.reading.reader import Reader
from rag.retrieval.search import Hit, search
from rag.retrieval.stages import stages_of
from rag.understanding import Understanding


class BulletinRetriever(BaseRetriever):
    """Finds paragraphs of a library; a Document a hit, its metadata as in Hit.as_dict, with
    "citation" as the label to print and "why" in words. The `reader`, by default the embedded
    one, orders what was found; without `rerank` nothing does. The bounds are those of rag.retrieve.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    reader: Reader | None = None
    k: int = 5
    bulletins: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] | None = None
    rerank: bool = True
    _understanding: Understanding = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Called by pydantic once the fields stand."""
        super().model_post_init(context)
        self._understanding = Understanding(self.library)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        scope = scope_of(self.bulletins, self.places, self.since, self.until, self.kinds)
        stages = stages_of(rerank=self.rerank)
        asked = self._understanding.asked(self.library, query)
        hits = search(self.library, asked, self.k, scope, stages, reader=self.reader)
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    metadata = hit.as_dict()
    del metadata["text"]
    metadata["citation"] = citation_label(hit.title, hit.paragraph, hit.kind)
    metadata["why"] = hit.why
    return Document(page_content=hit.text, metadata=metadata)
