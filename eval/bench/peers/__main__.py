"""`python -m eval.bench.peers NEWS CMRC`: the library and its peers on the same texts, with the
same embedding model, on this machine. Figures go to eval/bench/peers.json, and from there to
docs/bench-peers.md and its graph.
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from eval.bench.peers import page, record
from eval.bench.peers.busy import busy_cores
from eval.bench.peers.environment import ENVIRONMENT, peers_python
from eval.bench.peers.material import Material, lay_out
from eval.bench.peers.record import RESULTS, ROOT, SYSTEMS, Run
from eval.bench.peers.trial import Task
from eval.bench.peers.watch import watch
from index.vectors.encoder import embedded_model

SIZES = (0, 1_000, 10_000, 65_000)  # documents of news beside the passages
MINUTES, GIB = 20, 8  # what a system may take to build an index
SECONDS = 300  # how long questions are timed, and how long they are judged; a slow one gets fewer


def main() -> None:
    """Measure what was asked for, keep it, render all that is kept."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.peers", description=__doc__)
    parser.add_argument("news", type=Path, help="text file, plain or .xz, a document a line")
    parser.add_argument("cmrc", type=Path, help="cmrc2018_dev.json, plain or .xz")
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES))
    parser.add_argument("--minutes", type=float, default=MINUTES, help="limit of a build")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="limit of each asking")
    parser.add_argument("--gib", type=float, default=GIB, help="limit of memory")
    options = parser.parse_args()
    python = peers_python(ENVIRONMENT)
    console = Console(stderr=True)
    for size in options.sizes:
        with TemporaryDirectory(prefix="jianbao-peers-") as name:
            folder = Path(name)
            material = lay_out(folder / "texts", options.news, size, options.cmrc)
            for system in options.only:
                run = _measured(system, python, size, material, folder, options)
                record.keep(RESULTS, run)
                console.print(page.line(run))
    page.render(RESULTS, ROOT / "docs", python)


def _measured(
    system: str, python: Path, size: int, material: Material, folder: Path,
    options: argparse.Namespace,
) -> Run:  # fmt: skip
    """A system put through its trial in a process of its own, over a fresh data folder."""
    module = "eval.bench.peers.ours" if system == "ours" else f"eval.bench.peers.{system}_peer"
    home, task, result = (folder / f"{system}{end}" for end in ("", ".task", ".result"))
    home.mkdir()
    given = Task(
        documents=str(material.folder),
        home=str(home),
        model=str(embedded_model()),
        result=str(result),
        timed=material.timed,
        judged=material.judged,
        seconds=options.seconds,
    )
    task.write_text(json.dumps(asdict(given)), "utf-8")
    busy = busy_cores()
    watched = watch(
        [sys.executable if system == "ours" else str(python), "-m", module, str(task)],
        cwd=ROOT,
        log=ROOT / "build" / f"peers-{system}.log",
        built=result,
        seconds=60 * options.minutes,
        most_bytes=int(options.gib * 2**30),
    )
    figures = json.loads(result.read_text("utf-8")) if result.exists() else {}
    return Run(
        system=system,
        news=size,
        documents=material.documents,
        date=datetime.now(UTC).date().isoformat(),
        machine=record.machine(),
        busy=round(busy, 2),
        peak_bytes=watched.peak_bytes,
        stopped=watched.stopped,
        **figures,
    )


if __name__ == "__main__":
    main()
