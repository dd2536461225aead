"""txtai: hybrid Embeddings. Run by eval.bench.peers."""

from pathlib import Path

from txtai import Embeddings

from eval.bench.peers.pieces import BATCH, cut, texts
from eval.bench.peers.trial import run


class Txtai:
    """txtai's hybrid: Faiss and its own BM25 in SQLite. Its words are single characters and pairs:
    it takes no tokenizer from outside, and its own would take Chinese for single characters.
    """

    def __init__(self, home: Path, model: Path) -> None:
        self._home = home
        self._embeddings = Embeddings(
            path=str(model),
            method="sentence-transformers",
            content=True,
            encodebatch=BATCH,
            scoring={
                "method": "bm25",
                "terms": True,
                "normalize": True,
                "tokenizer": {"ngrams": {"nmin": 1, "nmax": 2}},
            },
        )
        self._embeddings.transform("预热")

    def build(self, folder: Path) -> None:
        """See System.build."""
        self._embeddings.index(
            (f"{name}/{n}", piece, None)
            for name, text in texts(folder)
            for n, piece in enumerate(cut(text))
            if any(map(str.isalnum, piece))  # of signs alone the vector is 0, which it divides by
        )
        self._embeddings.save(str(self._home))

    def search(self, question: str, k: int) -> list[str]:
        """See System.search."""
        return [str(one["id"]).partition("/")[0] for one in self._embeddings.search(question, k)]


if __name__ == "__main__":
    run(Txtai, ["txtai", "faiss-cpu"])
