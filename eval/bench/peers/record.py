"""What was measured, kept as JSON: a run for each system and size, the newest of each."""

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RESULTS = ROOT / "eval" / "bench" / "peers.json"
SYSTEMS = {
    "ours": "Jianbao 简报问答",
    "langchain": "LangChain",
    "llamaindex": "LlamaIndex",
    "haystack": "Haystack",
    "txtai": "txtai",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A system over `news` documents of news and the passages. What a stopped system did not come
    to is None. `busy` is how many cores others kept busy just before.
    """

    system: str
    news: int
    documents: int
    date: str
    machine: str
    busy: float
    peak_bytes: int
    stopped: str
    versions: dict[str, str] = field(default_factory=dict)
    build_seconds: float | None = None
    build_cpu_seconds: float | None = None
    disk_bytes: int | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    cpu_ms: float | None = None
    timed: int = 0
    r1: float | None = None
    r5: float | None = None
    judged: int = 0


def load(path: Path) -> list[Run]:
    """The runs of a file, by size and system; none where there is no file yet."""
    return [Run(**run) for run in json.loads(path.read_text("utf-8"))] if path.exists() else []


def keep(path: Path, run: Run) -> None:
    """Put a run into the file, in the place of an older one of that system and size."""
    others = [r for r in load(path) if (r.system, r.news) != (run.system, run.news)]
    order = list(SYSTEMS)
    runs = sorted([*others, run], key=lambda r: (r.news, order.index(r.system)))
    text = json.dumps([asdict(r) for r in runs], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", "utf-8")


def machine() -> str:
    """Processor, cores, memory, Python, in a line."""
    cpu = Path("/proc/cpuinfo").read_text()
    names = [line.partition(": ")[2] for line in cpu.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = names[0] if names else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
