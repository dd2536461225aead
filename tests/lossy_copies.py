"""Copies of documents as a bad extraction gives them: `python tests/lossy_copies.py DOCUMENTS OUT`.

DOCUMENTS is a .jsonl.xz of {"name", "title", "paragraphs"}. OUT gets four folders of text files:
clean (a paragraph a line), wide (digits and percent signs full-width), torn (wide, narrow marks
between Han characters, lines wrapped and set apart, page numbers inside sentences) and lost (torn,
and decimal points dropped); and truth.jsonl, a line for each document: its half, drawn by the seed,
and the places of the dropped points in the file of `lost`.
"""

import argparse
import json
import lzma
import random
import re
from dataclasses import asdict, dataclass
from pathlib import Path

DROPPED = 0.75  # share of the points that go
LINE = 28  # characters of a wrapped line; the first one lost its indent of two
PAGE = 22  # lines of a page
_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_NARROW_MARKS = str.maketrans("，。：；（）《》", ",.:;()«»")
_GONE = "\ue000"  # stands where a point was until the lines are made; no text has it
_POINT = re.compile(r"(?<=\d)[.．](?=\d)")
_UNBREAKABLE = re.compile(rf"[０-９.．{_GONE}]+％?[,.:;)»]*|.[,.:;)»]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Drop:
    """A dropped point: where the first digit behind it stands in the file, and the true number."""

    offset: int
    true: str


def widened(text: str) -> str:
    """The text in full-width digits."""
    return text.translate(_WIDE)


def torn(text: str, rng: random.Random) -> str:
    """A file's text as the bulletins of the Henan kind come: `text` is a paragraph a line."""
    rows: list[str] = []
    for paragraph in widened(text).translate(_NARROW_MARKS).split("\n"):
        for line in _wrapped(paragraph):
            rows.append(line)
            if len(rows) % PAGE == 0 and rng.random() < 0.5:
                rows.append(f"—{widened(str(len(rows) // PAGE + 1))}—\n\n ")
    return "\n\n".join(rows).replace("\n\n \n\n", "\n\n\n ")


def without_points(text: str, rng: random.Random) -> tuple[str, list[Drop]]:
    """A torn copy that lost most of its points, and which."""
    marked = _POINT.sub(lambda m: _GONE if rng.random() < DROPPED else m[0], text)
    file = torn(marked, rng)
    drops = []
    for gone, found in enumerate(re.finditer(_GONE, file)):
        number = re.search(rf"[０-９.{_GONE}]+$", file[: found.end()])
        rest = re.match(rf"[０-９.{_GONE}]+", file[found.end() :])
        whole = (number[0] if number else "") + (rest[0] if rest else "")
        drops.append(Drop(found.start() - gone, _narrow(whole.replace(_GONE, "."))))
    return file.replace(_GONE, ""), drops


def _wrapped(paragraph: str) -> list[str]:
    lines = [""]
    for piece in _UNBREAKABLE.findall(paragraph):
        room = LINE - 2 if len(lines) == 1 else LINE
        if len(lines[-1].replace(_GONE, "")) + len(piece.replace(_GONE, "")) > room:
            lines.append("")
        lines[-1] += piece
    return lines


def _narrow(number: str) -> str:
    return number.translate({ord("０") + n: str(n) for n in range(10)})


def main() -> None:
    """Write the four folders and the truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    for folder in ("clean", "wide", "torn", "lost"):
        (arguments.out / folder).mkdir(parents=True, exist_ok=True)
    halves = random.Random(arguments.seed)
    with (
        lzma.open(arguments.documents, "rt", encoding="utf-8") as documents,
        (arguments.out / "truth.jsonl").open("w", encoding="utf-8") as truth,
    ):
        for line in documents:
            document = json.loads(line)
            name, paragraphs = document["name"], document["paragraphs"]
            text = "\n".join(filter(None, (document["title"], *paragraphs))) + "\n"
            lost, drops = without_points(text, random.Random(f"{arguments.seed} {name}"))
            copies = {
                "clean": text,
                "wide": widened(text),
                "torn": torn(text, random.Random(f"{arguments.seed} {name}")),
                "lost": lost,
            }
            for folder, copy in copies.items():
                (arguments.out / folder / f"{name}.txt").write_text(copy, "utf-8")
            half = halves.choice(("tuned", "reported"))
            row = {"name": name, "half": half, "dropped": [asdict(drop) for drop in drops]}
            truth.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
