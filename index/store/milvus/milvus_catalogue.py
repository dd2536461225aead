"""Milvus: bulletins and their units.

A unit is visible as soon as the row of its bulletin names the same bytes (`unit_key`), and no
longer: that one row is the commit. The counts of words follow it; a writer that ends before they do
leaves a mark, and the next one counts anew.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index.keys import passage_keys, unit_key
from index.passages import Indexed
from index.records import Entry, Found, Holdings
from index.scope import OPEN, Scope
from index.store import unit_values
from index.store.milvus.milvus_collections import KEY, NO_VECTOR, VECTOR, Database, Row
from index.store.milvus.milvus_filter import inside, literal
from index.store.milvus.milvus_rows import (
    BULLETIN_FIELDS,
    UNIT_FIELDS,
    bulletin_row,
    entry_of_row,
    parts_of,
    row_number,
    unit_row,
)
from index.store.milvus.milvus_words import UNITS, WORDED, MilvusWords, WordsAsked
from index.words import lexical, term_search
from index.words.sparse import query_weights
from index.words.terms import Term

BULLETINS = "bulletins"
MANIFEST = ""  # a row beside the bulletins: no file has this id
_SEEN = ("unit", "bulletin", "position")  # what tells whether a unit is visible
_FOUND = (KEY, *_SEEN, "kind", "place", "places")
_COUNTED = (KEY, *_SEEN, "length", *WORDED)


class MilvusCatalogue:
    """The catalogue of one index; see `index.store.seams.CatalogueStore`. Safe to use
    from several threads; one process at a time may write.
    """

    def __init__(self, uri: str, index: str) -> None:
        """:raises LibraryError: the database cannot be opened."""
        self._db = Database(uri, index)
        self._db.create(BULLETINS, str, BULLETIN_FIELDS)
        self._db.create(UNITS, int, UNIT_FIELDS, indexed=("bulletin", "kind", "date"))
        self._words = MilvusWords(self._db)

    def manifest(self) -> dict[str, object]:
        """What made the index; empty for a new one."""
        rows = self._db.get(BULLETINS, KEY, [MANIFEST], ["entry"], latest=True)
        return dict(json.loads("".join(rows[0]["entry"]))) if rows else {}

    def set_manifest(self, manifest: Mapping[str, object]) -> None:
        """Write down what makes the index."""
        told = json.dumps(self.manifest() | dict(manifest))
        row = {KEY: MANIFEST, "sha256": "", "entry": parts_of(told), VECTOR: NO_VECTOR}
        self._db.put(BULLETINS, [row])

    def entries(self) -> dict[str, Entry]:
        """All bulletins by id, in order of id."""
        others = f"{KEY} != {literal(MANIFEST)}"
        rows = self._db.scan(BULLETINS, others, [KEY, "entry"], latest=True)
        return {entry.id: entry for entry in sorted(map(entry_of_row, rows), key=lambda e: e.id)}

    def holdings(self) -> Holdings:
        """How many bulletins and paragraphs there are."""
        totals = self._words.totals()
        return Holdings(totals["bulletins"], totals["paragraphs"])

    def entry(self, bulletin_id: str) -> Entry | None:
        """One bulletin, if the index has it."""
        return self._known([bulletin_id]).get(bulletin_id) if bulletin_id != MANIFEST else None

    def touch(self, bulletin_id: str, mtime_ns: int, origin: str) -> None:
        """Note that a file was rewritten with the same bytes."""
        if entry := self.entry(bulletin_id):
            self._db.put(
                BULLETINS, [bulletin_row(replace(entry, mtime_ns=mtime_ns, origin=origin))]
            )

    def replace(
        self, entries: Sequence[tuple[Entry, Sequence[Indexed]]], gone: Sequence[str] = ()
    ) -> None:
        """Enter bulletins with their units; older versions of them go, and what is `gone`."""
        totals = self._trusted()
        ids = [entry.id for entry, _ in entries]
        known, old = self._known(ids, latest=True), self._units_of(ids, _COUNTED)
        mean = self._mean_length(entries)
        new = [unit_row(entry, unit, mean) for entry, units in entries for unit in units]
        self._words.mark(totals, dirty=True)
        self._db.put(UNITS, new)
        self._db.put(BULLETINS, [bulletin_row(entry) for entry, _ in entries])
        kept = {row[KEY] for row in new}
        self._db.delete(UNITS, [row[KEY] for row in old if row[KEY] not in kept])
        self._words.change(totals, old, new, known.values(), [entry for entry, _ in entries])
        for bulletin_id in gone:
            self.delete(bulletin_id)

    def delete(self, bulletin_id: str) -> None:
        """Forget a bulletin and its units; an unknown id is ignored."""
        totals = self._trusted()
        known = self._known([bulletin_id], latest=True)
        old = self._units_of([bulletin_id], _COUNTED)
        self._words.mark(totals, dirty=True)
        self._db.delete(BULLETINS, [bulletin_id])
        self._db.delete(UNITS, [row[KEY] for row in old])
        self._words.change(totals, old, [], known.values(), [])

    def vector_ids(self, bulletins: Sequence[str] | None = None) -> set[str]:
        """Ids that the vectors of these bulletins, or of all, must have."""
        fields = (*_SEEN, "passages")
        rows = self._units_of(bulletins, fields)
        return {name for row in rows for name in passage_keys(row["unit"], row["passages"])}

    def search(self, query: str, limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that share words with the query, by BM25, best first."""
        totals = self._words.totals()
        frequency = self._words.frequencies(lexical.query_tokens(query), totals["version"])
        matched = {token: frequency[token] for token in lexical.matchable(frequency)}
        if not matched:
            return []
        weights = query_weights(matched, totals["units"])
        hits = self._db.nearest(UNITS, weights, limit, inside(scope), _FOUND)
        return self._found((row for row, _ in hits), {row[KEY]: score for row, score in hits})

    def search_terms(self, terms: Sequence[Term], limit: int, scope: Scope = OPEN) -> list[Found]:
        """Units inside the scope that have the terms, best first."""
        hits = term_search.search_terms(
            WordsAsked(self._db, self._words, inside(scope)), terms, limit
        )
        scores = {hit.row: hit.score for hit in hits}
        return self._found(self._db.get(UNITS, KEY, list(scores), _FOUND), scores)

    def resolve(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms, those in pinyin with the words of the index that are spelt so."""
        return term_search.resolve(WordsAsked(self._db, self._words), terms)

    def locate(self, scores: dict[str, float]) -> list[Found]:
        """Units with these keys, best first; one that is not visible is left out."""
        rows = {row_number(key): score for key, score in scores.items()}
        return self._found(self._db.get(UNITS, KEY, list(rows), _FOUND), rows)

    def keys(self, scope: Scope) -> dict[str, int]:
        """Keys of the units inside a scope, with the number of their passages."""
        rows = self._db.scan(UNITS, inside(scope), (*_SEEN, "passages"))
        return {row["unit"]: row["passages"] for row in self._visible(rows)}

    def texts(self, scope: Scope) -> dict[str, str]:
        """Texts of the units inside a scope by key."""
        rows = self._db.scan(UNITS, inside(scope), (*_SEEN, "text"))
        return {row["unit"]: "".join(row["text"]) for row in self._visible(rows)}

    def bulletins(self, scope: Scope) -> set[str]:
        """Ids of the bulletins that have a unit inside a scope."""
        rows = self._db.scan(UNITS, inside(scope), _SEEN)
        return {row["bulletin"] for row in self._visible(rows)}

    def size(self) -> int:
        """Number of units."""
        return self._words.totals()["units"]

    def check(self) -> None:
        """Read all bulletins; Milvus checks its own files.

        :raises LibraryError: they cannot be read.
        """
        self.entries()

    def passages(self) -> int:
        """Number of passages, by reading all units."""
        return sum(row["passages"] for row in self._units_of(None, (*_SEEN, "passages")))

    def state(self) -> tuple[int, int]:
        """What changes whenever anybody writes."""
        return self._words.totals()["version"], 0

    def frequencies(self, tokens: Sequence[str]) -> dict[str, int]:
        """How many units hold each token."""
        return self._words.frequencies(tokens, self._words.totals()["version"])

    def held(self, tokens: Sequence[str], scope: Scope) -> set[str]:
        """Which of these tokens a unit inside a scope holds."""
        asked = WordsAsked(self._db, self._words, inside(scope))
        return {one for one in tokens if asked.pool([(one,)], 1)}

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def _mean_length(self, entries: Sequence[tuple[Entry, Sequence[Indexed]]]) -> float:
        """Tokens of a unit on average, among the first that the index was given: the weights that
        are stored hold it, so it stays as it is until the index is made anew.
        """
        manifest = self.manifest()
        if "mean_length" not in manifest:
            lengths = [u.length + len(u.context.split()) for _, units in entries for u in units]
            manifest = {"mean_length": max(1.0, sum(lengths) / max(len(lengths), 1))}
            self.set_manifest(manifest)
        return float(str(manifest["mean_length"]))

    def _trusted(self) -> dict[str, int]:
        """The totals; counted anew, and rid of what is not visible, after a writer that ended
        halfway.
        """
        totals = self._words.totals(latest=True)
        if not totals["dirty"]:
            return totals
        entries = self.entries()
        stored = {row[KEY] for row in self._db.scan(UNITS, "", [KEY], latest=True)}
        seen = {row[KEY] for row in self._units_of(None, (KEY, *_SEEN))}
        self._db.delete(UNITS, sorted(stored - seen))
        units = self._db.scan(UNITS, "", _COUNTED, latest=True)
        return self._words.count_anew(units, list(entries.values()))

    def _units_of(self, bulletins: Sequence[str] | None, fields: Sequence[str]) -> list[Row]:
        """The visible units of these bulletins, or of all, as whoever writes must see them."""
        if bulletins is None:
            rows = self._db.scan(UNITS, "", fields, latest=True)
        else:
            rows = iter(self._db.get(UNITS, "bulletin", bulletins, fields, latest=True))
        return self._visible(rows, latest=True)

    def _known(self, bulletins: Iterable[str], *, latest: bool = False) -> dict[str, Entry]:
        rows = self._db.get(BULLETINS, KEY, list(bulletins), [KEY, "entry"], latest=latest)
        return {row[KEY]: entry_of_row(row) for row in rows}

    def _visible(self, rows: Iterable[Row], *, latest: bool = False) -> list[Row]:
        """Those rows whose bulletin is in the catalogue with the bytes that they were made of."""
        rows = list(rows)
        bulletins = list({row["bulletin"] for row in rows})
        known = self._db.get(BULLETINS, KEY, bulletins, [KEY, "sha256"], latest=latest)
        shas = {row[KEY]: row["sha256"] for row in known}
        return [
            row
            for row in rows
            if (sha := shas.get(row["bulletin"]))
            and row["unit"] == unit_key(row["bulletin"], sha, row["position"])
        ]

    def _found(self, rows: Iterable[Row], scores: Mapping[int, float]) -> list[Found]:
        return unit_values.best_first(
            unit_values.found(row, row[KEY], scores[row[KEY]]) for row in self._visible(rows)
        )
