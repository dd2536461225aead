"""SQLite: which bulletins and units are indexed, and by what the index was made.

One database holds the catalogue and the words, so a bulletin appears in both with one commit.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from corpus.bulletin import Kind
from corpus.errors import LibraryError
from index.keys import passage_keys, unit_key
from index.passages import Indexed
from index.rebuild import REBUILD
from index.records import Entry, Found, Holdings, Reading, Statistics
from index.scope import OPEN, Scope
from index.store import integrity
from index.store.bounds import condition, rows_inside
from index.words import lexical, term_search
from index.words.terms import Term

SCHEMA_VERSION = 2
BUSY_SECONDS = 30  # how long to wait for another process's commit before giving up
COUNTED_TOKENS = 50_000  # frequencies remembered, some 5 MB

_SCHEMA = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE bulletins (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    origin TEXT NOT NULL, title TEXT NOT NULL, date TEXT, places TEXT NOT NULL,
    articles INTEGER NOT NULL, paragraphs INTEGER NOT NULL, doubtful INTEGER NOT NULL
);
CREATE TABLE units (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, bulletin TEXT NOT NULL
    REFERENCES bulletins(id), position INTEGER NOT NULL, passages INTEGER NOT NULL,
    kind TEXT NOT NULL, place TEXT NOT NULL, places TEXT NOT NULL, text TEXT NOT NULL,
    length INTEGER NOT NULL
);
CREATE INDEX units_by_bulletin ON units(bulletin);
CREATE INDEX units_by_kind ON units(kind, key, passages);
CREATE INDEX units_by_place ON units(places) WHERE places != '';
CREATE TABLE totals (units INTEGER NOT NULL, length INTEGER NOT NULL);
INSERT INTO totals VALUES (0, 0);
"""


