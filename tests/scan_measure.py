"""How well scans are recognised: `python tests/scan_measure.py PAGES`, on pages of the shipped
bulletins set at 300 dpi and turned by a degree; with `--aged`, a line for each of the ways in which
tests/aged_scans.py makes them worse.
"""

import re
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import aged_scans
import scans
from aged_scans import Picture

from corpus.figures.quantities import find_figures
from corpus.parse import parse, read_bulletin

ROOT = Path(__file__).resolve().parent.parent
ROOM = 620  # characters of a page


def plain(text: str) -> str:
    return re.sub(r"\W", "", text)


def page_of(path: Path) -> list[str]:
    """The first paragraphs of a bulletin, as many as a page holds."""
    chosen: list[str] = []
    for unit in read_bulletin(path).paragraphs:
        if sum(map(len, chosen)) + len(unit.text) <= ROOM:
            chosen.append(unit.text)
    return chosen


def main() -> None:
    paths = sorted((ROOT / "corpus/bulletins").glob("*.txt"))[: int(sys.argv[1])]
    if "--aged" in sys.argv:
        for name, ageing in aged_scans.AGEINGS.items():
            print(name, end=": ", flush=True)
            measure(paths, ageing)
    else:
        measure(paths)


def measure(
    paths: Sequence[Path], ageing: Callable[[Picture], Picture] = lambda page: page
) -> None:
    """Print what is read of a page of each bulletin, aged."""
    before = _seconds()
    chars = same = whole = paragraphs = true_figures = right = found_figures = 0.0
    for path in paths:
        texts = page_of(path)
        data = scans.as_file(ageing(scans.page(texts, turn=1.0)), "PDF")
        found = [unit.text for unit in parse(data, "a.pdf").paragraphs]
        true, read = "".join(texts), "".join(found)
        chars += len(true)
        same += scans.accuracy(read, true) * len(true)
        paragraphs += len(texts)
        whole += sum(plain(text) in map(plain, found) for text in texts)
        told = [figure.text for figure in find_figures(read)]
        wanted = [figure.text for figure in find_figures(true)]
        found_figures += len(told)
        true_figures += len(wanted)
        right += sum(min(told.count(one), wanted.count(one)) for one in set(told))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"characters {same / chars:.4f} of {chars:.0f}, paragraphs {whole:.0f} of {paragraphs:.0f}"
    )
    print(f"figures: precision {right / max(found_figures, 1):.3f}, recall "
          f"{right / max(true_figures, 1):.3f} of {true_figures:.0f}")  # fmt: skip
    print(f"{(_seconds() - before) / len(paths):.1f} s of the processor a page, with the start; "
          f"at most {most} MiB")  # fmt: skip


def _seconds() -> float:
    """Of the processor, that ended processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
