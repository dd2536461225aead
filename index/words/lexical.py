"""SQLite FTS5: words to units."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.passages import Indexed
from index.words.abbreviations import other_forms
from index.words.tokenizer import asked, tokenize

# A word in the unit's own text says more than one in the title that all its neighbours share.
BODY_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.35
# A question has a few dozen tokens; this bounds what an absurdly long one costs.
MAX_QUERY_TOKENS = 256
# Units that the match may touch, about: a word in half of a large library costs much and tells
# little, so common words are matched only while rarer ones leave room. Ranking counts them all.
MATCHED_UNITS = 5_000

SCHEMA = (
    "CREATE VIRTUAL TABLE words USING fts5"
    "(body, context, tokenize = 'unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
)


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A unit by its row in the table of units; a higher BM25 score is better."""

    row: int
    score: float


def insert(db: sqlite3.Connection, row: int, unit: Indexed) -> None:
    """Index the words of the unit that has this row."""
    db.execute(
        "INSERT INTO words(rowid, body, context) VALUES (?, ?, ?)",
        (row, unit.body, unit.context),
    )


def delete(db: sqlite3.Connection, rows: list[int]) -> None:
    """Forget the words of these rows."""
    db.executemany("DELETE FROM words WHERE rowid = ?", [(row,) for row in rows])


def check(db: sqlite3.Connection) -> None:
    """Compare the index with the texts it was made from.

    :raises sqlite3.DatabaseError: they differ.
    """
    db.execute(
        "INSERT INTO words(words) VALUES ('integrity-check')"
    )  # a question, for all its form
    db.rollback()


def frequencies(db: sqlite3.Connection, tokens: Sequence[str]) -> dict[str, int]:
    """How many units hold each token, in their text or their context; 0 for one that none holds."""
    found = dict.fromkeys(tokens, 0)
    for token in found:
        row = db.execute("SELECT doc FROM vocabulary WHERE term = ?", (token,)).fetchone()
        found[token] = int(row[0]) if row else 0
    return found


def is_held(db: sqlite3.Connection, token: str, where: str, bounds: Sequence[str]) -> bool:
    """Whether a unit of which a condition holds, with its parameters, has a token in its text or
    its context.
    """
    found = db.execute(
        "SELECT 1 FROM words CROSS JOIN units ON units.row = words.rowid "
        f"WHERE words MATCH ? AND ({where}) LIMIT 1",  # nosec B608 # as condition of bounds
        (f'"{token}"', *bounds),
    )
    return found.fetchone() is not None


def matchable(frequency: Mapping[str, int]) -> list[str]:
    """The tokens to match, rarest first, until they touch MATCHED_UNITS units."""
    chosen: list[str] = []
    touched = 0
    for token, count in sorted(frequency.items(), key=lambda item: item[1]):
        if not count:
            continue
        if chosen and touched + count > MATCHED_UNITS:
            break
        chosen.append(token)
        touched += count
    return chosen


def search(
    db: sqlite3.Connection,
    tokens: Sequence[str],
    limit: int,
    inside: str = "",
    bounds: Sequence[str] = (),
) -> list[LexicalHit]:
    """The units that share tokens with a query, best first: BM25 (Robertson and Zaragoza 2009,
    k1 1.2, b 0.75 as FTS5 fixes them) over two weighted fields.

    `inside` is a subquery of rows to stay in, with its parameters `bounds`.
    """
    if not tokens:
        return []
    match = " OR ".join(f'"{token}"' for token in tokens)
    # The plus keeps SQLite from matching anew for every row inside.
    within = f"AND +rowid IN ({inside}) " if inside else ""
    rows = db.execute(
        f"SELECT rowid, bm25(words, ?, ?) AS rank FROM words WHERE words MATCH ? {within}"  # nosec B608 # `inside`
        "ORDER BY rank LIMIT ?",
        (BODY_WEIGHT, CONTEXT_WEIGHT, match, *bounds, limit),
    )
    return [LexicalHit(row, -rank) for row, rank in rows]


def query_tokens(query: str) -> list[str]:
    """The distinct tokens that a query is matched by, as many as are read: its own, and those of
    other forms of the names in it. They only bring candidates in: to weigh these, forms that no
    text needs to hold would lower the share of the question that a text does hold.
    """
    others = (token for form in other_forms(query) for token in tokenize(form))
    return list(dict.fromkeys([*asked(query), *others]))[:MAX_QUERY_TOKENS]


@dataclass(frozen=True, slots=True)
class Words:
    """The words as `term_search` reads them; `inside` and `bounds` as in `search`."""

    db: sqlite3.Connection
    inside: str = ""
    bounds: tuple[str, ...] = ()

    def texts(self) -> int:
        """Number of units: FTS5 keeps a line of sizes for each."""
        return int(self.db.execute("SELECT count(*) FROM words_docsize").fetchone()[0])

    def frequencies(self, tokens: Sequence[str]) -> dict[str, int]:
        """How many units hold each token; 0 for one that FTS5 parts further, as 15.1."""
        return frequencies(self.db, tokens)

    def pool(self, words: Collection[tuple[str, ...]], limit: int) -> list[tuple[int, str, str]]:
        """Row, body and context of the units that have all tokens of some word, by BM25."""
        clauses = (" AND ".join(f'"{token}"' for token in tokens) for tokens in words)
        match = " OR ".join(f"({clause})" for clause in clauses)
        within = f"AND +rowid IN ({self.inside}) " if self.inside else ""
        return self.db.execute(
            f"SELECT rowid, body, context FROM words WHERE words MATCH ? {within}"  # nosec B608 # `inside`
            "ORDER BY bm25(words, ?, ?) LIMIT ?",
            (match, *self.bounds, BODY_WEIGHT, CONTEXT_WEIGHT, limit),
        ).fetchall()

    def tokens_from(self, char: str) -> list[str]:
        """The tokens that begin with this character, in order, that alone left out."""
        rows = self.db.execute(
            "SELECT term FROM vocabulary WHERE term > ? AND term < ?", (char, chr(ord(char) + 1))
        )
        return [token for (token,) in rows]
