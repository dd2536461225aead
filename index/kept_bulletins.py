"""The bulletins of a library by id: as they are, as they were when cited, where else they lie."""

from collections.abc import Callable
from copy import copy

from corpus.bulletin import Bulletin
from corpus.errors import CallError, LibraryError
from corpus.hand_facts import HandFacts
from index.records import Entry
from index.shelf.extracts import Extracts
from index.shelf.parsed import Parsed
from index.shelf.shelf_files import Shelf
from index.sight import WHOLE, Sight
from index.store.seams import CatalogueStore


class KeptBulletins:
    """What is held under an id. That of another place with the same content, and that from before
    a move, lead to the bulletin that holds the content now. What `sight` does not see is not there.
    """

    def __init__(
        self, shelf: Shelf, extracts: Extracts, catalogue: Callable[[], CatalogueStore]
    ) -> None:
        """`catalogue` gives that of the index in use."""
        self._shelf = shelf
        self._catalogue = catalogue
        self._parsed = Parsed(shelf, extracts)
        self._sight = WHOLE

    def seen_by(self, sight: Sight) -> "KeptBulletins":
        """The same bulletins as far as somebody may see them."""
        seen = copy(self)
        seen._sight = self._sight.narrowed(sight)
        return seen

    def entry(self, bulletin_id: str) -> Entry:
        """What the catalogue says of a bulletin.

        :raises CallError: the library has none of that id.
        """
        catalogue, places = self._catalogue(), self._shelf.places.read()
        entry = catalogue.entry(bulletin_id)
        if entry is None:
            entry = catalogue.entry(places.held_as(bulletin_id))
        if entry is None or not self._sight.sees(entry.id, places):
            raise CallError(f"no bulletin {bulletin_id!r} in the library; jianbao list shows them")
        return entry

    def bulletin(self, bulletin_id: str) -> Bulletin:
        """A bulletin with all its units.

        :raises CallError: the library has none of that id.
        """
        return self._parsed.bulletin(self.entry(bulletin_id))

    def cited(self, bulletin_id: str, version: str | None) -> Bulletin:
        """A bulletin as it was when an answer cited it: `version` is the short_sum of its bytes
        then. The bulletin as it is now where that version is not kept, or none is named.

        :raises CallError: the library has none of that id.
        """
        entry = self.entry(bulletin_id)
        # what a closed folder held before is not shown for being elsewhere, too, by now
        whole = self._sight.sees_place(bulletin_id) and self._sight.sees_place(entry.id)
        if version is None or entry.sha256.startswith(version) or not whole:
            return self._parsed.bulletin(entry)
        kept = self._parsed.version(entry, bulletin_id, version)
        return kept or self._parsed.bulletin(entry)

    def file_name(self, bulletin_id: str) -> str:
        """Name of a bulletin's file, "" where it is not there any more."""
        stored = self._shelf.files().get(self.entry(bulletin_id).id)
        return stored.path.name if stored else ""

    def file(self, bulletin_id: str) -> tuple[str, bytes]:
        """Name and bytes of a bulletin's file, as it came in.

        :raises CallError: the library has none of that id.
        :raises LibraryError: the file cannot be read, or is not there any more.
        """
        entry = self.entry(bulletin_id)
        kept = self._shelf.read(entry.id, entry.sha256)
        if kept is None:
            raise LibraryError(f"the file of {bulletin_id!r} is lost; run: jianbao doctor")
        return kept

    def versions(self, bulletin_id: str) -> list[str]:
        """What the earlier versions of a bulletin are called by, the latest first.

        :raises CallError: the library has none of that id.
        """
        held = self.entry(bulletin_id).id
        return self._shelf.versions.of(held) if self._sight.sees_place(held) else []

    def places(self) -> dict[str, tuple[str, ...]]:
        """By id, the other places that hold the content of a bulletin; of those that have any."""
        known = self._shelf.places.read()
        held = dict.fromkeys(double.of for double in known.doubles.values())
        others = {
            bulletin_id: tuple(filter(self._sight.sees_place, known.others(bulletin_id)))
            for bulletin_id in held
            if self._sight.sees(bulletin_id, known)
        }
        return {bulletin_id: some for bulletin_id, some in others.items() if some}

    def facts(self) -> dict[str, HandFacts]:
        """By id, what was set by hand."""
        known, places = self._shelf.facts.known(), self._shelf.places.read()
        return {i: facts for i, facts in known.items() if self._sight.sees(i, places)}
