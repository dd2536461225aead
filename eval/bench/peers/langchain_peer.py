"""LangChain: recursive splitter, Chroma, BM25 and vectors in an ensemble; for eval.bench.peers."""

from pathlib import Path

import jieba
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.bench.peers.pieces import BATCH, OVERLAP_CHARS, PIECE_CHARS, SEPARATORS, texts, words
from eval.bench.peers.trial import run


class LangChain:
    """The hybrid of LangChain's documentation, with jieba for the words."""

    def __init__(self, home: Path, model: Path) -> None:
        self._model = HuggingFaceEmbeddings(
            model_name=str(model), encode_kwargs={"batch_size": BATCH, "normalize_embeddings": True}
        )
        self._store = Chroma(
            embedding_function=self._model,
            persist_directory=str(home),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        self._model.embed_query("预热")
        jieba.initialize()

    def build(self, folder: Path) -> None:
        """See System.build. BM25Retriever lives in memory alone."""
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=PIECE_CHARS,
            chunk_overlap=OVERLAP_CHARS,
            separators=list(SEPARATORS),
            keep_separator="end",
        )
        whole = [Document(text, metadata={"name": name}) for name, text in texts(folder)]
        pieces = splitter.split_documents(whole)
        step = self._store._client.get_max_batch_size()
        for start in range(0, len(pieces), step):
            self._store.add_documents(pieces[start : start + step])
        self._words = BM25Retriever.from_documents(pieces, preprocess_func=words)

    def search(self, question: str, k: int) -> list[str]:
        """See System.search."""
        self._words.k = k
        dense = self._store.as_retriever(search_kwargs={"k": k})
        both = EnsembleRetriever(retrievers=[self._words, dense], weights=[0.5, 0.5])
        return [str(found.metadata["name"]) for found in both.invoke(question)[:k]]


if __name__ == "__main__":
    run(LangChain, ["langchain-classic", "langchain-chroma", "rank-bm25", "chromadb"])
