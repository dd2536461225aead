"""`python -m eval.bench.load`: many people at one server for minutes, and what came of it.

Server and people share this machine's cores. Writes the figures as JSON and a table of them beside.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from corpus.formats.registry import SUFFIXES
from corpus.parse import parse, read_bulletin
from corpus.questions.question_file import load_questions
from eval.bench.load_table import load_markdown
from eval.bench.people import Paragraphs, Tally, Visitor, asking, changing, client
from eval.bench.processes import free_port, resident, serving
from eval.sources import OWN_QUESTIONS
from rag.settings import shipped_bulletins

OUT = Path("docs/load.json")
CHANGE_SECONDS = 20.0  # from one change of the library to the next
GREEDY = 100  # open requests of one who does not wait for answers
BESIDE_SECONDS = 30.0  # how long a quiet person is watched, alone and beside a greedy one
VISITOR = Visitor(
    "visiting",
    "开封市：扎实推进养老服务\n"
    "开封市人大常委会高度重视养老服务工作，多次组织代表开展专题调研和执法检查。\n"
    "全市建成老年食堂52个，惠及老人3万人。\n",
)
OF_VISITOR = "开封市建成了多少个老年食堂？"  # answered or refused, by the moment


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0, help="seconds from answer to question")
    parser.add_argument("--out", type=Path, default=OUT, help="the JSON; the table stands beside")
    order = parser.parse_args()
    with TemporaryDirectory(prefix="jianbao-load-") as folder:
        port = free_port()
        with serving(Path(folder), port, JIANBAO_LOG_LEVEL="warning") as pid:
            result = asyncio.run(
                measured(f"http://127.0.0.1:{port}", pid, order.minutes, order.people, order.pause)
            )
    order.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    table = load_markdown(result)
    order.out.with_suffix(".md").write_text(table, "utf-8")
    print(table)


async def measured(url: str, pid: int, minutes: float, people: int, pause: float) -> dict[str, Any]:
    """All figures of a server that has this process id."""
    questions = [one.question for one in load_questions(OWN_QUESTIONS)] + [OF_VISITOR]
    known = paragraphs()
    await _quiet(url, questions, known, 0)  # what loads at the first question is no load
    alone = await _quiet(url, questions, known, BESIDE_SECONDS)
    beside, greedy = await _beside(url, questions, known)
    tally = Tally()
    until = time.monotonic() + minutes * 60
    memory = [resident(pid)]
    browsers = [client(url) for _ in range(people + 1)]
    for browser in browsers:
        await browser.get("/")  # the cookie
    async with asyncio.TaskGroup() as group:
        for n, browser in enumerate(browsers[1:]):
            turn = len(questions) * n // people  # each begins elsewhere in the list
            mine = questions[turn:] + questions[:turn]
            group.create_task(asking(browser, mine, pause, until, known, tally))
        group.create_task(changing(browsers[0], VISITOR, CHANGE_SECONDS, until, tally))
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(60.0, left))
            memory.append(resident(pid))
    for browser in browsers:
        await browser.aclose()
    return {
        "minutes": minutes, "people": people, "pause_seconds": pause, "cores": os.cpu_count(),
        "answered": len(tally.seconds), "turned_away": tally.turned_away,
        "errors": dict(tally.errors), "torn": dict(tally.torn), "changes": tally.changes,
        "seconds": spread(tally.seconds),
        "memory_mib": [round(one) for one in memory],
        "quiet_alone": spread(alone.seconds), "quiet_beside_greedy": spread(beside.seconds),
        "greedy": {"open": GREEDY, "answered": len(greedy.seconds),
                   "turned_away": greedy.turned_away},
    }  # fmt: skip


async def _quiet(url: str, questions: Sequence[str], known: Paragraphs, seconds: float) -> Tally:
    """One person asks for this long, at least once."""
    tally = Tally()
    async with client(url) as browser:
        await browser.get("/")
        until = time.monotonic() + max(seconds, 0.01)
        await asking(browser, questions, 1.0 if seconds else 0.0, until, known, tally)
    return tally


async def _beside(url: str, questions: Sequence[str], known: Paragraphs) -> tuple[Tally, Tally]:
    """The same beside one browser that keeps GREEDY requests open; both tallies."""
    greedy = Tally()
    until = time.monotonic() + BESIDE_SECONDS
    async with client(url) as browser, asyncio.TaskGroup() as group:
        await browser.get("/")
        for _ in range(GREEDY):
            group.create_task(asking(browser, questions, 1.0, until, known, greedy))
        await asyncio.sleep(1)
        quiet = await _quiet(url, questions, known, BESIDE_SECONDS - 1)
    return quiet, greedy


def paragraphs() -> Paragraphs:
    """The text of every paragraph that can be cited, as the parser reads the files."""
    files = [p for p in shipped_bulletins().iterdir() if p.suffix in SUFFIXES]
    bulletins = [read_bulletin(path) for path in files]
    bulletins.append(parse(VISITOR.text.encode(), f"{VISITOR.id}.txt"))
    return {
        (bulletin.id, unit.number): unit.text
        for bulletin in bulletins
        for unit in bulletin.units
        if unit.number is not None
    }


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum; empty where fewer than two were measured."""
    if len(seconds) < 2:
        return {}
    cuts = quantiles(seconds, n=20, method="inclusive")
    return {"p50": round(cuts[9], 3), "p95": round(cuts[18], 3), "max": round(max(seconds), 3)}


if __name__ == "__main__":
    main()
