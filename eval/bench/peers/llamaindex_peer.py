"""LlamaIndex: sentence splitter, Chroma, BM25Retriever, fusion. Run by eval.bench.peers."""

from pathlib import Path

import bm25s
import chromadb
import jieba
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import Document, NodeWithScore, QueryBundle
from llama_index.core.vector_stores.utils import node_to_metadata_dict
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import PrivateAttr
from sentence_transformers import SentenceTransformer

from eval.bench.peers.pieces import BATCH, OVERLAP_CHARS, PIECE_CHARS, sentences, texts, words
from eval.bench.peers.trial import run


class Embedding(BaseEmbedding):  # type: ignore[misc] # the library has no types here
    """The model as LlamaIndex takes one of one's own: its HuggingFaceEmbedding refuses a model that
    reads texts of any length.
    """

    _model: SentenceTransformer = PrivateAttr()

    def __init__(self, model: Path) -> None:
        super().__init__(model_name=model.name, embed_batch_size=BATCH)
        self._model = SentenceTransformer(str(model))

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors = self._model.encode(texts, batch_size=BATCH, normalize_embeddings=True)
        rows: list[list[float]] = vectors.tolist()
        return rows

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]


class JiebaRetriever(BM25Retriever):  # type: ignore[misc] # the library has no types here
    """BM25Retriever finds words by a pattern, which Chinese has not: they are given apart."""

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found: list[NodeWithScore] = super()._retrieve(
            QueryBundle(" ".join(words(query_bundle.query_str)))
        )
        return found


class LlamaIndex:
    """The hybrid of LlamaIndex's documentation: vectors and BM25 under reciprocal rank fusion."""

    def __init__(self, home: Path, model: Path) -> None:
        self._home = home
        self._model = Embedding(model)
        client = chromadb.PersistentClient(str(home / "chroma"))
        self._collection = client.create_collection(
            "pieces", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        self._model.get_query_embedding("预热")
        jieba.initialize()

    def build(self, folder: Path) -> None:
        """See System.build."""
        splitter = SentenceSplitter(
            chunk_size=PIECE_CHARS,
            chunk_overlap=OVERLAP_CHARS,
            tokenizer=list,
            paragraph_separator="\n",
            chunking_tokenizer_fn=sentences,
        )
        whole = [
            Document(
                text=text,
                metadata={"name": name},
                excluded_embed_metadata_keys=["name"],
                excluded_llm_metadata_keys=["name"],
            )
            for name, text in texts(folder)
        ]
        nodes = splitter.get_nodes_from_documents(whole)
        self._index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(
                vector_store=ChromaVectorStore(chroma_collection=self._collection)
            ),
            embed_model=self._model,
        )
        bm25 = bm25s.BM25()
        bm25.index([words(node.get_content()) for node in nodes], show_progress=False)
        bm25.corpus = [node_to_metadata_dict(node) | {"node_id": node.node_id} for node in nodes]
        self._words = JiebaRetriever(
            existing_bm25=bm25,
            token_pattern=r"\S+",  # nosec B106 # a pattern of words, no password
            skip_stemming=True,
        )
        self._words.persist(str(self._home / "bm25"))

    def search(self, question: str, k: int) -> list[str]:
        """See System.search."""
        self._words.similarity_top_k = k
        both = QueryFusionRetriever(
            [self._index.as_retriever(similarity_top_k=k), self._words],
            llm=MockLLM(),  # never asked: one query, as it is
            num_queries=1,
            mode="reciprocal_rerank",
            similarity_top_k=k,
            use_async=False,
        )
        return [str(found.node.metadata["name"]) for found in both.retrieve(question)]


if __name__ == "__main__":
    run(LlamaIndex, ["llama-index-core", "llama-index-retrievers-bm25", "bm25s", "chromadb"])
