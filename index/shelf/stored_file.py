"""A kept bulletin file: where it came from, and what tells cheaply whether it changed."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from corpus.errors import CallError
from index.shelf.shelf_errors import cannot_read

MAX_NAME_BYTES = 200  # file systems take 255; what is written beside the name needs some


class Origin(StrEnum):
    """How a bulletin came in; also the name of its folder."""

    ADDED = "added"
    SYNCED = "synced"
    REMOVED = "removed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Stored:
    """A bulletin's file on the shelf, with what tells cheaply whether it changed."""

    id: str
    path: Path
    origin: Origin
    size: int
    mtime_ns: int

    @classmethod
    def at(cls, path: Path, origin: Origin) -> Self:
        """The file at this path as it is now.

        :raises OSError: there is none.
        """
        stat = path.stat()
        return cls(path.stem, path, origin, stat.st_size, stat.st_mtime_ns)

    def read(self) -> bytes:
        """Its bytes.

        :raises LibraryError: it cannot be read.
        """
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise cannot_read(self.path, error) from error


def check_name(path: Path) -> None:
    """Whether a file's name can be an id: printable, in UTF-8, not too long.

    :raises CallError: it cannot.
    """
    printable = path.stem.isprintable() and path.stem.strip() == path.stem
    if not printable or len(os.fsencode(path.name)) > MAX_NAME_BYTES:
        shown = os.fsencode(path.name)[:60].decode("utf-8", "backslashreplace")
        raise CallError(f"{shown!r}: this file name cannot be an id; rename the file")
