"""What may happen to a file, for tests of what the program does then."""

from collections.abc import Callable
from pathlib import Path


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def overwritten(path: Path) -> None:
    """A hundred bytes in the middle are any bytes."""
    data = path.read_bytes()
    start = max(0, len(data) // 2 - 50)
    noise = bytes((n * 37 + 11) % 256 for n in range(min(100, len(data))))
    path.write_bytes(data[:start] + noise + data[start + len(noise) :])


def deleted(path: Path) -> None:
    path.unlink()


DAMAGES: list[Callable[[Path], None]] = [emptied, halved, overwritten, deleted]
