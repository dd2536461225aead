"""`python -m eval.retrieval DATA`: how well questions find their paragraphs, as a table.

DATA is a folder with cmrc2018_dev.json.xz, xquad.zh.json.xz and dev-bulletins/: public sets in the
format of SQuAD become libraries of one bulletin a passage; evaluation questions are asked of the
shipped and of the development bulletins. An ablation switches parts off by name.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from eval.dataset import Question, load_questions
from eval.quotes import comparable
from index.encoder import Encoder, SentenceTransformerEncoder
from index.library import Library
from rag.question import understand
from rag.search import search
from rag.settings import shipped_bulletins
from rag.training.squad import Asked, fill, read_squad

DEPTH = 10  # hits looked at; all measures are at 10 or above


@contextmanager
def library_of(name: str, encoder: Encoder, kept: Path | None) -> Iterator[tuple[Library, bool]]:
    """A library for a set, and whether it is still to be filled; `kept` keeps it between runs."""
    with TemporaryDirectory(prefix="jianbao-eval-") as temporary:
        home = kept / name if kept else Path(temporary)
        fresh = not home.exists() or not kept
        library = Library(home, encoder)
        try:
            yield library, fresh
        finally:
            library.close()


def paragraph_scores(library: Library, asked: Sequence[Asked]) -> dict[str, float]:
    """R@1 and R@5 of the passages, and the median milliseconds of a search."""
    ranks, seconds = [], []
    for question in asked:
        began = perf_counter()
        hits = search(library, understand(question.question), DEPTH)
        seconds.append(perf_counter() - began)
        found = list(dict.fromkeys(hit.bulletin for hit in hits))
        ranks.append(found.index(question.bulletin) if question.bulletin in found else DEPTH)
    return {
        "R@1": mean(rank < 1 for rank in ranks),
        "R@5": mean(rank < 5 for rank in ranks),
        "ms": 1000 * median(seconds),
    }


def question_scores(library: Library, questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    """hit@1, hit@5 and the recall of evidence quotes among ten, overall and by type."""
    rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for question in questions:
        quotes = [comparable(quote) for quote in question.evidence]
        if not quotes:
            continue
        hits = search(library, understand(question.question, question.history), DEPTH)
        texts = [comparable(hit.text) for hit in hits]
        held = [any(quote in text for quote in quotes) for text in texts]
        recall = mean(float(any(quote in text for text in texts)) for quote in quotes)
        row = (float(any(held[:1])), float(any(held[:5])), recall)
        for name in ("overall", question.type):
            rows[name].append(row)
        if question.lang == "zh":
            rows["overall zh"].append(row)
    names = ("hit@1", "hit@5", "recall@10")
    return {
        group: {"n": float(len(values))}
        | {name: mean(row[i] for row in values) for i, name in enumerate(names)}
        for group, values in sorted(rows.items())
    }


def measure(data: Path, files: Sequence[Path], kept: Path | None) -> None:
    """Print the tables."""
    encoder = SentenceTransformerEncoder()
    console = Console(width=100)
    public = Table("set", "R@1", "R@5", "ms")
    for name in ("cmrc2018_dev", "xquad.zh"):
        passages, asked = read_squad(data / f"{name}.json.xz")
        with library_of(name, encoder, kept) as (library, fresh):
            if fresh:
                fill(library, passages)
            scores = paragraph_scores(library, asked)
        public.add_row(name, f"{scores['R@1']:.4f}", f"{scores['R@5']:.4f}", f"{scores['ms']:.1f}")
    console.print(public)
    development = data / "dev-bulletins"
    for path in (*files, development / "questions.jsonl"):
        folder = (
            development / "bulletins" if path.is_relative_to(development) else shipped_bulletins()
        )
        with library_of(folder.parent.name, encoder, kept) as (library, fresh):
            library.sync(folder)
            groups = question_scores(library, load_questions(path))
        table = Table(path.name, "n", "hit@1", "hit@5", "recall@10")
        for group, row in groups.items():
            table.add_row(group, f"{row['n']:.0f}", *(f"{row[m]:.3f}" for m in list(row)[1:]))
        console.print(table)


if __name__ == "__main__":
    data, *rest = map(Path, sys.argv[1:])
    kept = rest.pop() if rest and not rest[-1].suffix else None
    measure(data, rest, kept)
