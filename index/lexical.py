"""SQLite FTS5: words to BM25 hits."""

import sqlite3
from dataclasses import dataclass

from index.passages import Indexed
from index.tokenizer import tokenize

# A word in the unit's own text says more than one in the title that all its neighbours share.
BODY_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.35
# A question has a few dozen tokens; this bounds what an absurdly long one costs.
MAX_QUERY_TOKENS = 256

SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5(body, context, tokenize = 'unicode61 remove_diacritics 0');
"""


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A unit by its row in the table of units; a higher BM25 score is better."""

    row: int
    score: float


def insert(db: sqlite3.Connection, row: int, unit: Indexed) -> None:
    """Index the words of the unit that has this row."""
    db.execute(
        "INSERT INTO words(rowid, body, context) VALUES (?, ?, ?)",
        (row, " ".join(tokenize(unit.body)), " ".join(tokenize(unit.context))),
    )


def delete(db: sqlite3.Connection, rows: list[int]) -> None:
    """Forget the words of these rows."""
    db.executemany("DELETE FROM words WHERE rowid = ?", [(row,) for row in rows])


def search(db: sqlite3.Connection, query: str, limit: int) -> list[LexicalHit]:
    """The units that share words with the query, best first: BM25 (Robertson and Zaragoza 2009,
    k1 1.2, b 0.75 as FTS5 fixes them) over two weighted fields.
    """
    tokens = list(dict.fromkeys(tokenize(query)))[:MAX_QUERY_TOKENS]
    if not tokens:
        return []
    match = " OR ".join(f'"{token}"' for token in tokens)
    rows = db.execute(
        "SELECT rowid, bm25(words, ?, ?) AS rank FROM words WHERE words MATCH ? "
        "ORDER BY rank LIMIT ?",
        (BODY_WEIGHT, CONTEXT_WEIGHT, match, limit),
    )
    return [LexicalHit(row, -rank) for row, rank in rows]
