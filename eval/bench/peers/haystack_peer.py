"""Haystack: in-memory store, BM25 and embedding retrievers, joiner. Run by eval.bench.peers."""

from dataclasses import replace
from pathlib import Path

import jieba
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from eval.bench.peers.pieces import BATCH, OVERLAP_CHARS, PIECE_CHARS, SEPARATORS, texts, words
from eval.bench.peers.trial import run


class Haystack:
    """The hybrid of Haystack's documentation. Its store finds words by a pattern, which Chinese has
    not: texts are stored with blanks between words, after their vectors are taken without.
    """

    def __init__(self, home: Path, model: Path) -> None:
        self._home = home
        self._store = InMemoryDocumentStore(
            bm25_tokenization_regex=r"\S+", return_embedding=False, shared=False
        )
        self._texts = SentenceTransformersDocumentEmbedder(
            model=str(model), batch_size=BATCH, normalize_embeddings=True, progress_bar=False
        )
        asked = SentenceTransformersTextEmbedder(
            model=str(model), normalize_embeddings=True, progress_bar=False
        )
        self._search = Pipeline()
        self._search.add_component("asked", asked)
        self._search.add_component("dense", InMemoryEmbeddingRetriever(self._store))
        self._search.add_component("words", InMemoryBM25Retriever(self._store))
        self._search.add_component("both", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._search.connect("asked.embedding", "dense.query_embedding")
        self._search.connect("dense", "both")
        self._search.connect("words", "both")
        self._texts.warm_up()
        self._search.warm_up()
        asked.run("预热")
        jieba.initialize()

    def build(self, folder: Path) -> None:
        """See System.build."""
        splitter = RecursiveDocumentSplitter(
            split_length=PIECE_CHARS,
            split_overlap=OVERLAP_CHARS,
            split_unit="char",
            separators=list(filter(None, SEPARATORS)),
        )
        whole = [Document(content=text, meta={"name": name}) for name, text in texts(folder)]
        pieces = self._texts.run(splitter.run(whole)["documents"])["documents"]
        self._store.write_documents(
            [replace(piece, content=" ".join(words(piece.content))) for piece in pieces]
        )
        self._home.mkdir(parents=True, exist_ok=True)
        self._store.save_to_disk(str(self._home / "store.json"))

    def search(self, question: str, k: int) -> list[str]:
        """See System.search."""
        found = self._search.run(
            {
                "asked": {"text": question},
                "dense": {"top_k": k},
                "words": {"query": " ".join(words(question)), "top_k": k},
                "both": {"top_k": k},
            }
        )
        return [str(document.meta["name"]) for document in found["both"]["documents"]]


if __name__ == "__main__":
    run(Haystack, ["haystack-ai", "sentence-transformers-haystack"])
