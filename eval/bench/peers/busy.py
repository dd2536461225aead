"""How busy others keep the machine just before a measurement."""

import os
import time
from pathlib import Path

WATCHED_SECONDS = 5.0
_IDLE = slice(3, 5)  # of the columns of /proc/stat: idle, and waiting for a disk


def busy_cores(seconds: float = WATCHED_SECONDS) -> float:
    """Cores that are kept busy, the mean of some seconds. The load average of a minute would still
    tell of one's own last run.
    """
    began, before = time.perf_counter(), _worked_seconds()
    time.sleep(seconds)
    return (_worked_seconds() - before) / (time.perf_counter() - began)


def _worked_seconds() -> float:
    """Seconds that all cores worked since the machine was started."""
    columns = [int(ticks) for ticks in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return (sum(columns) - sum(columns[_IDLE])) / os.sysconf("SC_CLK_TCK")
