"""Bulletins of the shelf as they were indexed, parsed when they are read."""

from corpus.bulletin import Bulletin
from corpus.errors import LibraryError
from corpus.parse import parse
from index.rebuild import REBUILD
from index.records import Entry
from index.shelf.extracts import Extracts
from index.shelf.shelf_files import Shelf

CACHED_BULLETINS = 512  # parsed bulletins kept in memory, some 100 kB each at most


class Parsed:
    """Parses what is read; the latest stay in memory."""

    def __init__(self, shelf: Shelf, extracts: Extracts) -> None:
        self._shelf = shelf
        self._extracts = extracts
        self._kept: dict[str, Bulletin] = {}

    def bulletin(self, entry: Entry) -> Bulletin:
        """The bulletin that was indexed.

        :raises LibraryError: its file is gone or holds other bytes.
        """
        kept = self._kept.get(entry.sha256)
        if kept is None or kept.id != entry.id:
            kept = self._read(entry)
            while len(self._kept) >= CACHED_BULLETINS:
                self._kept.pop(next(iter(self._kept)))
            self._kept[entry.sha256] = kept
        return kept

    def _read(self, entry: Entry) -> Bulletin:
        if kept := self._shelf.read(entry.id, entry.sha256):
            name, data = kept
            return parse(data, name, read=self._extracts.read)
        stored = self._shelf.files().get(entry.id)
        if stored is None:
            raise LibraryError(f"bulletin {entry.id}: its file is gone; run: jianbao sync")
        raise LibraryError(f"bulletin {entry.id}: {stored.path} is not what was indexed; {REBUILD}")
