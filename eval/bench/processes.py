"""Processes of the program, timed and weighed from outside."""

import socket
import subprocess  # nosec B404 # our own program only
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

START_SECONDS = 120.0  # a page that is not up by then is not coming
PROGRAM = Path(sys.executable).with_name("jianbao")


@dataclass(frozen=True, slots=True)
class Served:
    """A page that came up after `seconds`, in a process of `mebibytes` resident memory."""

    seconds: float
    mebibytes: float


def cold_ask(home: Path, question: str) -> float:
    """Seconds of a whole `jianbao ask`, from start to exit."""
    began = time.perf_counter()
    command = _command(home, "ask", question)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # nosec B603 # our program
    return time.perf_counter() - began


def ran(home: Path, *arguments: str, told: str = "") -> None:
    """Let a command of the program come to its end; `told` is what it reads.

    :raises subprocess.CalledProcessError: it fails.
    """
    command = _command(home, *arguments)
    subprocess.run(  # nosec B603 # our program
        command, input=told, text=True, check=True, stdout=subprocess.DEVNULL
    )


def serve_once(home: Path, port: int) -> Served:
    """Start the page, wait until it answers, weigh it, stop it.

    :raises RuntimeError: it does not answer within START_SECONDS.
    """
    began = time.perf_counter()
    with serving(home, port) as pid:
        return Served(time.perf_counter() - began, resident(pid))


@contextmanager
def serving(home: Path, port: int, **settings: str) -> Iterator[int]:
    """The process id of a page that answers on loopback, over a data directory of its own;
    `settings` by the names of their variables.

    :raises RuntimeError: it does not answer within START_SECONDS.
    """
    began = time.perf_counter()
    command = _command(home, "serve", "--port", str(port), **settings)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # nosec B603 # our program
    try:
        while True:
            try:
                page = f"http://127.0.0.1:{port}/"  # or, where one signs in, the door
                httpx.get(page, trust_env=False, follow_redirects=True).raise_for_status()
                break
            except httpx.TransportError:
                if time.perf_counter() - began > START_SECONDS:
                    raise RuntimeError(f"no page on port {port} in {START_SECONDS:.0f} s") from None
                time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def resident(pid: int) -> float:
    """Resident memory of a process in MiB; Linux keeps it in /proc."""
    status = Path(f"/proc/{pid}/status").read_text()
    kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kibibytes) / 1024


def free_port() -> int:
    """A TCP port of loopback that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(home: Path, *arguments: str, **settings: str) -> list[str]:
    """The program over a data directory of its own; env(1) becomes it, so its pid is the same."""
    given = [f"{name}={value}" for name, value in settings.items()]
    return ["env", f"JIANBAO_HOME={home}", *given, str(PROGRAM), *arguments]
