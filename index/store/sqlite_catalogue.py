"""SQLite: which bulletins and units are indexed, and by what the index was made.

One database holds the catalogue and the words, so a bulletin appears in both with one commit.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.keys import passage_keys
from index.passages import Indexed
from index.records import Entry, Found, Holdings
from index.scope import OPEN, Scope
from index.store import integrity, unit_values
from index.store.bounds import condition, rows_inside
from index.store.sqlite_database import SqliteDatabase
from index.store.sqlite_tables import (
    INSERT_BULLETIN,
    INSERT_UNIT,
    SCHEMA,
    bulletin_row,
    entry_of_row,
    marks,
    unit_row,
)
from index.words import lexical, term_search
from index.words.terms import Term
from index.words.token_counts import TokenCounts

_SEEN = "row, key, bulletin, position, kind, place, places"  # of a unit, without its text


class Catalogue:
    """The database of one index. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the database, making it where there is none.

        :raises LibraryError: it cannot be opened or is damaged.
        """
        self._database = SqliteDatabase(path, SCHEMA)
        self._counts = TokenCounts()

    def manifest(self) -> dict[str, object]:
        """What made the index, as written by set_manifest; empty for a new index."""
        with self._database.reading() as db:
            rows = db.execute("SELECT key, value FROM manifest").fetchall()
        return {key: json.loads(value) for key, value in rows}

    def set_manifest(self, manifest: Mapping[str, object]) -> None:
        """Write down what makes the index."""
        with self._database.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO manifest VALUES (?, ?)",
                [(key, json.dumps(value, ensure_ascii=False)) for key, value in manifest.items()],
            )

    def entries(self) -> dict[str, Entry]:
        """All bulletins by id, in order of id."""
        with self._database.reading() as db:
            rows = db.execute("SELECT * FROM bulletins ORDER BY id").fetchall()
        return {row["id"]: entry_of_row(dict(row)) for row in rows}

    def holdings(self) -> Holdings:
        """How many bulletins and paragraphs there are."""
        with self._database.reading() as db:
            counts = db.execute("SELECT count(*), total(paragraphs) FROM bulletins").fetchone()
        return Holdings(int(counts[0]), int(counts[1]))

    def entry(self, bulletin_id: str) -> Entry | None:
        """One bulletin, if the index has it."""
        with self._database.reading() as db:
            row = db.execute("SELECT * FROM bulletins WHERE id = ?", (bulletin_id,)).fetchone()
        return entry_of_row(dict(row)) if row else None

    def touch(self, bulletin_id: str, mtime_ns: int, origin: str) -> None:
        """Note that a file was rewritten with the same bytes."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE bulletins SET mtime_ns = ?, origin = ? WHERE id = ?",
                (mtime_ns, origin, bulletin_id),
            )

    def replace(
        self, entries: Sequence[tuple[Entry, Sequence[Indexed]]], gone: Sequence[str] = ()
    ) -> None:
        """Enter bulletins with their units, in one commit; older versions of them go, and those
        that are `gone`, as they have another id now.
        """
        with self._database.transaction() as db:
            for bulletin_id in gone:
                self._delete(db, bulletin_id)
            for entry, units in entries:
                self._delete(db, entry.id)
                db.execute(INSERT_BULLETIN, bulletin_row(entry))
                for unit in units:
                    cursor = db.execute(INSERT_UNIT, unit_row(entry, unit))
                    assert cursor.lastrowid is not None  # nosec B101 # an insert has a row
                    lexical.insert(db, cursor.lastrowid, unit)
                db.execute(
                    "UPDATE totals SET units = units + ?, length = length + ?",
                    (len(units), sum(unit.length for unit in units)),
                )

    def delete(self, bulletin_id: str) -> None:
        """Forget a bulletin and its units; an unknown id is ignored."""
        with self._database.transaction() as db:
            self._delete(db, bulletin_id)

    def vector_ids(self, bulletins: Sequence[str] | None = None) -> set[str]:
        """Ids that the vectors of these bulletins, or of all, must have."""
        where = "" if bulletins is None else f"WHERE bulletin IN ({marks(bulletins)})"
        with self._database.reading() as db:
            query = f"SELECT key, passages FROM units {where}"  # nosec B608 # only ?
            rows = db.execute(query, bulletins or ()).fetchall()
        return {name for key, passages in rows for name in passage_keys(key, passages)}

    def search(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that share words with the query, best first."""
        tokens = lexical.query_tokens(query)
        with self._database.reading() as db:
            matched = lexical.matchable(self._frequencies(db, tokens))
            where, bounds = condition(scope)
            inside = rows_inside(where)
            hits = lexical.search(db, matched, limit, inside, bounds)
            return self._found(db, "row", {hit.row: hit.score for hit in hits})

    def search_terms(self, terms: Sequence[Term], limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that have the terms, best first."""
        where, bounds = condition(scope)
        inside = rows_inside(where)
        with self._database.reading() as db:
            words = lexical.Words(db, inside, tuple(bounds))
            hits = term_search.search_terms(words, terms, limit)
            return self._found(db, "row", {hit.row: hit.score for hit in hits})

    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms, those in pinyin with the words of the index that are spelt so."""
        with self._database.reading() as db:
            return term_search.resolve(lexical.Words(db), terms)

    def locate(self, scores: dict[str, float]) -> list[Found]:
        """Units with these keys, best first; a key that is not (yet, or any more) in the catalogue
        is left out: vectors are written before, and deleted after, what makes them visible.
        """
        with self._database.reading() as db:
            return self._found(db, "key", dict(scores))

    def keys(self, scope: Scope) -> dict[str, int]:
        """Keys of the units inside a scope, with the number of their passages."""
        where, bounds = condition(scope)
        with self._database.reading() as db:
            query = f"SELECT key, passages FROM units WHERE {where or 1}"  # nosec B608 # as condition
            return dict(db.execute(query, bounds).fetchall())

    def texts(self, scope: Scope) -> dict[str, str]:
        """Texts of the units inside a scope by key."""
        where, bounds = condition(scope)
        with self._database.reading() as db:
            query = f"SELECT key, text FROM units WHERE {where or 1}"  # nosec B608 # as condition
            return dict(db.execute(query, bounds).fetchall())

    def bulletins(self, scope: Scope) -> set[str]:
        """Ids of the bulletins that have a unit inside a scope."""
        where, bounds = condition(scope)
        with self._database.reading() as db:
            query = f"SELECT DISTINCT bulletin FROM units WHERE {where or 1}"  # nosec B608 # as condition
            return {bulletin for (bulletin,) in db.execute(query, bounds)}

    def state(self) -> tuple[int, int]:
        """What changes whenever another connection writes, and whenever this one does."""
        return self._database.state()

    def size(self) -> int:
        """Number of units."""
        with self._database.reading() as db:
            return int(db.execute("SELECT units FROM totals").fetchone()[0])

    def passages(self) -> int:
        """Number of passages, as many as there must be vectors."""
        with self._database.reading() as db:
            return int(db.execute("SELECT total(passages) FROM units").fetchone()[0])

    def frequencies(self, tokens: Sequence[str]) -> dict[str, int]:
        """How many units hold each token."""
        with self._database.reading() as db:
            return self._frequencies(db, tokens)

    def held(self, tokens: Sequence[str], scope: Scope) -> set[str]:
        """Which of these tokens a unit inside a scope holds."""
        where, bounds = condition(scope)
        with self._database.reading() as db:
            return {one for one in tokens if lexical.is_held(db, one, where or "1", bounds)}

    def _frequencies(self, db: sqlite3.Connection, tokens: Sequence[str]) -> dict[str, int]:
        return self._counts.of(tokens, self.state(), lambda some: lexical.frequencies(db, some))

    def check(self) -> None:
        """Read all of it, and compare the index of words with the units' texts. Changes nothing.

        :raises LibraryError: it is damaged.
        """
        with self._database.reading() as db:
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
        self._database.close()

    @staticmethod
    def _found(db: sqlite3.Connection, column: str, scores: Mapping[Any, float]) -> list[Found]:
        rows = db.execute(
            f"SELECT {_SEEN} FROM units WHERE {column} IN ({marks(scores)})",  # nosec B608 # only ?
            list(scores),
        ).fetchall()
        return unit_values.best_first(
            unit_values.found(dict(row), row["row"], scores[row[column]]) for row in rows
        )

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
