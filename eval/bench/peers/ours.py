"""The library as installed. Run by eval.bench.peers in the house's own environment."""

from pathlib import Path

from eval.bench.peers.trial import run
from index.encoder import SentenceTransformerEncoder
from index.library import Library
from index.threads import one_thread_products
from rag.question import understand
from rag.search import search


class Ours:
    """`jianbao sync` and `retrieve`."""

    def __init__(self, home: Path, model: Path) -> None:
        one_thread_products()  # as rag.open_library
        self._library = Library(home, SentenceTransformerEncoder(str(model)))
        self._library.closeness("预热", ["预热"])

    def build(self, folder: Path) -> None:
        """See System.build."""
        failed = self._library.sync(folder).failed
        if failed:
            raise RuntimeError(f"{len(failed)} files left out: {next(iter(failed.values()))}")

    def search(self, question: str, k: int) -> list[str]:
        """See System.search."""
        return [hit.bulletin for hit in search(self._library, understand(question), k)]


if __name__ == "__main__":
    run(Ours, ["jianbao", "chromadb", "sentence-transformers"])
