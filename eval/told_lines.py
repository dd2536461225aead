"""`python -m eval.told_lines`: are the kinds of lines that lie aside told by their vectors?

How a question leans on the one before it (leanings.tsv), what is to be put in other words
(rewrites.tsv), what asks one thing though it has the words of several (sides.tsv). To be run after
`python -m rag.training.line_fit`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from index.vectors.encoder import Vectors
from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.aspect_told import AspectTold
from rag.query.intents import Asks, Aspect
from rag.query.leaning_told import LeaningTold
from rag.query.line_model import QUESTION
from rag.query.sides_told import SidesTold

LEANINGS, REWRITES, SIDES = (
    Path(__file__).with_name(name) for name in ("leanings.tsv", "rewrites.tsv", "sides.tsv")
)
ONE = "one"  # of sides.tsv, what asks one thing


@dataclass(frozen=True, slots=True)
class LineScore:
    """Of so many `lines` of a kind to be told those told `right`, and of so many `others` those
    `lost` to such a kind.
    """

    lines: int
    right: int
    others: int
    lost: int


def main() -> int:
    """Print the scores; the process's exit status."""
    encoder = TransformerEncoder()

    def vector(line: str) -> Vectors:
        vectors: Vectors = encoder.encode([line], "query")
        return np.asarray(vectors[0], dtype=np.float32)

    leaning, aspects, sided = LeaningTold(vector), AspectTold(vector), SidesTold(vector)
    table = Table("lines", "n", "right", "others", "lost")
    for path, none, teller in (
        (LEANINGS, QUESTION, leaning.told),
        (REWRITES, QUESTION, lambda line: _rewrite(aspects.told(line))),
        (SIDES, "", lambda line: ONE if sided.told(line) is Asks.ONE else ""),
    ):
        score = scored_lines(path, none, teller)
        table.add_row(path.name, *map(str, (score.lines, score.right, score.others, score.lost)))
    Console().print(table)
    return 0


def scored_lines(path: Path, none: str, teller: Callable[[str], str | None]) -> LineScore:
    """How well the lines of a file are told from those of the kind `none`, or where that is "" the
    lines ONE from all others.
    """
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    own = [(kind, line) for kind, line in lines if (kind != none if none else kind == ONE)]
    rest = [line for kind, line in lines if (kind, line) not in own]
    return LineScore(
        len(own),
        sum(teller(line) == kind for kind, line in own),
        len(rest),
        sum(bool(teller(line)) for line in rest),
    )


def _rewrite(aspect: Aspect | None) -> str:
    return Aspect.REWRITE if aspect is Aspect.REWRITE else ""


if __name__ == "__main__":
    raise SystemExit(main())
