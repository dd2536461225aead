"""Changes of a data directory: one writer at a time, and after a crash what it left is mended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.bulletin import Bulletin
from corpus.errors import BulletinError, CallError
from corpus.extract import read_bytes
from index.current import Current
from index.reconcile import LOG, Changes, Progress, reconcile
from index.shelf.folder import bulletin_files
from index.shelf.shelf_errors import cannot_write
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Origin, Stored, check_name
from index.shelf.writing import WriterLock


class Writer:
    """Whoever changes the shelf and then brings the index in step with it."""

    def __init__(
        self,
        home: Path,
        shelf: Shelf,
        current: Current,
        lock: WriterLock,
        bulletin: Callable[[str], Bulletin],
    ) -> None:
        """`bulletin` gives the bulletin of an id, from its file; `lock` is that of `home`."""
        self._home = home
        self._shelf = shelf
        self._current = current
        self._lock = lock
        self._bulletin = bulletin
        self._unfinished = home / "unfinished"  # there while something is written

    def add(self, bulletin: Bulletin, name: str, data: bytes) -> None:
        """Keep a file that was parsed, and index it.

        :raises LibraryError: see changing; or the index was made with another embedding model.
        """
        self._current.index.check_model()  # first: a failed add leaves nothing behind
        with self.changing():
            self._shelf.put(Origin.ADDED, name, data)
            for removed in self._shelf.removed(bulletin.id):
                self._shelf.forget(removed)
            self._follow(Changes())

    def remove(self, bulletin_id: str) -> None:
        """Take a bulletin out by hand.

        :raises LibraryError: see changing.
        """
        with self.changing():
            self._shelf.remove(bulletin_id)
            self._follow(Changes())

    def sync(self, folder: Path, progress: Progress | None) -> Changes:
        """See Library.sync."""
        files = bulletin_files(folder)
        changes = Changes()
        with self.changing():
            kept = self._shelf.synced()
            for path in files:
                self._take(path, kept.get(path.stem), changes)
            self._shelf.settle()
            names = {path.stem for path in files}
            for stored in kept.values():
                if stored.id not in names:
                    self._shelf.forget(stored)
            self._follow(changes, progress)
        return changes

    def mend(self) -> None:
        """See Library.mend."""
        with self.changing():
            self._current.index.mend_vectors(self._bulletin)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, and mend what a crash has left; a mark tells the next one of a crash.

        :raises LibraryError: see WriterLock.held.
        """
        with self._lock.held():
            after_crash = self._unfinished.exists()
            try:
                self._unfinished.touch()
            except OSError as error:
                raise cannot_write(self._home, error) from error
            self._shelf.sweep()
            self._current.sweep()
            if after_crash and not self._current.fresh and self._current.index.torn():
                self._rebuild()
            yield
            if after_crash:
                self._current.index.mend_vectors(self._bulletin, after_crash=True)
            self._unfinished.unlink()

    def _rebuild(self) -> None:
        """Make a new index of what is on the shelf beside the torn one, which it then replaces."""
        LOG.warning("the vector index was torn by a crash; it is made anew")
        beside = self._current.beside()
        reconcile(self._shelf, beside.index, Changes())
        beside.switch()
        self._shelf.followed()
        beside.close()

    def _follow(self, changes: Changes, progress: Progress | None = None) -> None:
        """Let the index follow what changed on the shelf; a fresh one becomes current by it."""
        reconcile(self._shelf, self._current.index, changes, progress)
        self._current.switch()
        self._shelf.followed()

    def _take(self, path: Path, kept: Stored | None, changes: Changes) -> None:
        """Copy a folder's file to the shelf unless it is there already or was removed by hand."""
        try:
            check_name(path)
            stat = path.stat()
        except (CallError, OSError) as error:
            changes.failed[ascii(path.name)] = f"{str(path)!a}: left out ({error})"
            return
        same = kept and (kept.size, kept.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        if same and not self._current.fresh:  # a rebuild trusts no copy
            return
        try:
            data = read_bytes(path)
        except (BulletinError, CallError) as error:
            changes.failed[path.stem] = str(error)
            return
        if any(removed.path.read_bytes() == data for removed in self._shelf.removed(path.stem)):
            return
        self._shelf.put(Origin.SYNCED, path.name, data, stat.st_mtime_ns, durable=False)
