"""The runs as a page for people: docs/bench-peers.md and its graph.

`python -m eval.bench.peers.page` renders anew what is kept.
"""

import subprocess  # nosec B404 # matplotlib, in the peers' environment
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from eval.bench.peers.environment import ENVIRONMENT, peers_python
from eval.bench.peers.record import RESULTS, ROOT, SYSTEMS, Run, load

TEXT = Path(__file__).with_name("page.md")
GRAPH = Path(__file__).with_name("graph.py")
MIB = 2**20
BUSY = 0.5  # cores that others kept busy from which a run's times are marked
MARK = "†"

Cell = Callable[[Run], float | None]
# Heading, what is read, how it is printed, and whether less is better.
COLUMNS: tuple[tuple[str, Cell, Callable[[float], str], bool], ...] = (
    ("build s", lambda run: run.build_seconds, lambda x: f"{x:,.1f}", True),
    ("build CPU s", lambda run: run.build_cpu_seconds, lambda x: f"{x:,.1f}", True),
    ("disk MiB", lambda run: run.disk_bytes and run.disk_bytes / MIB, lambda x: f"{x:,.0f}", True),
    ("peak memory MiB", lambda run: run.peak_bytes / MIB, lambda x: f"{x:,.0f}", True),
    ("p50 ms", lambda run: run.p50_ms, lambda x: f"{x:,.1f}", True),
    ("p95 ms", lambda run: run.p95_ms, lambda x: f"{x:,.1f}", True),
    ("CPU ms", lambda run: run.cpu_ms, lambda x: f"{x:,.1f}", True),
    ("R@1", lambda run: run.r1, lambda x: f"{x:.3f}", False),
    ("R@5", lambda run: run.r5, lambda x: f"{x:.3f}", False),
)
QUALITY = ("R@1", "R@5")
TIMES = ("build s", "p50 ms", "p95 ms")


def render(results: Path, docs: Path, python: Path) -> None:
    """Write the page and its graph; `python` has matplotlib.

    :raises subprocess.CalledProcessError: the graph cannot be drawn.
    """
    runs = load(results)
    tables = [table(list(group)) for _, group in groupby(runs, key=lambda run: run.news)]
    text = TEXT.read_text("utf-8").format(
        tables="\n\n".join(tables),
        notes="\n".join(f"- {note}" for note in notes(runs)),
        machines="; ".join(sorted({run.machine for run in runs})),
        dates=", ".join(sorted({run.date for run in runs})),
        versions=", ".join(versions(runs)),
    )
    (docs / "bench-peers.md").write_text(text, "utf-8")
    graph = str(docs / "bench-peers.svg")
    subprocess.run([str(python), str(GRAPH), str(results), graph], check=True)  # nosec B603


def table(runs: Sequence[Run]) -> str:
    """The runs of a size as a Markdown table, the best of each column in bold. Who was asked less
    than others is not the best in quality.
    """
    news, documents = runs[0].news, runs[0].documents
    size = f"{news:,} documents of news and the passages" if news else "the passages alone"
    names = [name for name, *_ in COLUMNS]
    most = max(run.judged for run in runs)
    best = [
        (min if less else max)(
            (x for run in runs if (name not in QUALITY or run.judged == most)
             and (x := read(run)) is not None),
            default=None,
        )
        for name, read, _, less in COLUMNS
    ]  # fmt: skip
    lines = [
        f"### {size} ({documents:,} documents)",
        "",
        f"| | {' | '.join(names)} |",
        f"|---|{'--:|' * len(names)}",
    ]
    for run in runs:
        short = QUALITY if run.judged < most else ()
        cells = [_cell(run, n, None if name in short else best[n]) for n, name in enumerate(names)]
        lines.append(f"| {SYSTEMS[run.system]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(run: Run, column: int, best: float | None) -> str:
    name, read, told, _ = COLUMNS[column]
    value = read(run)
    if value is None:
        return "–"
    text = told(value) + (MARK if name in TIMES and run.busy >= BUSY else "")
    return f"**{text}**" if best is not None and told(value) == told(best) else text


def notes(runs: Sequence[Run]) -> list[str]:
    """What must be known of single runs: disturbed, stopped, asked less."""
    found = []
    busy = [run.busy for run in runs if run.busy >= BUSY]
    if busy:
        found.append(
            f"{MARK} Times taken on a shared machine: just before these runs others kept "
            f"{min(busy):.1f} to {max(busy):.1f} cores busy. Compare them roughly; CPU time "
            "suffers less, memory and disk not at all."
        )
    for run in runs:
        name = f"{SYSTEMS[run.system]}, {run.news:,}"
        if run.stopped:
            found.append(f"{name}: {run.stopped}.")
        most = max(r.judged for r in runs if r.news == run.news)
        if 0 < run.judged < most:
            found.append(f"{name}: R@k over {run.judged} of {most} questions, as time allowed.")
        if 0 < run.timed < max(r.timed for r in runs if r.news == run.news):
            found.append(f"{name}: p50 and p95 over {run.timed} questions, as time allowed.")
    return found or ["None: every run came to its end on an idle machine."]


def versions(runs: Sequence[Run]) -> list[str]:
    """Packages with the versions that were measured."""
    return sorted({f"{name} {number}" for run in runs for name, number in run.versions.items()})


def line(run: Run) -> str:
    """A run in a line, for whoever waits."""
    cells = (f"{name} {_cell(run, n, None)}" for n, (name, *_) in enumerate(COLUMNS))
    return f"{SYSTEMS[run.system]}, {run.documents:,} documents: {', '.join(cells)} {run.stopped}"


if __name__ == "__main__":
    render(RESULTS, ROOT / "docs", peers_python(ENVIRONMENT))
