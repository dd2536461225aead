"""Which version wrote the databases of a data directory: what a newer one wrote is left alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LibraryError
from ui.store import answer_record, api_keys, audit, collections_file, page_database, usage_counts
from ui.store.conversations import newest_shape
from ui.store.page_database import Store
from ui.store.sqlite_file import WAY_BACK, schema_of

_DATABASES = (
    ("对话 conversations", page_database.CONVERSATIONS, page_database.SCHEMA),
    ("审计 records", audit.AUDIT, audit.SCHEMA),
    ("密钥 keys", api_keys.KEYS, api_keys.SCHEMA),
    ("授权 collections", collections_file.COLLECTIONS, collections_file.SCHEMA),
    ("统计 statistics", usage_counts.USAGE, usage_counts.SCHEMA),
)


@dataclass(frozen=True, slots=True)
class FormFound:
    """Something in a data directory: its name, the number of its form there, 0 where it is not yet,
    and the number that this program knows.
    """

    name: str
    found: int
    known: int

    @property
    def is_newer(self) -> bool:
        """Whether a later version wrote it."""
        return self.found > self.known


def written_in(home: Path) -> Iterator[FormFound]:
    """The databases of a data directory, and the answers in them. They are only read.

    :raises LibraryError: one cannot be.
    """
    for name, file, schema in _DATABASES:
        yield FormFound(name, schema_of(home / file), schema)
    kept = home / page_database.CONVERSATIONS
    same = schema_of(kept) == page_database.SCHEMA
    shape = newest_shape(Store(kept)) if same else 0
    yield FormFound("回答 answers", shape, answer_record.SHAPE)


def refuse_newer(home: Path) -> None:
    """:raises LibraryError: a later version wrote here; the error says how to go back."""
    newer = [one for one in written_in(home) if one.is_newer]
    if newer:
        told = "; ".join(f"{one.name} {one.found}, this program knows {one.known}" for one in newer)
        raise LibraryError(
            f"data directory {home} was written by a newer version ({told}); {WAY_BACK}"
        )
