"""`python -m eval.parsing TRUTH FOLDER…`: units found exactly, against hand-made truth.

A truth file <id>.tsv has a row for each unit of <id>.txt: kind, then the lines of the file that
make it (1-based, blank lines counted): "paragraph<TAB>12,14,16-20". It holds no text of the file.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.bulletin import Bulletin
from corpus.formats.plain_text import decode
from corpus.parse import read_bulletin

UnitLines = tuple[str, tuple[int, ...]]  # kind and lines of a unit


@dataclass(frozen=True, slots=True)
class UnitScore:
    """Units of one bulletin: how many are true, how many were found, how many of those exactly."""

    bulletin: str
    true: int
    found: int
    exact: int

    @property
    def precision(self) -> float:
        """Share of the found units that are true."""
        return self.exact / self.found

    @property
    def recall(self) -> float:
        """Share of the true units that were found."""
        return self.exact / self.true


def score_units(path: Path, truth: Path) -> tuple[UnitScore, list[str]]:
    """Score of a bulletin file against its truth, and a line for each unit that differs."""
    wanted = read_truth(truth)
    bulletin = read_bulletin(path)
    found = unit_lines(bulletin, decode(path.read_bytes(), str(path)))
    exact = wanted & found
    differing = [f"missed {_row(unit)}" for unit in sorted(wanted - exact, key=_first_line)]
    differing += [f"  found {_row(unit)}" for unit in sorted(found - exact, key=_first_line)]
    return UnitScore(path.stem, len(wanted), len(found), len(exact)), differing


def read_truth(path: Path) -> set[UnitLines]:
    """The units of a truth file."""
    units = set()
    for row in path.read_text("utf-8").splitlines():
        kind, lines = row.split("\t")
        numbers: list[int] = []
        for part in lines.split(","):
            first, _, last = part.partition("-")
            numbers += range(int(first), int(last or first) + 1)
        units.add((kind, tuple(numbers)))
    return units


def unit_lines(bulletin: Bulletin, text: str) -> set[UnitLines]:
    """The units of a bulletin by kind and lines of its decoded text that hold more than blanks."""
    line_of = []
    for number, line in enumerate(text.split("\n"), start=1):
        line_of += [number] * (len(line) + 1)
    blank = {n for n, line in enumerate(text.split("\n"), start=1) if not line.strip()}
    return {
        (
            unit.kind.value,
            tuple(sorted({line_of[i] for p in unit.pieces for i in range(p.start, p.end)} - blank)),
        )
        for unit in bulletin.units
    }


def main(arguments: list[str]) -> None:
    """Print a table for all bulletins in the folders that have a truth, and what differs."""
    truth_folder, *folders = map(Path, arguments)
    console = Console()
    table = Table("bulletin", "true", "found", "precision", "recall", title="units found exactly")
    for folder in folders:
        scores = []
        for path in sorted(folder.glob("*.txt")):
            truth = truth_folder / f"{path.stem}.tsv"
            if not truth.is_file():
                continue
            score, differing = score_units(path, truth)
            scores.append(score)
            table.add_row(*_cells(score))
            for line in differing:
                console.print(f"{path.stem}: {line}", markup=False, highlight=False)
        true, found, exact = (
            sum(getattr(score, name) for score in scores) for name in ("true", "found", "exact")
        )
        table.add_section()
        table.add_row(*_cells(UnitScore(f"all in {folder.name}", true, found, exact)), style="bold")
        table.add_section()
    console.print(table)


def _cells(score: UnitScore) -> list[str]:
    return [score.bulletin, str(score.true), str(score.found), f"{score.precision:.3f}",
            f"{score.recall:.3f}"]  # fmt: skip


def _first_line(unit: UnitLines) -> tuple[int, ...]:
    return unit[1]


def _row(unit: UnitLines) -> str:
    return f"{unit[0]} {','.join(map(str, unit[1]))}"


if __name__ == "__main__":
    main(sys.argv[1:])
