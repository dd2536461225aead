"""What this version will do to a data directory that an earlier one left."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from index.found_index import ReadingTime, found_index, reading_time
from index.generation import UNTOLD, versions_for
from index.store.databases import Engine
from index.vectors.encoders import encoder_of
from rag.settings import Settings
from ui.upkeep.backup import lasting
from ui.upkeep.written_by import FormFound, written_in

INDEX = "索引 index"


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What was found of databases and index, the index by its versions, and what is to come.

    `remade`: a new index is made beside the old one, of `bulletins`, whose reading takes `reading`.
    It needs about `room` bytes, as the old one does, where `free` are; `backup` are the bytes of
    what a backup keeps, before it is compressed.
    """

    found: tuple[FormFound, ...]
    remade: bool
    other_model: bool
    bulletins: int
    reading: ReadingTime
    room: int
    free: int
    backup: int

    @property
    def newer(self) -> tuple[FormFound, ...]:
        """What a later version wrote: this one does nothing then."""
        return tuple(one for one in self.found if one.is_newer)

    @property
    def fits(self) -> bool:
        """Whether there is room for what is to come."""
        return not self.remade or self.room <= self.free


def plan_upgrade(settings: Settings) -> UpgradePlan:
    """Look at the data directory of these settings; nothing in it is changed.

    :raises LibraryError: something in it cannot be read.
    :raises ModelError: the embedding model cannot be loaded.
    """
    home, shelf = settings.home, settings.library_home
    encoder = encoder_of(settings.embedding_model)
    index = found_index(shelf, encoder, Engine(settings.chroma_url, settings.milvus_uri))
    found = list(written_in(home))
    older = False
    if index is not None:
        parts = [
            FormFound(f"{INDEX} {k}", index.versions.get(k, UNTOLD.get(k, 0)), v)
            for k, v in versions_for(encoder).items()
        ]
        older = any(one.found != one.known for one in parts)
        found += parts
    newer = any(one.is_newer for one in found)
    remade = index is not None and not newer and (older or index.other_model)
    return UpgradePlan(
        found=tuple(found),
        remade=remade,
        other_model=index is not None and index.other_model,
        bulletins=index.bulletins if index else 0,
        reading=reading_time(shelf, encoder) if remade else ReadingTime(0, 0.0),
        room=index.size if index else 0,
        free=shutil.disk_usage(_nearest(shelf)).free,
        backup=sum(path.stat().st_size for one in {home, shelf} for path in lasting(one)),
    )


def _nearest(folder: Path) -> Path:
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())
