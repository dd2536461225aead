"""The library as installed. Run by eval.bench.peers in the house's own environment."""

from pathlib import Path

from eval.bench.peers.trial import run
from index.library import Library
from index.vectors.encoder import SentenceTransformerEncoder
from index.vectors.threads import one_thread_products
from rag.reading.readers import reader_of
from rag.retrieval.search import search
from rag.settings import read_settings
from rag.understanding import Understanding

LEFT_OUT = 1e-4  # share of the files that may hold no running text, such as a list of credits


class Ours:
    """`jianbao sync` and `retrieve`."""

    def __init__(self, home: Path, model: Path) -> None:
        one_thread_products()  # as rag.open_library
        self._library = Library(home, SentenceTransformerEncoder(str(model)))
        self._library.closeness("预热", ["预热"])
        self._reader = reader_of(read_settings())
        self._understanding = Understanding(self._library)

    def build(self, folder: Path) -> None:
        """See System.build."""
        changes = self._library.sync(folder)
        if len(changes.failed) > len(changes.added) * LEFT_OUT:
            reason = next(iter(changes.failed.values()))
            raise RuntimeError(f"{len(changes.failed)} files left out: {reason}")

    def search(self, question: str, k: int) -> list[str]:
        """See System.search."""
        query = self._understanding.asked(self._library, question)
        hits = search(self._library, query, k, reader=self._reader)
        return [hit.bulletin for hit in hits]


if __name__ == "__main__":
    run(Ours, ["jianbao", "chromadb", "sentence-transformers"])
