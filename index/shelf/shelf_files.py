"""The bulletin files that a library keeps, as given. The folder is the truth; indexes follow it.

Each of these folders holds a tree, as the folder did that the files come from.

<home>/bulletins/added    put there by hand (jianbao add, the page)
<home>/bulletins/synced   copied from the folder that is served
<home>/bulletins/removed  taken out by hand: kept, so that a sync does not bring them back
<home>/bulletins/replaced what the index still holds until it has followed a change
<home>/bulletins/versions what they held before another file of their id came: see versions.py
<home>/bulletins/added.sha256  sums of what was added: a copy from a folder is made anew, these not
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from corpus.bulletin_id import id_of
from corpus.formats.registry import SUFFIXES
from index.shelf.facts_ledger import FactsLedger
from index.shelf.other_places import PlacesFile
from index.shelf.shelf_errors import cannot_read, cannot_write
from index.shelf.stored_file import Origin, Stored
from index.shelf.stored_name import folded, shelf_path, tells_case_apart
from index.shelf.sums import Sums, matches
from index.shelf.versions import Versions, short_sum
from index.shelf.whole_file import PARTIAL, write_file


class Shelf:
    """The files of one library; every change is one atomic rename.

    Two files of one id in a folder are a change that was cut short after its rename: the newer one
    counts, and the next sweep deletes the other.
    """

    def __init__(self, home: Path) -> None:
        """:raises LibraryError: the folders cannot be made."""
        self._root = home / "bulletins"
        self.versions = Versions(self._root / "versions")
        self.facts = FactsLedger(self._root)
        self.places = PlacesFile(self._root)
        self._sums = Sums(self._root / "added.sha256")
        try:
            for origin in Origin:
                (self._root / origin).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(home, error) from error
        self.fold: Callable[[str], str] = str if tells_case_apart(self._root) else folded

    def files(self) -> dict[str, Stored]:
        """Bulletins of the library by id; one added by hand hides a synced one of the same id."""
        return {
            stored.id: stored
            for origin in (Origin.SYNCED, Origin.ADDED)
            for stored in self._in(origin)
        }

    def read(self, bulletin_id: str, digest: str) -> tuple[str, bytes] | None:
        """Name and bytes of a bulletin's file in the version whose SHA-256 begins so (short_sum, or
        all of it), wherever it is by now: whoever reads does not wait for whoever writes.

        :raises LibraryError: a file of that name cannot be read.
        """
        for origin in Origin:
            for suffix in SUFFIXES:
                path = self._path(origin, f"{bulletin_id}{suffix}")
                try:
                    data = path.read_bytes()
                except (FileNotFoundError, NotADirectoryError):
                    continue
                except OSError as error:
                    raise cannot_read(path, error) from error
                if sha256(data).hexdigest().startswith(digest):
                    return f"{bulletin_id}{suffix}", data
        try:
            return self.versions.read(bulletin_id, short_sum(digest))
        except OSError as error:
            raise cannot_read(self._root, error) from error

    def synced(self) -> dict[str, Stored]:
        """The copies of the served folder's files, by id."""
        return {stored.id: stored for stored in self._in(Origin.SYNCED)}

    def removed(self) -> list[Stored]:
        """The files that were taken out by hand."""
        return self._in(Origin.REMOVED)

    def put(
        self,
        origin: Origin,
        name: str,
        data: bytes,
        mtime_ns: int | None = None,
        *,
        durable: bool = True,
    ) -> None:
        """Keep a file under its name (its suffix in lower case), replacing an older one of the
        same id and origin. What is not `durable` may be lost by a power cut until settle().

        :raises LibraryError: it cannot be written.
        """
        name = f"{id_of(name)}{Path(name).suffix.lower()}"
        target = self._path(origin, name)
        with self._changing():
            older = [path for s in SUFFIXES if (path := target.with_suffix(s)).is_file()]
            for path in older:
                self._keep_version(f"{id_of(name)}{path.suffix}", path, data, durable=durable)
            new = target not in older
            if origin is Origin.ADDED and not new:  # either version is sound if a crash comes now
                self._sums.note(name, data)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, data, mtime_ns, durable=durable)
            if origin is Origin.ADDED and new:  # what never came is not lost
                self._sums.note(name, data)
            for path in older:
                if path != target:
                    path.unlink()

    def damaged(self, among: Iterable[Stored]) -> dict[str, Path]:
        """Which of these files were added by hand and hold other bytes now, by id.

        :raises LibraryError: one of them cannot be read.
        """
        found: dict[str, Path] = {}
        known: dict[str, set[str]] | None = None
        for stored in among:
            if stored.origin is Origin.ADDED:
                known = self._known() if known is None else known
                sums = known.get(stored.name)
                if sums and not matches(stored.read(), sums):
                    found[stored.id] = stored.path
        return found

    def lost(self) -> dict[str, Path]:
        """Files that were added by hand, not taken out, and are gone, by id."""
        known = {id_of(name): self._path(Origin.ADDED, name) for name in self._known()}
        there = {s.id for origin in (Origin.ADDED, Origin.REMOVED) for s in self._in(origin)}
        return {i: path for i, path in known.items() if i not in there}

    def settle(self) -> None:
        """Wait until all that was put is on the disk: once, where thousands were."""
        if hasattr(os, "sync"):  # Windows has none, and writes in order
            os.sync()

    def remove(self, bulletin_id: str) -> None:
        """Take a bulletin out by hand: its file moves to the removed ones. Of two of one name that
        of the folder stays, or the next sync would bring it back.

        :raises LibraryError: it cannot be moved.
        """
        with self._changing():
            for origin in (Origin.SYNCED, Origin.ADDED):  # the one that shows last: all or nothing
                for stored in self._in(origin):
                    if stored.id == bulletin_id:
                        self._set_aside(stored)
                        aside = self._path(Origin.REMOVED, stored.name)
                        aside.parent.mkdir(parents=True, exist_ok=True)
                        if origin is Origin.ADDED and aside.exists():
                            stored.path.unlink()
                        else:
                            stored.path.replace(aside)
            self._sums.forget(bulletin_id)

    def forget(self, stored: Stored) -> None:
        """Delete a file from the shelf for good.

        :raises LibraryError: it cannot be deleted.
        """
        with self._changing():
            if stored.origin is not Origin.REMOVED:
                self._set_aside(stored)
            stored.path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Undo the halves of changes that a crash cut short; for whoever may write.

        :raises LibraryError: a file cannot be deleted.
        """
        with self._changing():
            for partial in self._root.rglob(f"*{PARTIAL}"):
                partial.unlink()
            for origin in (Origin.SYNCED, Origin.ADDED):
                newest = {stored.id: stored for stored in self._in(origin)}
                for stored in self._in(origin):
                    if stored != newest[stored.id]:
                        stored.path.unlink()
            added = {stored.id for stored in self._in(Origin.ADDED)}
            for stored in self._in(Origin.REMOVED):
                if stored.id in added:  # it was taken in again, or not yet wholly taken out
                    stored.path.unlink()

    def followed(self) -> None:
        """Delete what was kept for readers of an index that has now followed all changes.

        :raises LibraryError: a file cannot be deleted.
        """
        with self._changing():
            for stored in self._in(Origin.REPLACED):
                stored.path.unlink()
            for origin in Origin:
                self._prune(self._root / origin)

    def _set_aside(self, stored: Stored) -> None:
        """Keep a file that goes for those who read it; the first one is what the index holds."""
        aside = self._path(Origin.REPLACED, stored.name)
        if not aside.exists():
            aside.parent.mkdir(parents=True, exist_ok=True)
            write_file(aside, stored.path.read_bytes(), durable=False)

    def _keep_version(self, name: str, path: Path, new: bytes, *, durable: bool) -> None:
        """Keep what a file holds that another one takes the place of, for answers that cite it."""
        data = path.read_bytes()
        if data != new:
            self.versions.keep(name, data, durable=durable)

    @staticmethod
    def _prune(folder: Path) -> None:
        """Delete the folders below one that hold nothing any more."""
        for path, _, _ in os.walk(folder, topdown=False):
            if Path(path) != folder and not any(Path(path).iterdir()):
                Path(path).rmdir()

    def _path(self, origin: Origin, name: str) -> Path:
        return shelf_path(self._root / origin, name)

    def _known(self) -> dict[str, set[str]]:
        try:
            return self._sums.known()
        except OSError as error:
            raise cannot_read(self._root, error) from error

    def _in(self, origin: Origin) -> list[Stored]:
        """The files of a folder, the one that was put there last at the end."""
        root = self._root / origin
        paths = [
            Path(folder, name)
            for folder, _, names in os.walk(root, onerror=_told)
            for name in names
            if os.path.splitext(name)[1] in SUFFIXES  # noqa: PTH122 # thousands of them
        ]
        paths.sort(key=lambda path: (path.stat().st_ctime_ns, path))
        return [Stored.at(path, root, origin) for path in paths]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_write(self._root, error) from error


def _told(error: OSError) -> None:
    """Do not take the files of a folder for gone that cannot be looked into."""
    raise cannot_read(Path(str(error.filename)), error) from error
