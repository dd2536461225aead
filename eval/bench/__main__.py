"""`python -m eval.bench`: index, search, ask and serve the shipped bulletins, beside targets."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

import rag
from corpus.questions.question_file import load_questions
from eval.bench.processes import cold_ask, free_port, serve_once
from eval.sources import OWN_QUESTIONS
from index.library import Library
from index.vectors.encoders import encoder_of
from index.vectors.threads import one_thread_products
from rag.chain import Request, answer_chain
from rag.reading.readers import reader_of
from rag.settings import read_settings, shipped_bulletins

ROUNDS = 3  # times that every question is asked; the first round warms up and is not counted
COLD_RUNS = 3  # whole processes; the middle one is told


def main() -> None:
    """Measure and print."""
    table = Table("what", "measured", "target", title="five bulletins")
    questions = [question.question for question in load_questions(OWN_QUESTIONS)]
    one_thread_products()  # as rag.open_library
    with TemporaryDirectory(prefix="jianbao-bench-") as folder:
        home = Path(folder)
        library = Library(home / "warm", encoder_of(read_settings().embedding_model))
        library.closeness("预热", ["预热"])  # imports and model are counted in the cold runs
        seconds = _seconds(lambda: library.sync(shipped_bulletins()))
        table.add_row("index from scratch, after imports", f"{seconds:.2f} s", "5 s")
        _percentiles(table, "retrieve", questions, 300,
                     lambda question: rag.retrieve(question, library=library))  # fmt: skip
        _percentiles(
            table, "retrieve, not read", questions, 15,
            lambda question: rag.retrieve(question, rerank=False, library=library),
        )  # fmt: skip
        chain = answer_chain(library, reader=reader_of(read_settings()))
        _percentiles(table, "ask", questions, 300,
                     lambda question: chain.invoke(Request(question)))  # fmt: skip
        library.close()
        cold_ask(home / "cold", questions[0])  # the first run indexes
        runs = sorted(cold_ask(home / "cold", questions[0]) for _ in range(COLD_RUNS))
        table.add_row("jianbao ask, cold process", f"{runs[COLD_RUNS // 2]:.1f} s", "12 s")
        first = serve_once(home / "page", free_port())
        second = serve_once(home / "page", free_port())
        table.add_row("page ready, first start", f"{first.seconds:.1f} s", "–")
        table.add_row("page ready, second start", f"{second.seconds:.1f} s", "15 s")
        table.add_row("serving process", f"{second.mebibytes:.0f} MiB", "1229 MiB")
    Console().print(table)


def _percentiles(
    table: Table, name: str, questions: Sequence[str], target: int, act: Callable[[str], object]
) -> None:
    times = []
    for turn in range(ROUNDS):
        for question in questions:
            seconds = _seconds(lambda question=question: act(question))  # type: ignore[misc]
            if turn:
                times.append(seconds * 1000)
    cuts = quantiles(times, n=20)
    table.add_row(f"{name} p50", f"{cuts[9]:.1f} ms", f"{target} ms")
    table.add_row(f"{name} p95", f"{cuts[18]:.1f} ms", "–")


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
