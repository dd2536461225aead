"""Where else a bulletin lies or lay: the same content in another place, and places it moved from.

`<home>/bulletins/places.json` follows from the files and is written anew with every change; where
it is lost, the places are found again and the addresses from before a move are forgotten.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.shelf.shelf_errors import cannot_write
from index.shelf.stored_file import Stored
from index.shelf.whole_file import write_file

PLACES = "places.json"


@dataclass(frozen=True, slots=True)
class Double:
    """A kept file with the content of a bulletin that has another id, `of`; with what tells cheaply
    whether the file changed, its SHA-256 in hex, and its name.
    """

    of: str
    name: str
    sha256: str
    size: int
    mtime_ns: int

    def is_of(self, stored: Stored) -> bool:
        """Whether it tells of this file as it is."""
        return (self.size, self.mtime_ns) == (stored.size, stored.mtime_ns)


@dataclass(frozen=True, slots=True)
class Places:
    """By id the files that are held under another one, and by former id where content moved to."""

    doubles: Mapping[str, Double] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def held_as(self, bulletin_id: str) -> str:
        """The id that the content of this id is held under: itself where nothing else is known."""
        seen = {bulletin_id}
        while True:
            double = self.doubles.get(bulletin_id)
            following = double.of if double else self.moved.get(bulletin_id)
            if following is None or following in seen:
                return bulletin_id
            seen.add(bulletin_id := following)

    def others(self, bulletin_id: str) -> tuple[str, ...]:
        """Ids of the other places that hold the content of this bulletin."""
        return tuple(i for i, double in self.doubles.items() if double.of == bulletin_id)


class PlacesFile:
    """The file of places."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder that it lies in."""
        self._path = root / PLACES
        self._read: tuple[tuple[int, int, int], Places] | None = None

    def read(self) -> Places:
        """What is known; nothing where the file is missing or damaged."""
        try:
            stat = self._path.stat()
            version = stat.st_ino, stat.st_size, stat.st_mtime_ns
            read = self._read
            if read is None or read[0] != version:
                read = self._read = version, _places(self._path.read_bytes())
        except OSError:
            return Places()
        return read[1]

    def write(self, places: Places) -> None:
        """Know these places.

        :raises LibraryError: the file cannot be written.
        """
        if places == self.read():
            return
        text = json.dumps(asdict(places), ensure_ascii=False, indent=0)
        try:
            write_file(self._path, text.encode("utf-8", "surrogateescape"), durable=False)
        except OSError as error:
            raise cannot_write(self._path, error) from error


def _places(data: bytes) -> Places:
    try:
        told = json.loads(data)
        doubles = {str(i): Double(**double) for i, double in told["doubles"].items()}
        return Places(doubles, {str(i): str(to) for i, to in told["moved"].items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Places()
