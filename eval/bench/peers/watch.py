"""A process run to its end or to its limits; what it and its children held of memory."""

import subprocess  # nosec B404 # our own scripts only
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Watched:
    """`peak_bytes`: the most that the process and its living children had held, each its own peak.
    `stopped` says which limit ended it or how it failed, "" where it came to its end.
    """

    peak_bytes: int
    stopped: str


def watch(
    command: Sequence[str], *, cwd: Path, log: Path, built: Path, seconds: float, most_bytes: int
) -> Watched:
    """Run a command. `seconds` are what it may take until the file `built` is there."""
    peak, stopped = 0, ""
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(  # nosec B603 # our own scripts
            command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            while process.poll() is None:
                peak = max(peak, sum(map(_peak, _tree(process.pid))))
                if peak > most_bytes:
                    stopped = f"more than {most_bytes / 2**30:.0f} GiB"
                elif time.perf_counter() - began > seconds and not built.exists():
                    stopped = f"not built in {seconds / 60:.0f} min"
                if stopped:
                    break
                time.sleep(LOOK_SECONDS)
        finally:
            process.kill()
            process.wait()
    if not stopped and process.returncode:
        last = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        stopped = f"failed: {' '.join(last)[:200]}"
    return Watched(peak, stopped)


def _tree(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    try:
        children = [f.read_text() for f in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it ended meanwhile
        return
    for child in " ".join(children).split():
        yield from _tree(int(child))


def _peak(pid: int) -> int:
    """The most that a process has held of memory, in bytes; 0 where it ended meanwhile."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    held = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(next(held, 0)) * 1024
