"""The bench beside the peers: what is put through, stopped, kept and told."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from eval.bench.peers.material import lay_out, spread
from eval.bench.peers.page import notes, table
from eval.bench.peers.record import Run, keep, load
from eval.bench.peers.trial import Task
from eval.bench.peers.watch import Watched, watch

ROOT = Path(__file__).resolve().parent.parent
RUN = Run(
    system="ours", news=1000, documents=1848, date="2026-01-02", machine="a machine", busy=0.1,
    peak_bytes=2**30, stopped="", versions={"jianbao": "0.1.0"}, build_seconds=10.0,
    build_cpu_seconds=8.0,
    disk_bytes=2**20, p50_ms=20.0, p95_ms=40.0, cpu_ms=15.0, timed=200, r1=0.9, r5=1.0, judged=500,
)  # fmt: skip
# A system that finds every file that shares a character with the question, in order of name.
LETTERS = """
from eval.bench.peers.trial import run

class Letters:
    def __init__(self, home, model):
        self.home = home
    def build(self, folder):
        self.texts = {f.stem: f.read_text() for f in sorted(folder.glob("*.txt"))}
        (self.home / "index").write_text("12345")
    def search(self, question, k):
        return [name for name, text in self.texts.items() if set(question) & set(text)][:k]

run(Letters, ["numpy"])
"""


def watched(
    folder: Path, code: str, *arguments: str, seconds: float = 60.0, gib: float = 8
) -> Watched:
    return watch(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, log=folder / "log",
        built=folder / "result", seconds=seconds, most_bytes=int(gib * 2**30),
    )  # fmt: skip


def test_a_system_is_built_weighed_and_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    """A trial tells size on disk, how many questions were timed, and where answers stand."""
    texts, home = tmp_path / "texts", tmp_path / "home"
    texts.mkdir()
    home.mkdir()
    for name, text in {"a": "甲乙", "b": "乙丙", "c": "丁"}.items():
        (texts / f"{name}.txt").write_text(text, "utf-8")
    judged = [("甲", "a"), ("乙", "b"), ("丙", "b"), ("戊", "c")]  # first, second, first, not found
    task = Task(
        str(texts), str(home), "", str(tmp_path / "result"), ["甲"] * 12, judged, seconds=60.0
    )
    (tmp_path / "task").write_text(json.dumps(asdict(task)), "utf-8")

    done = watched(tmp_path, LETTERS, str(tmp_path / "task"))

    figures = json.loads((tmp_path / "result").read_text("utf-8"))
    assert done.stopped == ""
    assert done.peak_bytes > 0
    assert figures["disk_bytes"] == 5
    assert figures["timed"] == 12
    assert (figures["judged"], figures["r1"], figures["r5"]) == (4, 0.5, 0.75)


def test_a_process_is_stopped_at_its_limits(tmp_path: Path) -> None:
    """Who is not built in time, or takes too much memory, is ended and told as such."""
    assert (
        watched(tmp_path, "import time; time.sleep(60)", seconds=1).stopped == "not built in 0 min"
    )
    hungry = "import time; held = b'x' * 2**28; time.sleep(60)"
    assert watched(tmp_path, hungry, gib=0.125).stopped == "more than 0 GiB"


def test_a_process_that_fails_is_told_with_its_last_line(tmp_path: Path) -> None:
    """A peer that breaks is no peer that is slow."""
    assert watched(tmp_path, "raise ValueError('no such model')").stopped == (
        "failed: ValueError: no such model"
    )


def test_the_newest_run_of_a_system_and_size_is_kept(tmp_path: Path) -> None:
    """A part can be measured again without the rest."""
    path = tmp_path / "runs.json"
    for run in (RUN, replace(RUN, system="txtai"), replace(RUN, p50_ms=10.0)):
        keep(path, run)
    assert [(run.system, run.p50_ms) for run in load(path)] == [("ours", 10.0), ("txtai", 20.0)]


def test_the_best_of_a_column_is_bold_whoever_it_is() -> None:
    """Small is best for costs and large for quality; what was not reached is a dash."""
    other = replace(RUN, system="txtai", p50_ms=5.0, r1=0.8, r5=None)
    ours, theirs = table([RUN, other]).splitlines()[-2:]
    shared = "**10.0** | **8.0** | **1** | **1,024** |"
    assert ours == (
        f"| Jianbao 简报问答 | {shared} 20.0 | **40.0** | **15.0** | **0.900** | **1.000** |"
    )
    assert theirs == f"| txtai | {shared} **5.0** | **40.0** | **15.0** | 0.800 | – |"


def test_who_was_asked_less_is_not_the_best_in_quality() -> None:
    """A high share of few questions is shown, but not in bold."""
    short = replace(RUN, system="haystack", r1=1.0, judged=40)
    full, few = table([RUN, short]).splitlines()[-2:]
    assert "| **0.900** |" in full
    assert "| 1.000 | 1.000 |" in few


def test_disturbed_and_shortened_runs_are_told() -> None:
    """A time taken beside other work is marked, and so is whoever was asked less or stopped."""
    busy = replace(RUN, system="haystack", busy=3.0, judged=100, stopped="more than 8 GiB")
    assert "| 10.0† |" in table([replace(RUN, build_seconds=1.0), busy])
    told = "\n".join(notes([RUN, busy]))
    assert "others kept 3.0 to 3.0 cores busy" in told
    assert "Haystack, 1,000: more than 8 GiB." in told
    assert "over 100 of 500 questions" in told
    assert notes([RUN]) == ["None: every run came to its end on an idle machine."]


def test_questions_are_spread_over_the_whole_set() -> None:
    """A sample takes its items at equal distances."""
    assert spread(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert spread([1, 2], 5) == [1, 2]


def test_documents_without_a_text_are_left_out(tmp_path: Path) -> None:
    """A line without a text becomes no file: an empty file is no document for anyone."""
    news, cmrc = tmp_path / "news.txt", tmp_path / "cmrc.json"
    news.write_text("2023-08-16 18:24:57，正文：甲。\n\n2023-08-16 18:24:57，正文：乙。\n", "utf-8")
    asked = {"id": "q", "question": "何字", "answers": [{"text": "丙", "answer_start": 0}]}
    passage = {"context": "丙丁戊己庚辛壬癸。", "qas": [asked]}
    cmrc.write_text(json.dumps({"data": [{"paragraphs": [passage]}]}), "utf-8")
    material = lay_out(tmp_path / "texts", news, 2, cmrc)
    assert sorted(file.name for file in material.folder.iterdir()) == [
        "cmrc2018-0001.txt", "doc-000000.txt", "doc-000001.txt",
    ]  # fmt: skip
    assert material.judged == [("何字", "cmrc2018-0001")]
