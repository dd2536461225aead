"""The served folder watched: what comes, changes and goes there reaches the library by itself.

The system tells of changes; where no notice arrives, as from a network drive, the folder is looked
through every SCAN_SECONDS. A file that is still being copied waits until its size and time have
stayed the same for SETTLE_SECONDS.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread

from corpus.errors import JianbaoError
from index.library import Library
from index.reconcile import Changes
from index.shelf.folder import files_below
from index.sight import Sight

SCAN_SECONDS = 20.0  # within a minute, also where a sync lies between two looks
SETTLE_SECONDS = 3.0  # a copy over a slow line writes more often
STOP_SECONDS = 10.0  # for a sync under way when the server ends; the next start finishes it
LOG = logging.getLogger("jianbao.watch")

Looks = Mapping[Path, tuple[int, int]]  # by file, its size in bytes and when it was written


class WatchState(StrEnum):
    """What the watch is doing."""

    OFF = "off"
    WATCHING = "watching"
    SETTLING = "settling"  # files are still being written
    SYNCING = "syncing"
    FAILED = "failed"  # the folder is not there, or the last sync failed: `why`


@dataclass(frozen=True, slots=True)
class WatchStatus:
    """What the watch is doing, when it last took something in (seconds of the epoch, None: not
    yet), what that was, and why it cannot, "" where it can. `waiting` are files that grow.
    """

    state: WatchState
    changes: Changes | None = None
    at: float | None = None
    why: str = ""
    waiting: tuple[str, ...] = ()

    def seen_by(self, sight: Sight) -> "WatchStatus":
        """The part of it that somebody may see; why it cannot may name any file."""
        if sight.is_whole:
            return self
        changes = self.changes and self.changes.seen_by(sight)
        waiting = tuple(name for name in self.waiting if sight.sees_place(name))
        why = self.why and "原因见服务器日志 (the server's log says why)"
        return replace(self, changes=changes, waiting=waiting, why=why)


NOT_WATCHED = WatchStatus(WatchState.OFF)


class FolderWatch:
    """A thread that keeps a library in step with a folder. To ask for `status` takes no time."""

    def __init__(
        self,
        library: Library,
        folder: Path,
        *,
        scan: float = SCAN_SECONDS,
        settle: float = SETTLE_SECONDS,
        told: Callable[[Changes], None] = lambda _: None,
    ) -> None:
        """Times are in seconds; `told` hears of what was taken in."""
        self._library = library
        self._folder = folder
        self._scan, self._settle = scan, settle
        self._told = told
        self._stop = Event()
        self._status = NOT_WATCHED
        self._begun = False
        self._thread = Thread(target=self._run, name="folder-watch", daemon=True)

    @property
    def status(self) -> WatchStatus:
        """What it is doing now."""
        if self._begun and not self._thread.is_alive():
            why = "监视已中断，请重启服务 the watch broke off, see the log; start the server again"
            return replace(self._status, state=WatchState.FAILED, why=why)
        return self._status

    def start(self) -> None:
        """Begin to watch."""
        self._status = WatchStatus(WatchState.WATCHING)
        self._thread.start()
        self._begun = True

    def stop(self) -> None:
        """End, after a sync that is under way; nothing where it never began."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        self._status, self._begun = NOT_WATCHED, False

    def _run(self) -> None:
        taken: Looks = {}  # the first look takes in what came since the program opened the library
        LOG.info("watching", extra={"folder": str(self._folder)})
        for _ in self._occasions():
            taken = self._follow(taken)

    def _occasions(self) -> Iterator[None]:
        """Moments to look: after a notice of the system, and every `scan` seconds."""
        from watchfiles import watch

        yield
        while not self._stop.is_set():
            try:
                for _ in watch(
                    self._folder, watch_filter=None, stop_event=self._stop, yield_on_timeout=True,
                    rust_timeout=int(self._scan * 1000), raise_interrupt=False,
                    ignore_permission_denied=True,
                ):  # fmt: skip
                    yield
            except (OSError, RuntimeError) as error:  # no folder, or too many in it
                LOG.debug("no notices", extra={"why": str(error)})
                self._stop.wait(self._scan)
                yield

    def _follow(self, taken: Looks) -> Looks:
        """Take in what has changed since the files looked as `taken`, once it has settled; how they
        look now.
        """
        before = looks_of(self._folder)
        while before != taken and not self._stop.wait(self._settle):
            now = looks_of(self._folder)
            moving = frozenset(path for path in now if now[path] != before.get(path))
            settled = {path: look for path, look in now.items() if path not in moving}
            unmoved = settled | {path: taken[path] for path in moving if path in taken}
            if unmoved != taken:
                if not self._sync(moving):
                    return taken
                taken = settled
            self._tell(moving)
            before = now
        if self._status.state is not WatchState.WATCHING and before == taken:
            self._tell(frozenset())  # what could not be reached is there again
        return taken

    def _tell(self, moving: frozenset[Path]) -> None:
        names = tuple(sorted(path.relative_to(self._folder).as_posix() for path in moving))
        state = WatchState.SETTLING if moving else WatchState.WATCHING
        self._status = replace(self._status, state=state, why="", waiting=names)

    def _sync(self, waiting: frozenset[Path]) -> bool:
        self._status = replace(self._status, state=WatchState.SYNCING)
        try:
            changes = self._library.sync(self._folder, None, waiting)
            self._told(changes)
        except (JianbaoError, OSError) as error:
            why = str(error)
            if why != self._status.why:  # once, not every look
                LOG.warning("folder not followed", extra={"why": why})
            self._status = replace(self._status, state=WatchState.FAILED, why=why)
            return False
        self._status = WatchStatus(WatchState.WATCHING, changes, time.time())
        if changes.any or changes.failed:
            counts = ("added", "updated", "removed", "moved", "failed")
            LOG.info("folder followed", extra={n: len(getattr(changes, n)) for n in counts})
        return True


def looks_of(folder: Path) -> dict[Path, tuple[int, int]]:
    """How every bulletin file below a folder looks; empty where the folder is not there."""
    looks: dict[Path, tuple[int, int]] = {}
    for path in files_below(folder):
        try:
            stat = path.stat()
        except OSError:  # gone meanwhile, or a link to nothing
            continue
        looks[path] = stat.st_size, stat.st_mtime_ns
    return looks
