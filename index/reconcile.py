"""The index brought in step with the shelf: what is gone taken out, what is new taken in."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields

from corpus.bulletin_id import file_stem, folders_of
from corpus.hand_facts import NO_FACTS, HandFacts
from corpus.text.filed_dates import date_in_folders, date_in_name
from index.generation import Generation
from index.placement import Placement, is_known, placement
from index.prepare import Prepared, prepared
from index.records import Entry
from index.shelf.other_places import Double, Places
from index.shelf.shelf_errors import damage_told
from index.shelf.shelf_files import Shelf
from index.sight import Sight

CHUNK = 128  # bulletins embedded and committed together; bounds memory, keeps the encoder busy
SET, DATED = "set_by_hand", "dated"  # keys of the index's manifest
DATES = 1  # number of the way in which dates are read that no text tells: names, folders

LOG = logging.getLogger("jianbao.library")
Progress = Callable[[int, int], None]  # bulletins done, bulletins to do


@dataclass(slots=True)
class Changes:
    """What a sync did, by bulletin id; `failed` tells why a file was left out, `damaged` what
    became of one that was added by hand. `moved` has former ids, each with that of its content now,
    `doubles` the places whose content is held under another id, with that. `skipped` tells by place
    in the folder why a file is no bulletin. `sums` has the SHA-256 of what was added,
    updated and removed.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    doubles: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether the library is another one than before."""
        return bool(self.added or self.updated or self.removed or self.moved)

    def seen_by(self, sight: Sight) -> "Changes":
        """The part of it that somebody may see."""
        if sight.is_whole:
            return self

        def is_seen(place: str) -> bool:
            # of a name that cannot be shown (it is quoted) nobody knows the folder
            return sight.sees_place(f"{place}/") and not place.startswith(("'", '"'))

        told = {f.name: getattr(self, f.name) for f in fields(self)}
        for name, some in told.items():
            if isinstance(some, list):
                told[name] = list(filter(is_seen, some))
            else:
                to_place = some if name in ("moved", "doubles") else {}
                told[name] = {
                    i: v for i, v in some.items() if is_seen(i) and is_seen(to_place.get(i, i))
                }
        return Changes(**told)


def reconcile(
    shelf: Shelf, index: Generation, changes: Changes, progress: Progress | None = None
) -> None:
    """Bring an index, its words and its vectors, in step with the shelf; whoever calls holds the
    writer's lock. What was done is noted in `changes`.

    :raises LibraryError: the index cannot be written, or a kept file cannot be read.
    """
    entries, before = index.catalogue.entries(), shelf.places.read()
    placed = _sound(shelf, entries, before.doubles, changes)
    to = {placed.sums[i]: i for i in placed.held}
    gone = entries.keys() - placed.held.keys()
    moving = {i: to[entries[i].sha256] for i in gone if entries[i].sha256 in to}
    changes.moved |= {old: new for old, new in moving.items() if old not in placed.doubles}
    places = _places(placed, before, changes.moved)
    shelf.places.write(places)  # first: no address may be without its bulletin
    changes.doubles |= {i: double.of for i, double in placed.doubles.items()}
    facts = _facts(shelf, changes.moved)
    again = _said_otherwise(index, entries, facts)
    stale = []
    for bulletin_id, stored in placed.held.items():
        as_it_was = (
            bulletin_id in entries and entries[bulletin_id].sha256 == placed.sums[bulletin_id]
        )
        if not as_it_was or bulletin_id in again:
            stale.append(stored)
            continue
        if bulletin_id not in placed.indexed:  # rewritten with the same bytes
            index.catalogue.touch(bulletin_id, stored.mtime_ns, stored.origin)
        changes.unchanged.append(bulletin_id)
    taking = _Taking(index, entries, placed.sums, changes, {stored.id: [] for stored in stale})
    for bulletin_id in sorted(gone):
        new = moving.get(bulletin_id)
        if new is not None and new in taking.former:
            taking.former[new].append(bulletin_id)
            continue
        index.remove(bulletin_id)
        if new is None:
            changes.removed.append(bulletin_id)
    chunks = [stale[start : start + CHUNK] for start in range(0, len(stale), CHUNK)]
    if progress and stale:
        progress(0, len(stale))
    for n, chunk in enumerate(prepared(chunks, facts), start=1):
        taking.take_in(chunk)
        if progress and n < len(chunks):
            progress(n * CHUNK, len(stale))
    taking.finish()
    if progress and stale:
        progress(len(stale), len(stale))
    _note_said(index, facts)
    known = {**{i: entry.sha256 for i, entry in entries.items()}, **placed.sums}
    taken = [*changes.added, *changes.updated, *changes.removed]
    changes.sums |= {i: known[i] for i in taken if i in known}


@dataclass(slots=True)
class _Taking:
    """Files taken in, chunk by chunk. What moved leaves its former places with the same commit:
    `former` are their ids by the one that the content has now, of all that is to be taken in.
    """

    index: Generation
    entries: Mapping[str, Entry]
    sums: Mapping[str, str]
    changes: Changes
    former: dict[str, list[str]]

    def take_in(self, chunk: Sequence[Prepared]) -> None:
        fresh = []
        for one in chunk:
            if one.entry is None:
                self.changes.failed[one.id] = one.failure
                continue
            fresh.append((one.entry, one.units))
            known = self.entries.get(one.id)
            if known is not None:
                same = known.sha256 == one.entry.sha256  # what is said of it is another thing
                (self.changes.unchanged if same else self.changes.updated).append(one.id)
            elif not self.former[one.id]:
                self.changes.added.append(one.id)
        taken = [entry.id for entry, _ in fresh]
        gone = [old for bulletin_id in taken for old in self.former[bulletin_id]]
        self.index.put(fresh, self._alike(taken), gone)

    def _alike(self, taken: Sequence[str]) -> list[str]:
        """Bulletins of the index that hold texts of these: what they were, or their content under
        another id.
        """
        same = {entry.sha256: bulletin_id for bulletin_id, entry in self.entries.items()}
        own = [i for i in taken if i in self.entries]
        return list({*own, *(same[self.sums[i]] for i in taken if self.sums[i] in same)})

    def finish(self) -> None:
        """What moved to a file that cannot be read goes; so does the word of its doubles."""
        failed = self.changes.failed
        for old in (old for new in failed for old in self.former.get(new, ())):
            self.index.remove(old)
            self.changes.moved.pop(old, None)
            self.changes.removed.append(old)
        for double, of in list(self.changes.doubles.items()):
            if of in failed and of not in self.entries:
                failed[double] = failed[of]
                del self.changes.doubles[double]


def _sound(
    shelf: Shelf, entries: Mapping[str, Entry], known: Mapping[str, Double], changes: Changes
) -> Placement:
    """The files of the shelf, but for those added by hand that are damaged, which are told."""
    files = shelf.files()
    unsure = [s for i, s in files.items() if not is_known(s, entries.get(i), known.get(i))]
    damaged = shelf.damaged(unsure)
    for bulletin_id, path in {**damaged, **shelf.lost()}.items():
        changes.damaged[bulletin_id] = message = damage_told(bulletin_id, path)
        LOG.warning(message)
    return placement({i: s for i, s in files.items() if i not in damaged}, entries, known)


def _places(placed: Placement, before: Places, moved: Mapping[str, str]) -> Places:
    """What places there are now; former ids as long as their content is held anywhere."""
    here = {*placed.held, *placed.doubles}
    former = Places(placed.doubles, {**before.moved, **moved})
    ends = {old: former.held_as(old) for old in former.moved if old not in here}
    return Places(placed.doubles, {old: end for old, end in ends.items() if end in placed.held})


def _facts(shelf: Shelf, moved: Mapping[str, str]) -> dict[str, HandFacts]:
    """What was set by hand of each bulletin; it goes along with what moved."""
    facts = shelf.facts.known()
    for old, new in moved.items():
        if old in facts and new not in facts:
            shelf.facts.note(new, facts[old])
    return shelf.facts.known()


def _said_otherwise(
    index: Generation, entries: Mapping[str, Entry], facts: Mapping[str, HandFacts]
) -> set[str]:
    """Bulletins whose entries are not what is said of them by hand; or that have no date, though
    their names or folders tell one, as they were indexed before these were read.
    """
    manifest = index.catalogue.manifest()
    told = manifest.get(SET)
    told = told if isinstance(told, dict) else {}
    again = {i for i in entries if told.get(i) != _as_kept(facts.get(i, NO_FACTS))}
    if manifest.get(DATED) != DATES:
        again |= {i for i, entry in entries.items() if entry.date is None and _is_filed(i)}
    return again


def _is_filed(bulletin_id: str) -> bool:
    named = date_in_name(file_stem(bulletin_id))
    return bool(named or date_in_folders(folders_of(bulletin_id)))


def _note_said(index: Generation, facts: Mapping[str, HandFacts]) -> None:
    kept = {i: _as_kept(one) for i, one in facts.items()}
    manifest = index.catalogue.manifest()
    if (manifest.get(SET, {}), manifest.get(DATED)) != (kept, DATES):
        index.catalogue.set_manifest({SET: kept, DATED: DATES})


def _as_kept(facts: HandFacts) -> dict[str, str | None] | None:
    return None if facts == NO_FACTS else asdict(facts)
