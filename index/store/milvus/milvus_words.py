"""Milvus: how many units hold each word, and how much there is in all."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.records import Entry
from index.store.milvus.milvus_collections import KEY, NO_VECTOR, VECTOR, Database, Row
from index.store.milvus.milvus_filter import literal
from index.words.sparse import query_weights
from index.words.token_counts import TokenCounts

UNITS, WORDS = "units", "words"
WORDED = ("body", "context")  # fields of a unit that hold its tokens
# Rows beside the words: no token begins with a blank. `dirty` is 1 while a writer is at work, and
# for as long as its counts are not trusted; `version` grows with every change.
TOTALS = ("bulletins", "paragraphs", "units", "length", "dirty", "version")


class MilvusWords:
    """The counts of one index, kept in step by the one process that writes."""

    def __init__(self, database: Database) -> None:
        """:raises LibraryError: the database cannot be used."""
        self._db = database
        self._db.create(WORDS, str, {"count": int})
        self._known = TokenCounts()

    def totals(self, *, latest: bool = False) -> dict[str, int]:
        """All of TOTALS by name, 0 in a new index; `latest` for whoever writes."""
        names = [f" {name}" for name in TOTALS]
        rows = self._db.get(WORDS, KEY, names, [KEY, "count"], latest=latest)
        return dict.fromkeys(TOTALS, 0) | {row[KEY][1:]: int(row["count"]) for row in rows}

    def mark(self, totals: Mapping[str, int], *, dirty: bool) -> None:
        """Write the totals down, as the next version."""
        marked = {**totals, "dirty": int(dirty), "version": totals["version"] + 1}
        self._put({f" {name}": count for name, count in marked.items()})

    def frequencies(self, tokens: Sequence[str], version: int) -> dict[str, int]:
        """How many units hold each token, each asked for once as long as nothing is written."""
        return self._known.of(tokens, version, self._counts)

    def tokens_from(self, char: str) -> list[str]:
        """The tokens that begin with this character, in order, that alone left out."""
        bounds = f"{KEY} > {literal(char)} and {KEY} < {literal(chr(ord(char) + 1))}"
        return sorted(row[KEY] for row in self._db.scan(WORDS, f"{bounds} and count > 0", [KEY]))

    def change(
        self, totals: Mapping[str, int], old: Sequence[Row], new: Sequence[Row],
        left: Collection[Entry], come: Collection[Entry],
    ) -> None:  # fmt: skip
        """Units and bulletins came and went: bring counts and totals in step."""
        by = Counter[str]()
        for row in new:
            by.update(tokens_of(row))
        for row in old:
            by.subtract(tokens_of(row))
        changed = [token for token, count in by.items() if count]
        counts = self._counts(changed, latest=True)
        self._put({token: counts.get(token, 0) + by[token] for token in changed})
        grown = {
            "bulletins": len(come) - len(left),
            "paragraphs": _paragraphs(come) - _paragraphs(left),
            "units": len(new) - len(old),
            "length": _length(new) - _length(old),
        }
        totals = dict(totals) | {name: totals[name] + more for name, more in grown.items()}
        self.mark({**totals, "version": totals["version"] + 1}, dirty=False)

    def count_anew(self, units: Iterable[Row], bulletins: Collection[Entry]) -> dict[str, int]:
        """Count all units, as after a writer that ended halfway; returns the totals."""
        words = Counter[str]()
        number = length = 0
        for row in units:
            words.update(tokens_of(row))
            number, length = number + 1, length + row["length"]
        stored = {row[KEY] for row in self._db.scan(WORDS, "", [KEY], latest=True)}
        stale = [word for word in stored - words.keys() if not word.startswith(" ")]
        self._db.delete(WORDS, stale)
        self._put(words)
        return self.totals(latest=True) | {
            "bulletins": len(bulletins), "paragraphs": _paragraphs(bulletins), "units": number,
            "length": length,
        }  # fmt: skip

    def _counts(self, tokens: Sequence[str], *, latest: bool = False) -> dict[str, int]:
        rows = self._db.get(WORDS, KEY, tokens, [KEY, "count"], latest=latest)
        return {row[KEY]: int(row["count"]) for row in rows}

    def _put(self, counts: Mapping[str, int]) -> None:
        rows = [{KEY: word, "count": count, VECTOR: NO_VECTOR} for word, count in counts.items()]
        self._db.put(WORDS, rows)


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """The words as `term_search` reads them, inside a condition on the units."""

    database: Database
    words: MilvusWords
    condition: str = ""

    def texts(self) -> int:
        """Number of units."""
        return self.words.totals()["units"]

    def frequencies(self, tokens: Sequence[str]) -> dict[str, int]:
        """How many units hold each token."""
        return self.words.frequencies(tokens, self.words.totals()["version"])

    def pool(self, words: Collection[tuple[str, ...]], limit: int) -> list[tuple[int, str, str]]:
        """Row, body and context of the units that have all tokens of some word, by BM25.

        The engine finds units with any of the tokens; twice as many are asked for, and sifted.
        """
        tokens = list(dict.fromkeys(token for parts in words for token in parts))
        weights = query_weights(self.frequencies(tokens), self.texts())
        if not weights:
            return []
        wanted = [frozenset(parts) for parts in words]
        fields = [KEY, *WORDED]
        hits = self.database.nearest(UNITS, weights, 2 * limit, self.condition, fields)
        found = []
        for row, _ in hits:
            held = tokens_of(row)
            if any(parts <= held for parts in wanted):
                found.append((int(row[KEY]), "".join(row["body"]), "".join(row["context"])))
        return found[:limit]

    def tokens_from(self, char: str) -> list[str]:
        """The tokens that begin with this character, in order, that alone left out."""
        return self.words.tokens_from(char)


def tokens_of(row: Row) -> set[str]:
    """The distinct tokens of a unit, in its text and around it."""
    return {token for field in WORDED for token in "".join(row[field]).split()}


def _paragraphs(entries: Collection[Entry]) -> int:
    return sum(entry.paragraphs for entry in entries)


def _length(rows: Iterable[Row]) -> int:
    return sum(row["length"] for row in rows)
