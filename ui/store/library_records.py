"""What became of bulletins, as records tell it: each with the hash of its file."""

from collections.abc import Mapping
from pathlib import Path

from corpus.bulletin import Bulletin
from index.incoming import Incoming, Standing
from index.reconcile import Changes
from ui.store.audit import Actor, Audit, Deed, Recording


def record_changes(audit: Audit, folder: Path, changes: Changes | None, who: str = "") -> None:
    """Record what a library took in from a folder, and what went with it; `who` where somebody
    asked for it.
    """
    if changes is None or not changes.any:
        return
    done = [(Deed.ADDED, i, told_sum(changes.sums.get(i, ""))) for i in changes.added]
    done += [(Deed.REPLACED, i, told_sum(changes.sums.get(i, ""))) for i in changes.updated]
    done += [(Deed.REMOVED, i, told_sum(changes.sums.get(i, ""))) for i in changes.removed]
    done += [(Deed.MOVED, new, f"from {old}") for old, new in changes.moved.items()]
    audit.record_all(Actor(who, str(folder)), done)


def record_added(audit: Recording, actor: Actor, was: Incoming, bulletin: Bulletin) -> None:
    """Record that a file was added and became this bulletin; `was` is what was foreseen of it."""
    match was.standing:
        case Standing.NEW:
            audit.record(actor, Deed.ADDED, was.id, told_sum(bulletin.sha256))
        case Standing.DOUBLE:
            told = f"{told_sum(bulletin.sha256)}, held as {bulletin.id}"
            audit.record(actor, Deed.ADDED, was.id, told)
        case Standing.REPLACES:
            before = was.other.sha256 if was.other else ""
            told = f"{told_sum(bulletin.sha256)}, before {before}"
            audit.record(actor, Deed.REPLACED, was.id, told)
        case Standing.KNOWN:
            pass


def told_sum(sha256: str) -> str:
    """A hash with its name."""
    return f"sha256 {sha256}"


def told_facts(said: Mapping[str, str | None]) -> str:
    """What was set by hand, by its name; nothing behind a name was taken back."""
    return ", ".join(f"{name}={value or ''}" for name, value in said.items())
