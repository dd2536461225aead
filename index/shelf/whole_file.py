"""Files that are there wholly or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

PARTIAL = ".partial"  # suffix of a file being written; never read, swept at the next write


def write_file(
    target: Path, data: bytes, mtime_ns: int | None = None, *, durable: bool = True
) -> None:
    """Write a file that is there wholly or not at all.

    :raises OSError: it cannot be written.
    """
    with NamedTemporaryFile(dir=target.parent, suffix=PARTIAL, delete=False) as file:
        partial = Path(file.name)
        try:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        except OSError:
            partial.unlink()  # a full disk needs the room
            raise
    if mtime_ns is not None:
        os.utime(partial, ns=(mtime_ns, mtime_ns))
    partial.replace(target)
