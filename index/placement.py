"""Which files of the shelf the index is to hold, and which hold the same content once more."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from index.records import Entry
from index.shelf.other_places import Double
from index.shelf.stored_file import Origin, Stored


@dataclass(frozen=True, slots=True)
class Placement:
    """Files of the shelf by id: those to hold, each content once, and the others. `sums` has the
    SHA-256 of each, in hex; `indexed` are the ids whose file the index holds as it is.
    """

    held: Mapping[str, Stored]
    doubles: Mapping[str, Double]
    sums: Mapping[str, str]
    indexed: frozenset[str]


def placement(
    files: Mapping[str, Stored], entries: Mapping[str, Entry], known: Mapping[str, Double]
) -> Placement:
    """Sort the files out. A file whose size and time are those of its entry, or of a double that is
    `known`, is not read. Of files of one content that is held which the index has under this id
    already, so that its address stays; else one that was held before, or was added by hand; else
    the first by id.

    :raises LibraryError: a file cannot be read.
    """
    sums = {i: _sum(stored, entries.get(i), known.get(i)) for i, stored in files.items()}
    same: dict[str, list[str]] = {}
    for bulletin_id in sorted(files):
        same.setdefault(sums[bulletin_id], []).append(bulletin_id)

    def rank(bulletin_id: str) -> tuple[bool, bool, bool, str]:
        entry, digest = entries.get(bulletin_id), sums[bulletin_id]
        is_held = entry is not None and entry.sha256 == digest
        by_hand = files[bulletin_id].origin is Origin.ADDED
        return not is_held, bulletin_id in known, not by_hand, bulletin_id

    chosen = {digest: min(ids, key=rank) for digest, ids in same.items()}
    doubles = {
        i: Double(chosen[sums[i]], stored.name, sums[i], stored.size, stored.mtime_ns)
        for i, stored in files.items()
        if chosen[sums[i]] != i
    }
    return Placement(
        held={i: files[i] for i in sorted(files) if i not in doubles},
        doubles=doubles,
        sums=sums,
        indexed=frozenset(i for i in files if _is_indexed(files[i], entries.get(i))),
    )


def is_known(stored: Stored, entry: Entry | None, double: Double | None) -> bool:
    """Whether a file is told apart without reading it."""
    return _is_indexed(stored, entry) or (double is not None and double.is_of(stored))


def _sum(stored: Stored, entry: Entry | None, double: Double | None) -> str:
    if entry is not None and _is_indexed(stored, entry):
        return entry.sha256
    if double is not None and double.is_of(stored):
        return double.sha256
    return hashlib.sha256(stored.read()).hexdigest()


def _is_indexed(stored: Stored, entry: Entry | None) -> bool:
    """Whether the index holds this file, by what tells cheaply."""
    return entry is not None and (entry.size, entry.mtime_ns) == (stored.size, stored.mtime_ns)
