"""`python -m eval.bench.large_tree [COUNT]`: what a tree of folders by year costs to take in, to
look through again, and to rename.

Of COUNT bulletins (2,000) in folders by year, each holding the same names, a twentieth lies there a
second time, and a fortieth more cannot be read.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from index.library import Library
from index.reconcile import Changes
from index.vectors.encoder import Encoder, Role, Vectors
from index.vectors.encoders import encoder_of
from rag.settings import read_settings

YEARS = range(2005, 2025)
DOUBLED, BROKEN = 20, 40  # one of so many
PARAGRAPHS = 5
TARGET_SECONDS = 5.0  # for a tree that did not change


class Counted:
    """An encoder that tells how many texts it was given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.texts = 0

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See Encoder.encode."""
        self.texts += len(texts)
        return self._encoder.encode(texts, role)


def fill(tree: Path, count: int) -> None:
    """The tree."""
    for n in range(count):
        path = tree / str(YEARS[n % len(YEARS)]) / f"第{n // len(YEARS) + 1}期.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(
            f"第{n}号报告第{m}项：全市建成老年食堂{n + m}个，培训护理员{n * m + 1}人。\n"
            for m in range(PARAGRAPHS)
        )
        path.write_text(f"关于第{n}号事项的报告\n{text}", "utf-8")
        if n % DOUBLED == 0:
            copy = tree / "重复" / f"{n}.txt"
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
        if n % BROKEN == 0:
            (path.parent / f"损坏{n}.pdf").write_bytes(b"%PDF-1.7 cut short" + bytes([n % 256]))


def measure(room: Path, count: int, encoder: Encoder) -> Table:
    """Take it in, look through it again, rename folders; a row for each."""
    table = Table("what", "seconds", "embedded", "added", "unchanged", "moved", "twice", "failed")
    tree, counted = room / "tree", Counted(encoder)
    fill(tree, count)
    library = Library(room / "home", counted)
    library.closeness("预热", ["预热"])  # the model is loaded elsewhere

    def row(what: str, act: Callable[[], Changes]) -> None:
        before, began = counted.texts, time.perf_counter()
        changes = act()
        seconds = time.perf_counter() - began
        counts = (changes.added, changes.unchanged, changes.moved, changes.doubles, changes.failed)
        table.add_row(
            what, f"{seconds:.1f}", str(counted.texts - before), *(str(len(one)) for one in counts)
        )

    row("first time", lambda: library.sync(tree))
    row(f"second time (target {TARGET_SECONDS:.0f})", lambda: library.sync(tree))
    for year in YEARS[:5]:
        (tree / str(year)).rename(tree / f"{year}年")
    row("five years renamed", lambda: library.sync(tree))
    (tree / "存档").mkdir()
    for year in YEARS[5:]:
        (tree / str(year)).rename(tree / "存档" / str(year))
    row("the others moved into a folder", lambda: library.sync(tree))
    library.close()
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.large_tree", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000)
    count = parser.parse_args().count
    with TemporaryDirectory(prefix="jianbao-tree-") as room:
        encoder = encoder_of(read_settings().embedding_model)
        Console().print(measure(Path(room), count, encoder))


if __name__ == "__main__":
    main()
