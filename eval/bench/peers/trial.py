"""What every system is put through, in a process of its own: build, weigh, ask.

Knows nothing of the house: peers run it in an environment where the house is not installed.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import quantiles
from typing import Protocol, TypeVar

WARM_UP = 10  # questions that are asked first and not timed
SHOWN = 10  # pieces that a timed question asks for
SEARCHED = 20  # pieces asked for when documents are judged: several may belong to one document

T = TypeVar("T")


class System(Protocol):
    """An index over text files and its search. Models and dictionaries are loaded when it is made,
    so that `build` times indexing alone.
    """

    def build(self, folder: Path) -> None:
        """Index the .txt files of a folder and keep the index as far as the system can."""
        ...

    def search(self, question: str, k: int) -> list[str]:
        """Names of the files, without suffix, that the k best pieces stand in, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """What is indexed, where to, with which model, what is asked, and where the figures go.

    `timed` are questions alone; `judged` are questions with the name of the file that answers. Each
    of the two takes `seconds` at most: a slow system answers fewer of them.
    """

    documents: str
    home: str
    model: str
    result: str
    timed: list[str]
    judged: list[tuple[str, str]]
    seconds: float


def run(make: Callable[[Path, Path], System], packages: Sequence[str]) -> None:
    """Put the system that `make(home, model)` gives through the task of the first argument, a JSON
    file. Figures are written after each stage: one that is stopped later has told the earlier.
    """
    task = Task(**json.loads(Path(sys.argv[1]).read_text("utf-8")))
    home = Path(task.home)
    system = make(home, Path(task.model))
    figures: dict[str, object] = {"versions": {name: version(name) for name in packages}}
    began, worked = time.perf_counter(), _cpu_seconds()
    system.build(Path(task.documents))
    figures["build_seconds"] = time.perf_counter() - began
    figures["build_cpu_seconds"] = _cpu_seconds() - worked
    figures["disk_bytes"] = sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
    _write(task, figures)
    figures |= _timed(system, task.timed, task.seconds)
    _write(task, figures)
    figures |= _judged(system, task.judged, task.seconds)
    _write(task, figures)


def _timed(system: System, questions: Sequence[str], seconds: float) -> dict[str, object]:
    for question in questions[:WARM_UP]:
        system.search(question, SHOWN)
    milliseconds = []
    worked = _cpu_seconds()
    for question in _in_time(questions, seconds):
        began = time.perf_counter()
        system.search(question, SHOWN)
        milliseconds.append(1000 * (time.perf_counter() - began))
    cpu = 1000 * (_cpu_seconds() - worked) / len(milliseconds)
    cuts = quantiles(milliseconds, n=20)
    return {"timed": len(milliseconds), "p50_ms": cuts[9], "p95_ms": cuts[18], "cpu_ms": cpu}


def _judged(
    system: System, questions: Sequence[tuple[str, str]], seconds: float
) -> dict[str, object]:
    """How often the file that answers is the first, and among the first five, of those found."""
    ranks = []
    for question, truth in _in_time(questions, seconds):
        found = list(dict.fromkeys(system.search(question, SEARCHED)))
        ranks.append(found.index(truth) if truth in found else SEARCHED)
    shares = {f"r{n}": sum(rank < n for rank in ranks) / len(ranks) for n in (1, 5)}
    return {"judged": len(ranks), **shares}


def _in_time(items: Sequence[T], seconds: float) -> Iterator[T]:
    """The items, until the seconds are over."""
    began = time.perf_counter()
    for item in items:
        yield item
        if time.perf_counter() - began > seconds:
            return


def _cpu_seconds() -> float:
    """Seconds that cores worked for this process and its ended children: what other programs of the
    machine lengthen less than the time by the clock.
    """
    return sum(os.times()[:4])


def _write(task: Task, figures: dict[str, object]) -> None:
    Path(task.result).write_text(json.dumps(figures), "utf-8")
