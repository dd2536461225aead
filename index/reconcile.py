"""The index brought in step with the shelf: what is gone taken out, what is new taken in."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from index.generation import Generation
from index.prepare import Prepared, prepared
from index.records import Entry
from index.shelf.shelf_errors import damage_told
from index.shelf.shelf_files import Shelf
from index.shelf.stored_file import Stored

CHUNK = 128  # bulletins embedded and committed together; bounds memory, keeps the encoder busy

LOG = logging.getLogger("jianbao.library")
Progress = Callable[[int, int], None]  # bulletins done, bulletins to do


@dataclass(slots=True)
class Changes:
    """What a sync did, by bulletin id; `failed` tells why a file was left out, `damaged` what
    became of one that was added by hand.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)


def reconcile(
    shelf: Shelf, index: Generation, changes: Changes, progress: Progress | None = None
) -> None:
    """Bring an index, its words and its vectors, in step with the shelf; whoever calls holds the
    writer's lock. What was done is noted in `changes`.

    :raises LibraryError: the index cannot be written, or a kept file cannot be read.
    """
    files, entries = shelf.files(), index.catalogue.entries()
    stale = [stored for stored in files.values() if not _is_indexed(stored, entries)]
    damaged = shelf.damaged(stale)
    for bulletin_id, path in {**damaged, **shelf.lost()}.items():
        changes.damaged[bulletin_id] = message = damage_told(bulletin_id, path)
        LOG.warning(message)
    sound = files.keys() - damaged.keys()
    for bulletin_id in entries.keys() - sound:
        index.remove(bulletin_id)
        changes.removed.append(bulletin_id)
    stale = [stored for stored in stale if stored.id in sound]
    changes.unchanged += [i for i in files if i in entries and _is_indexed(files[i], entries)]
    stale = [stored for stored in stale if not _only_touched(stored, index, entries, changes)]
    chunks = [stale[start : start + CHUNK] for start in range(0, len(stale), CHUNK)]
    if progress and stale:
        progress(0, len(stale))
    for n, chunk in enumerate(prepared(chunks), start=1):
        _take_in(chunk, index, entries, changes)
        if progress and n < len(chunks):
            progress(n * CHUNK, len(stale))
    if progress and stale:
        progress(len(stale), len(stale))


def _only_touched(
    stored: Stored, index: Generation, entries: Mapping[str, Entry], changes: Changes
) -> bool:
    """Whether a file that looks changed has the bytes that are indexed; notes its new time."""
    known = entries.get(stored.id)
    if known is None:
        return False
    if known.sha256 != hashlib.sha256(stored.path.read_bytes()).hexdigest():
        return False
    index.catalogue.touch(stored.id, stored.mtime_ns, stored.origin)
    changes.unchanged.append(stored.id)
    return True


def _take_in(
    chunk: Sequence[Prepared], index: Generation, entries: Mapping[str, Entry], changes: Changes
) -> None:
    fresh = []
    for one in chunk:
        if one.entry is None:
            changes.failed[one.id] = one.failure
            continue
        fresh.append((one.entry, one.units))
        (changes.updated if one.id in entries else changes.added).append(one.id)
    index.put(fresh)


def _is_indexed(stored: Stored, entries: Mapping[str, Entry]) -> bool:
    """Whether the index holds this file, by what tells cheaply."""
    entry = entries.get(stored.id)
    return bool(entry and (entry.size, entry.mtime_ns) == (stored.size, stored.mtime_ns))
