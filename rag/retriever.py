"""BulletinRetriever: the hybrid search as a LangChain retriever."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.bulletin import citation_label
from index.library import Library
from index.scope import scope_of
from rag.query.question import understand
from rag.reading.reader import Reader
from rag.retrieval.search import Hit, search
from rag.retrieval.stages import stages_of


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

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        scope = scope_of(self.bulletins, self.places, self.since, self.until, self.kinds)
        stages, asked = stages_of(rerank=self.rerank), understand(query)
        hits = search(self.library, asked, self.k, scope, stages, reader=self.reader)
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    metadata = hit.as_dict()
    del metadata["text"]
    metadata["citation"] = citation_label(hit.title, hit.paragraph, hit.kind)
    metadata["why"] = hit.why
    return Document(page_content=hit.text, metadata=metadata)
