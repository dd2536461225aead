"""`python -m eval.meaning FOLDER QUESTIONS… [--model MODEL]`: does the paragraph meant come up?

Of every type of question: the share whose evidence is among the first hits, by the embedding
model alone and in the whole retrieval.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.dataset import Question, comparable, load_questions
from eval.run import temporary_library
from index.encoder import SentenceTransformerEncoder
from index.library import Library
from rag.question import understand
from rag.search import search

DEPTH = 10  # hits looked at: what MRR@10 counts
CUTS = (1, 5)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rank, from 1, of a question's evidence in either list; None where it is not in the first
    DEPTH.
    """

    question: Question
    meaning: int | None
    fused: int | None


def find_ranks(library: Library, questions: Sequence[Question]) -> list[Ranks]:
    """Search for every question that stands alone and has evidence."""
    found = []
    for question in questions:
        if not question.evidence or question.history:
            continue
        query = understand(question.question)
        near = library.search_meaning(query.understood, DEPTH)
        alone = [library.unit(hit)[1].text for hit in near]
        fused = [hit.text for hit in search(library, query, DEPTH)]
        found.append(Ranks(question, rank_of(question, alone), rank_of(question, fused)))
    return found


def rank_of(question: Question, texts: Sequence[str]) -> int | None:
    """Rank, from 1, of the first text that holds a quote of the evidence."""
    quotes = [comparable(quote) for quote in question.evidence]
    for rank, text in enumerate(map(comparable, texts), start=1):
        if any(quote in text for quote in quotes):
            return rank
    return None


def summary(ranks: Sequence[int | None]) -> list[float]:
    """hit@1, hit@5 and MRR@10."""
    hits = [sum(rank is not None and rank <= cut for rank in ranks) for cut in CUTS]
    reciprocal = sum(1 / rank for rank in ranks if rank)
    return [value / len(ranks) for value in (*hits, reciprocal)]


def table_of(found: Sequence[Ranks]) -> Table:
    """Measures by type of question."""
    names = [f"{way} {name}" for way in ("model", "fused") for name in ("hit@1", "hit@5", "MRR")]
    table = Table("type", "questions", *names)
    types: dict[str, list[Ranks]] = defaultdict(list)
    for ranks in found:
        types[ranks.question.type].append(ranks)
    for name, group in sorted(types.items()):
        values = summary([r.meaning for r in group]) + summary([r.fused for r in group])
        table.add_row(name, str(len(group)), *(f"{value:.3f}" for value in values))
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.meaning", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of bulletins")
    parser.add_argument("questions", type=Path, nargs="+", help="files of questions")
    parser.add_argument("--model", help="embedding model; the embedded one if not given")
    options = parser.parse_args(arguments)
    questions = [question for path in options.questions for question in load_questions(path)]
    with temporary_library(options.folder, SentenceTransformerEncoder(options.model)) as library:
        Console(width=120).print(table_of(find_ranks(library, questions)))


if __name__ == "__main__":
    main()
