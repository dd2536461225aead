"""How well scans are recognised: `python tests/scan_measure.py [PAGES]`, on pages of the shipped
bulletins set at 300 dpi and turned by a degree.
"""

import re
import resource
import sys
from pathlib import Path

import scans

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
    chars = same = whole = paragraphs = true_figures = right = found_figures = 0.0
    for path in paths:
        texts = page_of(path)
        data = scans.as_file(scans.page(texts, turn=1.0), "PDF")
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
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"characters {same / chars:.4f} of {chars:.0f}, paragraphs {whole:.0f} of {paragraphs:.0f}"
    )
    print(f"figures: precision {right / max(found_figures, 1):.3f}, recall "
          f"{right / max(true_figures, 1):.3f} of {true_figures:.0f}")  # fmt: skip
    print(f"{(used.ru_utime + used.ru_stime) / len(paths):.1f} s of the processor a page, with the "
          f"start; at most {used.ru_maxrss // 1024} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
