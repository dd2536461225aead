"""SQLite: which bulletins and units are indexed, and by what the index was made.

One database holds the catalogue and the words, so a bulletin appears in both with one commit.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

from corpus.errors import LibraryError
from index import lexical
from index.passages import Indexed
from index.terms import Term

SCHEMA_VERSION = 1
BUSY_SECONDS = 30  # how long to wait for another process's commit before giving up

_SCHEMA = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE bulletins (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    origin TEXT NOT NULL, title TEXT NOT NULL, date TEXT, places TEXT NOT NULL,
    articles INTEGER NOT NULL, paragraphs INTEGER NOT NULL, doubtful INTEGER NOT NULL
);
CREATE TABLE units (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, bulletin TEXT NOT NULL
    REFERENCES bulletins(id), position INTEGER NOT NULL, passages INTEGER NOT NULL
);
CREATE INDEX units_by_bulletin ON units(bulletin);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bulletin in the catalogue; `size` in bytes, `mtime_ns` of its file on the shelf."""

    id: str
    sha256: str
    size: int
    mtime_ns: int
    origin: str
    title: str
    date: str | None
    places: tuple[str, ...]
    articles: int
    paragraphs: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found by one index: bulletin id, position in its units, score (higher is better)."""

    bulletin: str
    position: int
    score: float


class Catalogue:
    """The database of one index. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the database, making it where there is none.

        :raises LibraryError: it cannot be opened or is damaged.
        """
        self._path = path
        self._lock = RLock()
        try:
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                with self._transaction() as db:
                    # executescript would commit on its own: one statement at a time
                    for statement in (_SCHEMA + lexical.SCHEMA).split(";"):
                        db.execute(statement)
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def manifest(self) -> dict[str, object]:
        """What made the index, as written by set_manifest; empty for a new index."""
        with self._reading() as db:
            rows = db.execute("SELECT key, value FROM manifest").fetchall()
        return {key: json.loads(value) for key, value in rows}

    def set_manifest(self, manifest: dict[str, object]) -> None:
        """Write down what makes the index."""
        with self._transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO manifest VALUES (?, ?)",
                [(key, json.dumps(value, ensure_ascii=False)) for key, value in manifest.items()],
            )

    def entries(self) -> dict[str, Entry]:
        """All bulletins by id, in order of id."""
        with self._reading() as db:
            rows = db.execute("SELECT * FROM bulletins ORDER BY id").fetchall()
        return {row[0]: _entry(row) for row in rows}

    def entry(self, bulletin_id: str) -> Entry | None:
        """One bulletin, if the index has it."""
        with self._reading() as db:
            row = db.execute("SELECT * FROM bulletins WHERE id = ?", (bulletin_id,)).fetchone()
        return _entry(row) if row else None

    def touch(self, bulletin_id: str, mtime_ns: int, origin: str) -> None:
        """Note that a file was rewritten with the same bytes."""
        with self._transaction() as db:
            db.execute(
                "UPDATE bulletins SET mtime_ns = ?, origin = ? WHERE id = ?",
                (mtime_ns, origin, bulletin_id),
            )

    def replace(self, entries: Sequence[tuple[Entry, Sequence[Indexed]]]) -> None:
        """Enter bulletins with their units, in one commit; older versions of them go."""
        with self._transaction() as db:
            for entry, units in entries:
                self._delete(db, entry.id)
                places = json.dumps(entry.places, ensure_ascii=False)
                db.execute(
                    "INSERT INTO bulletins VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (entry.id, entry.sha256, entry.size, entry.mtime_ns, entry.origin, entry.title,
                     entry.date, places, entry.articles, entry.paragraphs, entry.doubtful),
                )  # fmt: skip
                for unit in units:
                    cursor = db.execute(
                        "INSERT INTO units(key, bulletin, position, passages) VALUES (?, ?, ?, ?)",
                        (unit_key(entry.id, entry.sha256, unit.position), entry.id, unit.position,
                         len(unit.passages)),
                    )  # fmt: skip
                    assert cursor.lastrowid is not None, "an insert has a row"
                    lexical.insert(db, cursor.lastrowid, unit)

    def delete(self, bulletin_id: str) -> None:
        """Forget a bulletin and its units; an unknown id is ignored."""
        with self._transaction() as db:
            self._delete(db, bulletin_id)

    def vector_ids(self, bulletin_id: str | None = None) -> set[str]:
        """Ids that the vectors of a bulletin, or of all, must have."""
        where, values = ("WHERE bulletin = ?", (bulletin_id,)) if bulletin_id else ("", ())
        with self._reading() as db:
            rows = db.execute(f"SELECT key, passages FROM units {where}", values).fetchall()
        return {f"{key}/{n}" for key, passages in rows for n in range(passages)}

    def search(self, query: str, limit: int) -> list[Found]:
        """Units that share words with the query, best first."""
        with self._reading() as db:
            hits = lexical.search(db, query, limit)
            return self._found(db, "row", {hit.row: hit.score for hit in hits})

    def search_terms(self, terms: Sequence[Term], limit: int) -> list[Found]:
        """Units that have the terms, best first; see lexical.search_terms."""
        with self._reading() as db:
            hits = lexical.search_terms(db, terms, limit)
            return self._found(db, "row", {hit.row: hit.score for hit in hits})

    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms, those in pinyin with the words of the index that are spelt so."""
        with self._reading() as db:
            return lexical.resolve(db, terms)

    def locate(self, scores: dict[str, float]) -> list[Found]:
        """Units with these keys, best first; a key that is not (yet, or any more) in the catalogue
        is left out: vectors are written before, and deleted after, what makes them visible.
        """
        with self._reading() as db:
            return self._found(db, "key", dict(scores))

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    @staticmethod
    def _found(
        db: sqlite3.Connection, column: str, scores: dict[int, float] | dict[str, float]
    ) -> list[Found]:
        marks = ",".join("?" * len(scores))
        rows = db.execute(
            f"SELECT {column}, bulletin, position FROM units WHERE {column} IN ({marks})",
            list(scores),
        ).fetchall()
        found = [Found(bulletin, position, scores[name]) for name, bulletin, position in rows]
        return sorted(found, key=lambda hit: (-hit.score, hit.bulletin, hit.position))

    @staticmethod
    def _delete(db: sqlite3.Connection, bulletin_id: str) -> None:
        rows = [
            r for (r,) in db.execute("SELECT row FROM units WHERE bulletin = ?", (bulletin_id,))
        ]
        lexical.delete(db, rows)
        db.execute("DELETE FROM units WHERE bulletin = ?", (bulletin_id,))
        db.execute("DELETE FROM bulletins WHERE id = ?", (bulletin_id,))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._db
            except sqlite3.Error as error:
                raise self._broken(error) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def _broken(self, error: sqlite3.Error) -> LibraryError:
        mend = "run: jianbao sync --rebuild"
        if "readonly" in str(error) or "unable to open" in str(error) or "full" in str(error):
            mend = "make room there, mend its rights, or set JIANBAO_HOME to another folder"
        return LibraryError(f"index {self._path} cannot be used ({error}); {mend}")


def _entry(row: tuple[Any, ...]) -> Entry:
    values = list(row)
    values[7] = tuple(json.loads(row[7]))
    return Entry(*values)


def unit_key(bulletin_id: str, sha256: str, position: int) -> str:
    """Key of a unit in both indexes; a changed file has other keys, so old vectors never match."""
    return f"{bulletin_id}@{sha256[:12]}#{position}"
