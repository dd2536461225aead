"""`python -m eval.retrieval DATA [QUESTIONS.jsonl…] [KEPT]`: how well questions find what answers.

DATA is a folder with cmrc2018_dev.json.xz, xquad.zh.json.xz and dev-bulletins/. The public sets
become libraries of one bulletin a passage; their table is an ablation: words alone, meaning alone,
both fused, both fused and read, with the significance of each against the last. Files of
evaluation questions are asked of the shipped bulletins, the development questions of theirs. KEPT
is a folder that keeps the libraries for the next run.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import comb
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from corpus.bulletin import Span
from corpus.questions.public_sets import SETS, read_public
from corpus.questions.question_file import load_questions
from corpus.questions.truth import Question
from corpus.text.quotes import comparable
from index.library import Library
from index.scope import OPEN
from index.temporary import write_texts
from index.vectors.encoder import Encoder
from index.vectors.encoders import encoder_of
from rag.query.question import understand
from rag.reading.evidence import Evidence
from rag.reading.read_evidence import read_evidence
from rag.reading.reader import Reader
from rag.reading.readers import reader_of
from rag.retrieval.fusion import CANDIDATES, candidates
from rag.retrieval.search import search
from rag.settings import read_settings, shipped_bulletins

DEPTH = 10  # hits looked at; all measures are at 10 or above
ASKED = ("cmrc2018", "xquad")  # the public sets


@contextmanager
def library_of(name: str, encoder: Encoder, kept: Path | None) -> Iterator[tuple[Library, bool]]:
    """A library for a set, and whether it is still to be filled; `kept` keeps it between runs."""
    with TemporaryDirectory(prefix="jianbao-eval-") as temporary:
        home = kept / name if kept else Path(temporary) / name
        fresh = not home.exists()
        library = Library(home, encoder)
        try:
            yield library, fresh
        finally:
            library.close()


def paragraph_ranks(
    library: Library, reader: Reader, asked: Sequence[Question]
) -> dict[str, list[int]]:
    """By part of the search, the rank of each question's passage from 0; DEPTH where not found."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for question in asked:
        (right,) = question.bulletins
        query = understand(question.question)
        fused = candidates(library, query, CANDIDATES, OPEN)
        orders = {
            "words": sorted(fused, key=lambda c: -c.words),
            "meaning": sorted(fused, key=lambda c: -c.meaning),
            "fused": fused,
        }
        found = {name: [c.found.bulletin for c in order] for name, order in orders.items()}
        hits = search(library, query, DEPTH, reader=reader)
        found["read"] = [hit.bulletin for hit in hits]
        for name, order in found.items():
            known = right in order[:DEPTH]
            ranks[name].append(order.index(right) if known else DEPTH)
    return ranks


def sentence_scores(
    library: Library, reader: Reader, asked: Sequence[Question]
) -> dict[str, float]:
    """Share of the questions whose best sentence in the right paragraph answers; R@1 and R@5 of
    the sentence that does, among all that are read.
    """
    right: dict[str, list[bool]] = defaultdict(list)
    for question in asked:
        query = understand(question.question)
        hits = search(library, query, DEPTH, reader=reader)
        evidence = read_evidence(library, reader, query, hits).evidence
        held = _held(evidence, question)
        inside = [n for n, item in enumerate(evidence) if item.hit.bulletin in question.bulletins]
        right["sentence"].append(any(held[n] for n in inside[:1]))
        right["sentence R@1"].append(any(held[:1]))
        right["sentence R@5"].append(any(held[:5]))
    return {name: float(mean(values)) for name, values in right.items()}


def _held(evidence: Sequence[Evidence], question: Question) -> list[bool]:
    """Which sentences hold the answer, in the paragraphs where it stands."""
    units: dict[tuple[str, int], list[int]] = defaultdict(list)
    for n, item in enumerate(evidence):
        if item.hit.bulletin in question.bulletins:
            units[item.hit.bulletin, item.hit.position].append(n)
    held = [False] * len(evidence)
    for own in units.values():
        spans = [evidence[n].span for n in own]
        marks = answering(evidence[own[0]].hit.text, spans, question.must[0])
        for n, mark in zip(own, marks, strict=True):
            held[n] = mark
    return held


