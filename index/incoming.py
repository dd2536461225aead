"""What becomes of the library when a file is taken in: told before anything is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.bulletin_id import id_of
from index.records import Entry
from index.shelf.other_places import Places


class Standing(StrEnum):
    """How a file stands to what the library holds."""

    NEW = "new"
    KNOWN = "known"  # the same content is there under its id
    DOUBLE = "double"  # the same content is there under another id: held once, with both places
    REPLACES = "replaces"  # its id is there with other content, whose version is kept


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that may be taken in: the id that it has or takes over, and how it stands to `other`,
    the bulletin with its content or its id, None where it is new.
    """

    id: str
    standing: Standing
    other: Entry | None = None


def incoming(
    name: str,
    digest: str,
    entries: Mapping[str, Entry],
    places: Places,
    fold: Callable[[str], str] = str,
) -> Incoming:
    """How a file of this name and SHA-256, in hex, stands to the bulletins of a library. Ids that
    are one when folded are one: `fold` is that of the file system that keeps them.
    """
    own = id_of(name)
    known = {fold(bulletin_id): bulletin_id for bulletin_id in (*places.doubles, *entries)}
    own = known.get(fold(own), own)
    double = places.doubles.get(own)
    there = entries.get(own) or (entries.get(double.of) if double else None)
    if there is not None:
        same = there.sha256 == digest
        return Incoming(own, Standing.KNOWN if same else Standing.REPLACES, there)
    same_content = next((entry for entry in entries.values() if entry.sha256 == digest), None)
    if same_content is not None:
        return Incoming(own, Standing.DOUBLE, same_content)
    return Incoming(own, Standing.NEW)
