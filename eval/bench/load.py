"""`python -m eval.bench.load`: many people at one server for minutes, and what came of it.

Server and people share this machine's cores. With --office they sign in, and a folder is for half
of them: what one of the others is told of it is a torn answer. Writes
the figures as JSON and a table of them beside.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from corpus.formats.registry import SUFFIXES
from corpus.parse import parse
from corpus.questions.question_file import load_questions
from eval.bench.load_table import load_markdown
from eval.bench.office import EDITOR, LoadOffice, come_in, is_closed, office_of, settings_of
from eval.bench.people import Paragraphs, Tally, Visitor, asking, changing
from eval.bench.processes import free_port, resident, serving
from eval.sources import OWN_QUESTIONS
from rag.settings import shipped_bulletins

OUT, OFFICE_OUT = Path("docs/load.json"), Path("docs/load_office.json")
QUIET, GREEDY_ONE = "quiet", "greedy"  # names of people, beside those of the many
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
    parser.add_argument("--office", action="store_true", help="with sign-in and a closed folder")
    parser.add_argument("--out", type=Path, help="the JSON; the table stands beside")
    order = parser.parse_args()
    out = order.out or (OFFICE_OUT if order.office else OUT)
    with TemporaryDirectory(prefix="jianbao-load-") as folder:
        port, home = free_port(), Path(folder) / "home"
        names = [EDITOR, QUIET, GREEDY_ONE, *many(order.people)]
        office = office_of(home, names) if order.office else None
        settings = settings_of(home, office)
        with serving(home, port, JIANBAO_LOG_LEVEL="warning", **settings) as pid:
            people = People(f"http://127.0.0.1:{port}", office)
            result = asyncio.run(measured(people, pid, order.minutes, order.people, order.pause))
    out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    table = load_markdown(result, out.name)
    out.with_suffix(".md").write_text(table, "utf-8")
    print(table)


def many(people: int) -> list[str]:
    """The names of so many people."""
    return [f"reader{number}" for number in range(people)]


class People:
    """Who comes to a server, and what may be cited to each."""

    def __init__(self, url: str, office: LoadOffice | None) -> None:
        """`office` is None where nobody signs in and all see all."""
        self._url = url
        self._office = office
        self._known = paragraphs(office.served if office else shipped_bulletins())

    @property
    def sign_in(self) -> bool:
        """Whether they sign in."""
        return self._office is not None

    async def browser(self, name: str) -> httpx.AsyncClient:
        """A browser of somebody's."""
        return await come_in(self._url, name, self._office)

    def known_to(self, name: str) -> Paragraphs:
        """What an answer to somebody may cite."""
        return self._office.seen_by(name, self._known) if self._office else self._known


async def measured(
    who: People, pid: int, minutes: float, people: int, pause: float
) -> dict[str, Any]:
    """All figures of a server that has this process id."""
    questions = [one.question for one in load_questions(OWN_QUESTIONS)] + [OF_VISITOR]
    await _quiet(who, questions, 0)  # what loads at the first question is no load
    alone = await _quiet(who, questions, BESIDE_SECONDS)
    beside, greedy = await _beside(who, questions)
    tally, names = Tally(), many(people)
    browsers = {name: await who.browser(name) for name in (EDITOR, *names)}
    until = time.monotonic() + minutes * 60
    memory = [resident(pid)]
    async with asyncio.TaskGroup() as group:
        for n, name in enumerate(names):
            turn = len(questions) * n // people  # each begins elsewhere in the list
            mine = questions[turn:] + questions[:turn]
            known = who.known_to(name)
            group.create_task(asking(browsers[name], mine, pause, until, known, tally))
        group.create_task(changing(browsers[EDITOR], VISITOR, CHANGE_SECONDS, until, tally))
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(60.0, left))
            memory.append(resident(pid))
    for browser in browsers.values():
        await browser.aclose()
    closed = sum(count for bulletin, count in tally.cited.items() if is_closed(bulletin))
    office = {"office": {"cited_to_the_group": closed}} if who.sign_in else {}
    return {
        "minutes": minutes, "people": people, "pause_seconds": pause, "cores": os.cpu_count(),
        "answered": len(tally.seconds), "turned_away": tally.turned_away,
        "errors": dict(tally.errors), "torn": dict(tally.torn), "changes": tally.changes,
        "seconds": spread(tally.seconds),
        "memory_mib": [round(one) for one in memory],
        "quiet_alone": spread(alone.seconds), "quiet_beside_greedy": spread(beside.seconds),
        "greedy": {"open": GREEDY, "answered": len(greedy.seconds),
                   "turned_away": greedy.turned_away}, **office,
    }  # fmt: skip


async def _quiet(who: People, questions: Sequence[str], seconds: float) -> Tally:
    """One person asks for this long, at least once."""
    tally, known = Tally(), who.known_to(QUIET)
    async with aclosing(await who.browser(QUIET)) as browser:
        until = time.monotonic() + max(seconds, 0.01)
        await asking(browser, questions, 1.0 if seconds else 0.0, until, known, tally)
    return tally


async def _beside(who: People, questions: Sequence[str]) -> tuple[Tally, Tally]:
    """The same beside one browser that keeps GREEDY requests open; both tallies."""
    greedy, known = Tally(), who.known_to(GREEDY_ONE)
    browser = await who.browser(GREEDY_ONE)
    until = time.monotonic() + BESIDE_SECONDS
    async with aclosing(browser), asyncio.TaskGroup() as group:
        for _ in range(GREEDY):
            group.create_task(asking(browser, questions, 1.0, until, known, greedy))
        await asyncio.sleep(1)
        quiet = await _quiet(who, questions, BESIDE_SECONDS - 1)
    return quiet, greedy


def paragraphs(tree: Path) -> Paragraphs:
    """The text of every paragraph that can be cited, as the parser reads the files of a tree."""
    files = [path for path in tree.rglob("*") if path.suffix in SUFFIXES]
    bulletins = [parse(p.read_bytes(), p.relative_to(tree).as_posix()) for p in files]
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
