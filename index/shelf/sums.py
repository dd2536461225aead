"""SHA-256 of each bulletin that was added by hand: what tells a damaged file from a new version.

One line a file, as of sha256sum. Lines are only appended, before the file takes its place, so that
a crash between the two leaves nothing that looks damaged: any version that was ever added is sound.
"""

import hashlib
import os
import re
from pathlib import Path

from corpus.bulletin_id import id_of

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Sums:
    """The file of sums. A line that is damaged itself is passed over: its bulletin is not checked
    until it is added again.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the file; it is made with the first sum."""
        self._path = path

    def note(self, name: str, data: bytes) -> None:
        """Know these bytes under this file name, on the disk when it returns.

        :raises OSError: it cannot be written.
        """
        torn = self._path.exists() and self._path.read_bytes()[-1:] not in (b"", b"\n")
        end = "\n" if torn else ""  # a power cut may have left half a line
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{end}{_digest(data)}  {name}\n")
            file.flush()
            os.fsync(file.fileno())

    def known(self) -> dict[str, set[str]]:
        """By file name, the sums of all versions that were noted.

        :raises OSError: it cannot be read.
        """
        sums: dict[str, set[str]] = {}
        if self._path.exists():
            for line in self._path.read_text("utf-8", "replace").split("\n"):
                if (found := _LINE.fullmatch(line)) and found[2].isprintable():
                    sums.setdefault(found[2], set()).add(found[1])
        return sums

    def forget(self, bulletin_id: str) -> None:
        """Know nothing of a bulletin any more, whatever its suffix.

        :raises OSError: it cannot be written.
        """
        known = self.known()
        if all(id_of(name) != bulletin_id for name in known):
            return
        kept = [
            f"{digest}  {name}\n"
            for name, digests in known.items()
            if id_of(name) != bulletin_id
            for digest in sorted(digests)
        ]
        aside = self._path.with_suffix(".partial")
        aside.write_text("".join(kept), "utf-8")
        aside.replace(self._path)


def matches(data: bytes, digests: set[str]) -> bool:
    """Whether bytes are those of one of the sums."""
    return _digest(data) in digests


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
