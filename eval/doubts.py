"""`python -m eval.doubts COPIES`: doubts of figures, on sound and damaged copies of documents.

COPIES is what tests/lossy_copies.py writes: folders of sound copies (clean, wide, torn) and of
those that lost points, and truth.jsonl. The halves of the documents are told apart: rules were
tuned on one of them.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.bulletin import Doubt, Figure, Unit
from corpus.errors import BulletinError
from corpus.parse import parse
from corpus.text.reading_text import read

SOUND = ("clean", "wide", "torn")
FEW = 20  # points of a document; those with more are few, of one series, and hold most points
_Dropped = dict[int, str]  # true numbers by the offset behind the dropped point


@dataclass(frozen=True, slots=True)
class DoubtScore:
    """What is told of figures that lost their point (`dropped`), and of those that did not.

    `right` of the `certain` ones lost their point and have the true number as suggestion, or none.
    """

    figures: int = 0
    dropped: int = 0
    told: int = 0
    certain: int = 0
    right: int = 0
    false: int = 0

    def __add__(self, other: "DoubtScore") -> "DoubtScore":
        return DoubtScore(
            self.figures + other.figures,
            self.dropped + other.dropped,
            self.told + other.told,
            self.certain + other.certain,
            self.right + other.right,
            self.false + other.false,
        )


def score_doubts(path: Path, dropped: _Dropped) -> tuple[DoubtScore, list[str]]:
    """Score of a file against its dropped points, and a line for each wrong word about a figure.

    A point that was dropped outside any figure (of a clause number, a version) is not counted.
    """
    try:
        units = parse(path.read_bytes(), path.name).units
    except BulletinError:  # too short to hold a paragraph
        return DoubtScore(), []
    counts: Counter[str] = Counter()
    wrong = []
    for unit, figure, start, end in _placed(units):
        true = next((t for offset, t in dropped.items() if start < offset < end), None)
        certain = figure.doubt is Doubt.CERTAIN
        right = true is not None and _agrees(figure.suggestion, true)
        counts.update(
            figures=1,
            dropped=true is not None,
            told=true is not None and figure.doubt is not None,
            certain=certain,
            right=certain and right,
            false=true is None and figure.doubt is not None,
        )
        if (certain and not right) or (not dropped and figure.doubt):
            about = unit.text[max(0, figure.start - 24) : figure.end + 8]
            wrong.append(f"{figure.text} ({true or 'sound'}): {figure.doubt} {figure.suggestion} "
                         f"{figure.why} | {about}")  # fmt: skip
    return DoubtScore(**counts), wrong


def _placed(units: Iterable[Unit]) -> Iterator[tuple[Unit, Figure, int, int]]:
    """The figures of a file with their ranges in it."""
    for unit in units:
        inside = [i for piece in unit.pieces for i in range(piece.start, piece.end)]
        reading = read(unit.source)
        for figure in unit.figures:
            start, end = reading.to_source(figure.start, figure.end)
            breaks = unit.source.count("\n", 0, start)  # joins that are none of the file's own
            first = start - (breaks if len(unit.source) > len(inside) else 0)
            yield unit, figure, inside[first], inside[first + end - start - 1] + 1


def _agrees(suggestion: str | None, true: str) -> bool:
    return suggestion is None or suggestion.startswith(f"{float(true):.12g}")


def main(arguments: list[str]) -> None:
    """Print a row for each half and kind of copy, and what is wrong."""
    copies = Path(arguments[0])
    truth = [json.loads(line) for line in (copies / "truth.jsonl").open(encoding="utf-8")]
    console = Console(width=200)
    table = Table("copies", "half", "documents", "figures", "false", "dropped", "told", "recall",
                  "certain", "right")  # fmt: skip
    for folder in (*SOUND, "lost", "lost, few points"):
        for half in ("tuned", "reported"):
            rows = [row for row in truth if row["half"] == half]
            if folder.endswith("few points"):
                rows = [row for row in rows if len(row["dropped"]) <= FEW]
            scores = []
            for row in rows:
                dropped = {drop["offset"]: drop["true"] for drop in row["dropped"]}
                path = copies / folder.partition(",")[0] / f"{row['name']}.txt"
                lost = folder.startswith("lost")
                score, wrong = score_doubts(path, dropped if lost else {})
                scores.append(score)
                if folder in (*SOUND, "lost"):
                    for line in wrong:
                        console.print(f"{folder} {row['name']}: {line}", markup=False,
                                      highlight=False)  # fmt: skip
            table.add_row(folder, half, str(len(rows)), *_cells(sum(scores, DoubtScore())))
    console.print(table)


def _cells(score: DoubtScore) -> list[str]:
    recall = f"{score.told / score.dropped:.3f}" if score.dropped else "–"
    right = f"{score.right / score.certain:.3f}" if score.certain else "–"
    return [str(score.figures), str(score.false), str(score.dropped), str(score.told), recall,
            str(score.certain), right]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
