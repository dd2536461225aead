"""`python -m eval.aspects`: is what is asked of the bulletins themselves told from other questions?

484 lines in aspects.tsv, kept aside, by people's way of typing: 234 ask of the bulletins, 250 of
their content, half of these in the words of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.aspect_told import AspectTold
from rag.query.intents import Aspect
from rag.query.line_model import QUESTION
from rag.query.question import understand

LINES = Path(__file__).with_name("aspects.tsv")


@dataclass(frozen=True, slots=True)
class AspectScore:
    """Shares, 0 to 1: of lines that ask of the bulletins those told `right` and those told to ask
    another thing of them; of other questions those `lost` to it.
    """

    right: float
    other: float
    lost: float


def main() -> int:
    """Print the scores of the table alone, and with the model; the process's exit status."""
    encoder = TransformerEncoder()
    told = AspectTold(lambda line: encoder.encode([line], "query")[0])
    table = Table("told by", "right", "another aspect", "questions lost")
    for name, teller in (
        ("table of intents", lambda line: understand(line).aspect),
        ("with the model", lambda line: told.completed(understand(line)).aspect),
    ):
        score = scored(teller)
        table.add_row(name, f"{score.right:.3f}", f"{score.other:.3f}", f"{score.lost:.3f}")
    Console().print(table)
    return 0


def scored(teller: Callable[[str], Aspect | None]) -> AspectScore:
    """How well the lines are told."""
    lines = [line.split("\t") for line in LINES.read_text("utf-8").splitlines()]
    found = [(kind, teller(line)) for kind, line in lines]
    asking = [(kind, aspect) for kind, aspect in found if kind != QUESTION]
    others = [aspect for kind, aspect in found if kind == QUESTION]
    return AspectScore(
        sum(aspect == kind for kind, aspect in asking) / len(asking),
        sum(aspect is not None and aspect != kind for kind, aspect in asking) / len(asking),
        sum(aspect is not None for aspect in others) / len(others),
    )


if __name__ == "__main__":
    raise SystemExit(main())