def answering(text: str, spans: Sequence[Span], answers: Sequence[str]) -> list[bool]:
    """Which sentences hold an answer; where none holds a whole one, those that hold a part.

    >>> answering("甲在乙。丙在丁。", [Span(0, 4), Span(4, 8)], ["丁"])
    [False, True]
    """
    whole, part = [False] * len(spans), [False] * len(spans)
    for answer in filter(None, answers):
        at = text.find(answer)
        while at >= 0:
            for i, span in enumerate(spans):
                whole[i] |= span.start <= at and at + len(answer) <= span.end
                part[i] |= span.overlaps(Span(at, at + len(answer)))
            at = text.find(answer, at + 1)
    return whole if any(whole) else part


def significance(ours: Sequence[bool], theirs: Sequence[bool]) -> float:
    """Two-sided p of the exact sign test: how likely as uneven a split of the questions that only
    one of the two gets right is by chance (McNemar 1947).
    """
    wins = sum(a and not b for a, b in zip(ours, theirs, strict=True))
    losses = sum(b and not a for a, b in zip(ours, theirs, strict=True))
    n = wins + losses
    tail = sum(comb(n, i) for i in range(min(wins, losses) + 1)) / 2**n
    return float(min(1.0, 2 * tail))


def question_scores(
    library: Library, reader: Reader, questions: Sequence[Question]
) -> dict[str, dict[str, float]]:
    """Number, hit@1, hit@5, recall of evidence quotes among ten, and median milliseconds of a
    search, overall and by type.
    """
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for question in questions:
        quotes = [comparable(quote) for quote in question.evidence]
        if not quotes:
            continue
        began = perf_counter()
        query = understand(question.question, question.history)
        hits = search(library, query, DEPTH, reader=reader)
        taken = 1000 * (perf_counter() - began)
        texts = [comparable(hit.text) for hit in hits]
        held = [any(quote in text for quote in quotes) for text in texts]
        recall = mean(float(any(quote in text for text in texts)) for quote in quotes)
        row = (float(any(held[:1])), float(any(held[:5])), recall, taken)
        for name in ("overall", question.type, *(["overall zh"] * (question.lang == "zh"))):
            rows[name].append(row)
    return {
        group: {
            "n": float(len(values)),
            "hit@1": mean(row[0] for row in values),
            "hit@5": mean(row[1] for row in values),
            "recall@10": mean(row[2] for row in values),
            "ms": median(row[3] for row in values),
        }
        for group, values in sorted(rows.items())
    }


def measure(data: Path, files: Sequence[Path], kept: Path | None) -> None:
    """Print the tables."""
    settings = read_settings()
    encoder, reader = encoder_of(settings.embedding_model), reader_of(settings)
    console = Console(width=100)
    for name in ASKED:
        public = read_public(name, data / SETS[name])
        asked = public.questions
        with library_of(name, encoder, kept) as (library, fresh):
            if fresh:
                with TemporaryDirectory(prefix="jianbao-texts-") as texts:
                    write_texts(public.passages, Path(texts))
                    library.sync(Path(texts))
            ranks = paragraph_ranks(library, reader, asked)
            sentences = sentence_scores(library, reader, asked)
        table = Table(f"{name}, {len(asked)} questions", "R@1", "R@5", "MRR@10", "p against read")
        best = [rank < 1 for rank in ranks["read"]]
        for part, values in ranks.items():
            p = significance(best, [rank < 1 for rank in values])
            reciprocal = mean(1 / (1 + rank) if rank < DEPTH else 0.0 for rank in values)
            first, five = mean(rank < 1 for rank in values), mean(rank < 5 for rank in values)
            table.add_row(part, f"{first:.4f}", f"{five:.4f}", f"{reciprocal:.4f}", f"{p:.3f}")
        console.print(table)
        console.print("  ".join(f"{measure} {value:.4f}" for measure, value in sentences.items()))
    development = data / "dev-bulletins"
    for path in (*files, development / "questions.jsonl"):
        own = path.is_relative_to(development)
        folder = development / "bulletins" if own else shipped_bulletins()
        with library_of("development" if own else "shipped", encoder, kept) as (library, _):
            library.sync(folder)
            groups = question_scores(library, reader, load_questions(path))
        table = Table(path.name, "n", "hit@1", "hit@5", "recall@10", "ms")
        for group, row in groups.items():
            shares = (f"{row[name]:.3f}" for name in ("hit@1", "hit@5", "recall@10"))
            table.add_row(group, f"{row['n']:.0f}", *shares, f"{row['ms']:.1f}")
        console.print(table)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    kept_in = paths.pop() if len(paths) > 1 and not paths[-1].suffix else None
    measure(paths[0], paths[1:], kept_in)
