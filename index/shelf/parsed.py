"""Bulletins of the shelf as they were indexed, parsed when they are read."""

from corpus.bulletin import Bulletin
from corpus.errors import LibraryError
from corpus.hand_facts import NO_FACTS, HandFacts, with_facts
from corpus.parse import parse
from index.rebuild import REBUILD
from index.records import Entry
from index.shelf.extracts import Extracts
from index.shelf.shelf_files import Shelf
from index.shelf.versions import is_short_sum

CACHED_BULLETINS = 512  # parsed bulletins kept in memory, some 100 kB each at most


class Parsed:
    """Parses what is read; the latest stay in memory."""

    def __init__(self, shelf: Shelf, extracts: Extracts) -> None:
        self._shelf = shelf
        self._extracts = extracts
        self._kept: dict[tuple[str, str, HandFacts], Bulletin] = {}

    def bulletin(self, entry: Entry) -> Bulletin:
        """The bulletin that was indexed, with what was set of it by hand.

        :raises LibraryError: its file is gone or holds other bytes.
        """
        bulletin = self._version(entry.id, entry.id, entry.sha256)
        if bulletin is not None:
            return bulletin
        stored = self._shelf.files().get(entry.id)
        if stored is None:
            raise LibraryError(f"bulletin {entry.id}: its file is gone; run: jianbao sync")
        raise LibraryError(f"bulletin {entry.id}: {stored.path} is not what was indexed; {REBUILD}")

    def version(self, entry: Entry, former: str, short: str) -> Bulletin | None:
        """What this bulletin held when its SHA-256 began so; None where that is not kept. `former`
        is the id that it had then.
        """
        if not is_short_sum(short):
            return None
        ids = dict.fromkeys((former, entry.id))
        found = (self._version(bulletin_id, entry.id, short) for bulletin_id in ids)
        return next((bulletin for bulletin in found if bulletin is not None), None)

    def _version(self, kept_as: str, bulletin_id: str, digest: str) -> Bulletin | None:
        facts = self._shelf.facts.known().get(bulletin_id, NO_FACTS)
        key = kept_as, digest, facts
        bulletin = self._kept.get(key)
        if bulletin is None:
            kept = self._shelf.read(kept_as, digest)
            if kept is None:
                return None
            name, data = kept
            bulletin = with_facts(parse(data, name, read=self._extracts.read), facts)
            while len(self._kept) >= CACHED_BULLETINS:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = bulletin
        return bulletin
