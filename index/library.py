"""Library: bulletins on the shelf, and the two indexes kept in step with them."""

from collections.abc import Collection
from copy import copy
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from corpus.bulletin import Bulletin
from corpus.errors import ReplacesError
from corpus.extract import read_bytes
from corpus.formats.trial_reading import try_reading
from corpus.hand_facts import HandFacts
from corpus.parse import parse
from index.current import Current
from index.generations import Generations
from index.incoming import Incoming, Standing, incoming
from index.kept_bulletins import KeptBulletins
from index.library_reading import LibraryReading
from index.reconcile import LOG, Changes, Progress
from index.shelf.extracts import Extracts
from index.shelf.shelf_files import Shelf
from index.shelf.stored_name import check_name
from index.shelf.writing import WriterLock
from index.sight import WHOLE, Sight
from index.store.databases import Engine
from index.vectors.encoder import Encoder
from index.vectors.offered import likeness_of, words_weight_of
from index.writer import Writer


class Library(LibraryReading):
    """All bulletins of a data directory. Safe to read from several threads.

    `likeness` tells how near words are in meaning, by the model that the library is asked with;
    `kept` gives bulletins as they were when cited, where else they lie; `synced` is the last sync;
    `sight` is what of it is seen.

    The files on the shelf are the truth. Whatever the indexes hold beyond or short of them, after
    a crash for instance, is mended by the next sync.
    """

    def __init__(
        self,
        home: Path,
        encoder: Encoder,
        chroma_url: str | None = None,
        milvus_uri: str | None = None,
        *,
        fresh: bool = False,
    ) -> None:
        """Open the library in `home`, making an empty one where there is none.

        The indexes are in `home`, the vectors at `chroma_url` if given; or all at `milvus_uri`.
        `fresh` starts a new index beside the current one, whatever state that is in; the first
        sync fills it and then lets it replace the old one.

        :raises LibraryError: `home` cannot be written, or its index is damaged or was made by
            another version.
        """
        self._shelf = Shelf(home)
        self.likeness = likeness_of(encoder)
        self.words_weight = words_weight_of(encoder)
        self.synced: Changes | None = None
        self.sight = WHOLE
        lock = WriterLock(home)
        generations = Generations(home, encoder, Engine(chroma_url, milvus_uri))
        self._current = Current(generations, lock, fresh=fresh)
        self._extracts = Extracts(home)
        self.kept = KeptBulletins(self._shelf, self._extracts, lambda: self._index.catalogue)
        self._writer = Writer(home, self._shelf, self._current, lock, self.bulletin)
        if not fresh:
            self._index.catalogue.holdings()

    def seen_by(self, sight: Sight) -> "Library":
        """The library as somebody sees it who may see so much of it: the rest is not there, neither
        to be found nor to be counted, opened, replaced or removed. It is never seen wider again.
        """
        narrowed = self.sight.narrowed(sight)
        if narrowed == self.sight:
            return self
        seen = copy(self)
        seen.sight, seen.kept = narrowed, self.kept.seen_by(narrowed)
        seen.synced = self.synced and self.synced.seen_by(narrowed)
        return seen

    def set_by_hand(self, bulletin_id: str, facts: HandFacts) -> Bulletin:
        """Know this of a bulletin, in place of what was set before; its text stays as it is.

        :raises CallError: the library has none of that id.
        """
        entry = self.kept.entry(bulletin_id)
        self._writer.set_by_hand(entry.id, facts)
        LOG.info("set by hand", extra={"bulletin": entry.id, **asdict(facts)})
        return self.bulletin(entry.id)

    def foresee(self, path: Path, folder: str = "") -> Incoming:
        """What `add` would do with a file, before anything is done.

        :raises CallError: see add.
        :raises BulletinError: it cannot be read, or is empty or too large.
        """
        name = _name_in(folder, path)
        digest = sha256(read_bytes(path)).hexdigest()
        entries, places = self._index.catalogue.entries(), self._shelf.places.read()
        foreseen = incoming(name, digest, entries, places, self._shelf.fold)
        is_seen = foreseen.other is None or self.sight.sees(foreseen.other.id, places)
        return foreseen if is_seen else Incoming(foreseen.id, Standing.NEW)

    def add(self, path: Path, *, replace: bool = False, folder: str = "") -> Bulletin:
        """Take in a file, into a folder of the library's tree if one is named (2024/一季度). One of
        its id that holds other content is replaced if `replace` says so, and its version kept; one
        of the same content is held once, with both places: it is returned.

        :raises CallError: there is no such file, or its kind is not read.
        :raises BulletinError: it is no bulletin.
        :raises ReplacesError: another content has its id, and it is not said to replace it.
        """
        foreseen = self.foresee(path, folder)
        if foreseen.standing is Standing.REPLACES and not replace:
            raise ReplacesError(
                f"{path}: the library holds {foreseen.id} with other content; add it with "
                "--replace to replace that, whose version is kept, or rename the file "
                "(库中已有同名简报且内容不同：要替换请确认替换，旧版保留；要并存请改名)"
            )
        data = read_bytes(path)
        try_reading(data, path.suffix.lower(), str(path))
        name = f"{foreseen.id}{path.suffix.lower()}"
        bulletin = parse(data, name, str(path), self._extracts.read)
        self._writer.add(name, data)
        LOG.info("added", extra={"bulletin": bulletin.id, "paragraphs": len(bulletin.paragraphs)})
        return self.bulletin(bulletin.id)

    def remove(self, bulletin_id: str) -> None:
        """Take a bulletin out, from all places that hold its content and are seen; its files are
        kept aside, and no sync brings them back.

        :raises CallError: the library has none of that id.
        """
        places, files = self._shelf.places.read(), self._shelf.files()
        held = places.held_as(bulletin_id)
        known = bulletin_id in files or bulletin_id in self._shelf.lost()
        if not known or not self.sight.sees(held, places):
            held = self.kept.entry(bulletin_id).id
        everywhere = [*places.others(held), held]
        self._writer.remove([place for place in everywhere if self.sight.sees_place(place)])
        LOG.info("removed", extra={"bulletin": held})

    def sync(
        self, folder: Path, progress: Progress | None = None, waiting: Collection[Path] = ()
    ) -> Changes:
        """Make the library hold what `folder` and the folders in it hold, beside what was added by
        hand; `synced` tells of the last one.

        A file whose size and time are unchanged is not read; one that is `waiting`, as it is still
        being written, stays as it was. A file that is no bulletin is left out and named in
        `failed`, or in `skipped` where its kind says so; the others are taken in.

        :raises CallError: there is no such folder, or it holds no bulletin file.
        """
        self.synced = self._writer.sync(folder, progress, waiting)
        return self.synced

    def mend(self) -> None:
        """Delete vectors that no unit has and make missing ones, as a crash may leave them."""
        self._writer.mend()

    def close(self) -> None:
        """Release the databases."""
        self._current.close()


def _name_in(folder: str, path: Path) -> str:
    """A file's name in a folder of the library's tree.

    :raises CallError: it cannot be an id.
    """
    name = "/".join([*(part for part in folder.split("/") if part), path.name])
    check_name(name)
    return name
