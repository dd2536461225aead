"""Changes of a data directory: one writer at a time, and after a crash what it left is mended."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.bulletin import Bulletin
from corpus.bulletin_id import id_of
from corpus.errors import BulletinError, CallError
from corpus.extract import read_bytes
from corpus.hand_facts import HandFacts
from index.current import Current
from index.reconcile import LOG, Changes, Progress, reconcile
from index.shelf.folder import bulletin_tree
from index.shelf.shelf_errors import cannot_write
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Origin, Stored
from index.shelf.writing import WriterLock

WRITTEN = "仍在写入，稍后再读 still being written, read when it is whole"
TAKEN_OUT = "已从资料库移除 was removed by hand; to have it again: jianbao add FILE"


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

    def add(self, name: str, data: bytes) -> None:
        """Keep a file that was read, under its name or its place in a tree, and index it.

        :raises LibraryError: see changing; or the index was made with another embedding model.
        """
        self._current.index.check_model()  # first: a failed add leaves nothing behind
        with self.changing():
            self._shelf.put(Origin.ADDED, name, data)
            for removed in self._shelf.removed():
                if removed.id == id_of(name) or _holds(removed, data):
                    self._shelf.forget(removed)
            self._follow(Changes())

    def remove(self, bulletin_ids: Sequence[str]) -> None:
        """Take a bulletin out by hand, from all its places; the one that shows is the last.

        :raises LibraryError: see changing.
        """
        with self.changing():
            for bulletin_id in bulletin_ids:
                self._shelf.remove(bulletin_id)
            self._follow(Changes())

    def set_by_hand(self, bulletin_id: str, facts: HandFacts) -> None:
        """Know this of a bulletin.

        :raises LibraryError: see changing.
        """
        self._current.index.check_model()
        with self.changing():
            self._shelf.facts.note(bulletin_id, facts)
            self._follow(Changes())

    def sync(
        self, folder: Path, progress: Progress | None, waiting: Collection[Path] = ()
    ) -> Changes:
        """See Library.sync."""
        held = {stored.name for stored in self._shelf.synced().values()}
        tree = bulletin_tree(folder, held, self._shelf.fold)
        changes = Changes(skipped=dict(tree.skipped), failed=dict(tree.failed))
        with self.changing():
            kept, removed = self._shelf.synced(), self._shelf.removed()
            for bulletin_id, path in tree.files.items():
                if path in waiting:
                    changes.skipped[tree.names[bulletin_id]] = WRITTEN
                    continue
                self._take(path, tree.names[bulletin_id], kept.get(bulletin_id), removed, changes)
            self._shelf.settle()
            for stored in kept.values():
                if stored.id not in tree.files and not tree.may_hold(stored.name):
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

    def _take(
        self,
        path: Path,
        name: str,
        kept: Stored | None,
        removed: Sequence[Stored],
        changes: Changes,
    ) -> None:
        """Copy a folder's file to the shelf unless it is there already or was removed by hand."""
        try:
            stat = path.stat()
        except OSError as error:
            changes.failed[id_of(name)] = f"{path}: left out ({error.strerror or error})"
            return
        same = kept and (kept.size, kept.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        if same and not self._current.fresh:  # a rebuild trusts no copy
            return
        try:
            data = read_bytes(path)
        except (BulletinError, CallError) as error:
            changes.failed[id_of(name)] = str(error)
            return
        if any(_holds(one, data) for one in removed):
            changes.skipped[name] = TAKEN_OUT
            return
        self._shelf.put(Origin.SYNCED, name, data, stat.st_mtime_ns, durable=False)


def _holds(stored: Stored, data: bytes) -> bool:
    """Whether a kept file has these bytes."""
    return stored.size == len(data) and stored.read() == data
