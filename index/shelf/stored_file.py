"""A kept bulletin file: where it came from, and what tells cheaply whether it changed."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from corpus.bulletin_id import id_of
from index.shelf.shelf_errors import cannot_read
from index.shelf.stored_name import shelf_name


class Origin(StrEnum):
    """How a bulletin came in; also the name of its folder."""

    ADDED = "added"
    SYNCED = "synced"
    REMOVED = "removed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Stored:
    """A bulletin's file on the shelf, with what tells cheaply whether it changed; `name` is its
    place in the tree that it came from.
    """

    id: str
    name: str
    path: Path
    origin: Origin
    size: int
    mtime_ns: int

    @classmethod
    def at(cls, path: Path, root: Path, origin: Origin) -> Self:
        """The file at this path below the shelf's folder `root`, as it is now.

        :raises OSError: there is none.
        """
        stat = path.stat()
        name = shelf_name(root, path)
        return cls(id_of(name), name, path, origin, stat.st_size, stat.st_mtime_ns)

    def read(self) -> bytes:
        """Its bytes.

        :raises LibraryError: it cannot be read.
        """
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise cannot_read(self.path, error) from error