class Catalogue:
    """The database of one index. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the database, making it where there is none.

        :raises LibraryError: it cannot be opened or is damaged.
        """
        self._path = path
        self._lock = RLock()
        self._counts: dict[str, int] = {}
        self._counted_at = (-1, -1)  # what another connection wrote, and what this one did
        try:
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                with self._transaction() as db:
                    # executescript would commit on its own: one statement at a time
                    for statement in (_SCHEMA + lexical.SCHEMA).split(";"):
                        db.execute(statement)
            elif path.stat().st_size <= integrity.AT_OPENING:
                integrity.check(self._db)
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

    def holdings(self) -> Holdings:
        """How many bulletins and paragraphs there are."""
        with self._reading() as db:
            counts = db.execute("SELECT count(*), total(paragraphs) FROM bulletins").fetchone()
        return Holdings(int(counts[0]), int(counts[1]))

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
                        "INSERT INTO units(key, bulletin, position, passages, kind, place, "
                        "places, text, length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        (unit_key(entry.id, entry.sha256, unit.position), entry.id, unit.position,
                         len(unit.passages), unit.kind, unit.place or "", _codes(unit.places),
                         unit.text, unit.length),
                    )  # fmt: skip
                    assert cursor.lastrowid is not None  # nosec B101 # an insert has a row
                    lexical.insert(db, cursor.lastrowid, unit)
                db.execute(
                    "UPDATE totals SET units = units + ?, length = length + ?",
                    (len(units), sum(unit.length for unit in units)),
                )

    def delete(self, bulletin_id: str) -> None:
        """Forget a bulletin and its units; an unknown id is ignored."""
        with self._transaction() as db:
            self._delete(db, bulletin_id)

    def vector_ids(self, bulletins: Sequence[str] | None = None) -> set[str]:
        """Ids that the vectors of these bulletins, or of all, must have."""
        where = "" if bulletins is None else f"WHERE bulletin IN ({_marks(bulletins)})"
        with self._reading() as db:
            query = f"SELECT key, passages FROM units {where}"  # nosec B608 # only ?
            rows = db.execute(query, bulletins or ()).fetchall()
        return {name for key, passages in rows for name in passage_keys(key, passages)}

    def search(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that share words with the query, best first."""
        tokens = lexical.query_tokens(query)
        with self._reading() as db:
            matched = lexical.matchable(self._frequencies(db, tokens))
            where, bounds = condition(scope)
            inside = rows_inside(where)
            hits = lexical.search(db, matched, limit, inside, bounds)
            return self._found(db, "row", {hit.row: hit.score for hit in hits})

    def search_terms(self, terms: Sequence[Term], limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that have the terms, best first."""
        where, bounds = condition(scope)
        inside = rows_inside(where)
        with self._reading() as db:
            words = lexical.Words(db, inside, tuple(bounds))
            hits = term_search.search_terms(words, terms, limit)
            return self._found(db, "row", {hit.row: hit.score for hit in hits})

    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms, those in pinyin with the words of the index that are spelt so."""
        with self._reading() as db:
            return term_search.resolve(lexical.Words(db), terms)

    def locate(self, scores: dict[str, float]) -> list[Found]:
        """Units with these keys, best first; a key that is not (yet, or any more) in the catalogue
        is left out: vectors are written before, and deleted after, what makes them visible.
        """
        with self._reading() as db:
            return self._found(db, "key", dict(scores))

    def keys(self, scope: Scope) -> dict[str, int]:
        """Keys of the units inside a scope, with the number of their passages."""
        where, bounds = condition(scope)
        with self._reading() as db:
            query = f"SELECT key, passages FROM units WHERE {where or 1}"  # nosec B608 # as condition
            return dict(db.execute(query, bounds).fetchall())

    def bulletins(self, scope: Scope) -> set[str]:
        """Ids of the bulletins that have a unit inside a scope."""
        where, bounds = condition(scope)
        with self._reading() as db:
            query = f"SELECT DISTINCT bulletin FROM units WHERE {where or 1}"  # nosec B608 # as condition
            return {bulletin for (bulletin,) in db.execute(query, bounds)}

    def read(self, rows: Sequence[int]) -> list[Reading]:
        """The units in these rows, in order of row."""
        marks = ",".join("?" * len(rows))
        with self._reading() as db:
            tokens = lexical.words_of(db, rows)
            units = db.execute(
                "SELECT row, key, bulletin, position, passages, kind, place, units.places, date, "  # nosec B608
                "text FROM units JOIN bulletins ON bulletin = id "
                f"WHERE row IN ({marks}) ORDER BY row",
                rows,
            ).fetchall()
        return [
            Reading(row, key, bulletin, position, passages, Kind(kind), place or None,
                    tuple(places.split()), date, text, *tokens[row])
            for row, key, bulletin, position, passages, kind, place, places, date, text in units
        ]  # fmt: skip

    def state(self) -> tuple[int, int]:
        """What changes whenever another connection writes, and whenever this one does."""
        with self._reading() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0]), db.total_changes

    def size(self) -> int:
        """Number of units."""
        with self._reading() as db:
            return int(db.execute("SELECT units FROM totals").fetchone()[0])

    def passages(self) -> int:
        """Number of passages, as many as there must be vectors."""
        with self._reading() as db:
            return int(db.execute("SELECT total(passages) FROM units").fetchone()[0])

    def statistics(self, tokens: Sequence[str]) -> Statistics:
        """How rare these tokens are."""
        with self._reading() as db:
            units, length = db.execute("SELECT units, length FROM totals").fetchone()
            return Statistics(units, length / max(units, 1), self._frequencies(db, tokens))

    def _frequencies(self, db: sqlite3.Connection, tokens: Sequence[str]) -> dict[str, int]:
        """lexical.frequencies, each token counted once as long as nothing is written: to count a
        common one takes milliseconds, and a search asks for the same ones several times.
        """
        state = self.state()
        if state != self._counted_at or len(self._counts) > COUNTED_TOKENS:
            self._counts, self._counted_at = {}, state
        fresh = [token for token in tokens if token not in self._counts]
        self._counts.update(lexical.frequencies(db, fresh))
        return {token: self._counts[token] for token in tokens}

    def check(self) -> None:
        """Read all of it, and compare the index of words with the units' texts. Changes nothing.

        :raises LibraryError: it is damaged.
        """
        with self._reading() as db:
            integrity.check(db)
            lexical.check(db)
            units, words, told = db.execute(
                "SELECT (SELECT count(*) FROM units), (SELECT count(*) FROM words), units "
                "FROM totals"
            ).fetchone()
            if not units == words == told:
                raise sqlite3.DatabaseError(f"{units} units, {words} with words, {told} counted")

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
            f"SELECT {column}, bulletin, position, row, kind, place, places FROM units "  # nosec B608
            f"WHERE {column} IN ({marks})",
            list(scores),
        ).fetchall()
        found = [
            Found(bulletin, position, scores[name], row, Kind(kind), place or None,
                  tuple(places.split()))
            for name, bulletin, position, row, kind, place, places in rows
        ]  # fmt: skip
        return sorted(found, key=lambda hit: (-hit.score, hit.bulletin, hit.position))

    @staticmethod
    def _delete(db: sqlite3.Connection, bulletin_id: str) -> None:
        rows = db.execute(
            "SELECT row, length FROM units WHERE bulletin = ?", (bulletin_id,)
        ).fetchall()
        lexical.delete(db, [row for row, _ in rows])
        db.execute(
            "UPDATE totals SET units = units - ?, length = length - ?",
            (len(rows), sum(length for _, length in rows)),
        )
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
        mend = REBUILD
        if any(word in str(error) for word in ("readonly", "unable to open", "full", "I/O error")):
            mend = "make room there, mend its rights, or set JIANBAO_HOME to another folder"
        return LibraryError(f"index {self._path} cannot be used ({error}); {mend}")


def _entry(row: tuple[Any, ...]) -> Entry:
    values = list(row)
    values[7] = tuple(json.loads(row[7]))
    return Entry(*values)


def _codes(places: Sequence[str]) -> str:
    """Codes of places between blanks: ' 14 ' finds 14 itself, ' 14' also what lies within it."""
    return "".join(f" {code}" for code in places)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
