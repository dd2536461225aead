"""`python -m eval.support [FILE]`: how well the reader tells which sentences their sources support.

FILE has lines `{"source", "claim", "supported", "kind"}`; without one those beside this module, on
documents of which no claim was learned from.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rag.reading.entailment import LEAST_SUPPORT, CitedSentence
from rag.reading.reading_files import embedded_reader
from rag.reading.transformer import TransformerReader

CLAIMS = Path(__file__).with_name("claims.jsonl")


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim with its truth, and the probability that was told for it."""

    kind: str
    supported: bool
    told: float

    @property
    def struck(self) -> bool:
        """Whether an answer would lose it."""
        return self.told < LEAST_SUPPORT


@dataclass(frozen=True, slots=True)
class ClaimScore:
    """How many of the `false` claims are struck, and of the `true` ones, 0 to 1; `separated`: the
    chance that a true one is told more likely than a false one.
    """

    false: int
    true: int
    false_struck: float
    true_struck: float
    separated: float


def score(judged: Sequence[JudgedClaim]) -> ClaimScore:
    """The score of some claims, at least one of each kind."""
    true = [one for one in judged if one.supported]
    false = [one for one in judged if not one.supported]
    pairs = [(a.told > b.told) + 0.5 * (a.told == b.told) for a in true for b in false]
    return ClaimScore(len(false), len(true), _share(false), _share(true), sum(pairs) / len(pairs))


def judged_by(reader: TransformerReader, path: Path) -> list[JudgedClaim]:
    """The claims of a file as a reader tells them.

    :raises OSError: there is no such file.
    """
    with path.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    told = reader.support([CitedSentence(one["claim"], one["source"]) for one in records])
    return [
        JudgedClaim(one["kind"], one["supported"], probability)
        for one, probability in zip(records, told, strict=True)
    ]


def main() -> int:
    """Measure and print; the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.support", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=CLAIMS)
    parser.add_argument("--reader", type=Path, default=embedded_reader(), help="its folder")
    options = parser.parse_args()
    judged = judged_by(TransformerReader(options.reader), options.file)
    Console().print(_table(judged))
    whole = score(judged)
    Console().print(
        f"{whole.false} false ones: {whole.false_struck:.3f} struck; {whole.true} true ones: "
        f"{whole.true_struck:.3f} struck; separated {whole.separated:.3f}"
    )
    return 0


def _table(judged: Iterable[JudgedClaim]) -> Table:
    kinds: dict[tuple[bool, str], list[JudgedClaim]] = defaultdict(list)
    for one in judged:
        kinds[one.supported, one.kind].append(one)
    table = Table("kind", "supported", "claims", "struck")
    for (supported, kind), own in sorted(kinds.items()):
        table.add_row(kind, "yes" if supported else "no", str(len(own)), f"{_share(own):.2f}")
    return table


def _share(judged: Sequence[JudgedClaim]) -> float:
    return sum(one.struck for one in judged) / len(judged)


if __name__ == "__main__":
    raise SystemExit(main())
