"""`python -m eval.bench.archive NEWS [COUNT] [--milvus URI]`: what a large archive costs to index
and to search.

NEWS is a text file, plain or .xz, with a document a line; each becomes a bulletin. Questions are
our own and opening words of documents, so that many and few units share their words.
"""

import argparse
import lzma
import re
import resource
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

import rag
from corpus.questions.question_file import load_questions
from eval.sources import OWN_QUESTIONS
from index.library import Library
from index.vectors.encoders import encoder_of
from rag.settings import read_settings

PARAGRAPH_CHARS = 220  # a document's sentences are gathered to paragraphs of about this length
OPENING_CHARS = 24
OPENINGS = 200  # documents whose opening is asked for, spread over the archive
GIB = 2**30
_DATELINE = re.compile(r"^[-\d :]{8,20}，正文：")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”』）]*")


def documents(path: Path, count: int) -> Iterator[str]:
    """The first documents of the file, their paragraphs on lines of their own."""
    opening = lzma.open if path.suffix == ".xz" else open
    with opening(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, count):
            paragraphs = [""]
            for sentence in _SENTENCE.findall(_DATELINE.sub("", line.strip())):
                if len(paragraphs[-1]) + len(sentence) > PARAGRAPH_CHARS and paragraphs[-1]:
                    paragraphs.append("")
                paragraphs[-1] += sentence
            yield "\n".join(paragraphs)


def fill(folder: Path, path: Path, count: int) -> list[str]:
    """A bulletin file for each document; returns openings to ask for."""
    openings = []
    for number, text in enumerate(documents(path, count)):
        (folder / f"doc-{number:06d}.txt").write_text(text + "\n", "utf-8")
        opening = text.strip()[:OPENING_CHARS]
        if opening and number % max(1, count // OPENINGS) == 0:
            openings.append(opening)
    return openings


def measure(
    home: Path, folder: Path, questions: Sequence[str], milvus_uri: str | None = None
) -> Table:
    """Build, weigh and search; a row for each figure."""
    table = Table("what", "measured", "target")
    library = Library(home, encoder_of(read_settings().embedding_model), milvus_uri=milvus_uri)
    library.closeness("预热", ["预热"])  # imports and model are counted elsewhere
    began = time.perf_counter()
    changes = library.sync(folder)
    minutes = (time.perf_counter() - began) / 60
    Console(stderr=True).print(f"indexed in {minutes:.1f} min")  # it takes long: told at once
    entries = library.entries()
    paragraphs = sum(entry.paragraphs for entry in entries)
    table.add_row("bulletins (paragraphs)", f"{len(entries):,} ({paragraphs:,})", "")
    table.add_row("left out", str(len(changes.failed)), "0")
    table.add_row("index from scratch", f"{minutes:.1f} min", "12 min")
    own, children = (resource.getrusage(who).ru_maxrss * 1024
                     for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    table.add_row("peak memory (and of a helper)", f"{own / GIB:.1f} ({children / GIB:.1f}) GiB",
                  "4 GiB")  # fmt: skip
    size = sum(file.stat().st_size for file in (home / "index").rglob("*") if file.is_file())
    table.add_row("index on disk", f"{size / GIB:.2f} GiB", "")
    seconds = []
    for question in questions:
        began = time.perf_counter()
        rag.retrieve(question, rerank=False, library=library)  # to read takes the same in any
        seconds.append(time.perf_counter() - began)
    cuts = quantiles(seconds, n=20)
    table.add_row("retrieve, not read, p50", f"{1000 * cuts[9]:.0f} ms", "60 ms")
    table.add_row("retrieve, not read, p95", f"{1000 * cuts[18]:.0f} ms", "")
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.archive", description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=65_000)
    parser.add_argument("--milvus", metavar="URI", help="an index in Milvus; .db: Milvus Lite")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="jianbao-archive-") as name:
        folder = Path(name) / "bulletins"
        folder.mkdir()
        openings = fill(folder, options.news, options.count)
        own = [question.question for question in load_questions(OWN_QUESTIONS)]
        questions = [*own, *openings]
        Console().print(measure(Path(name) / "home", folder, questions, options.milvus))


if __name__ == "__main__":
    main()
