"""SQLite FTS5: terms with alternatives to units."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from index.english.pinyin import characters
from index.lexical import BODY_WEIGHT, CONTEXT_WEIGHT, LexicalHit
from index.terms import (
    Term,
    alternatives,
    best_alternative,
    inverse_frequency,
    saturated,
)
from index.tokenizer import pieces

# Units that are scored term by term: BM25 over all alternatives at once finds them, and its order
# is only rough, for a unit with many names of one thing comes before one with a name of each.
POOL = 200
# Alternatives that weigh less do not bring a unit into the pool: they are many and cost time.
POOL_WEIGHT = 0.4
# Words of the index that a name in pinyin may stand for: those of usual readings, rare ones first.
MOST_SPELT = 8


def search_terms(
    db: sqlite3.Connection,
    terms: Sequence[Term],
    limit: int,
    inside: str = "",
    bounds: Sequence[str] = (),
) -> list[LexicalHit]:
    """The units that have the terms, best first: BM25 as in `lexical.search`, but of the
    alternatives of a term only the best one counts, by its weight. Terms in pinyin must be resolved
    before. `inside` and `bounds` as in `lexical.search`.
    """
    words = {word: parts for word in alternatives(terms) if (parts := pieces(word))}
    texts = _count(db)
    frequency = {token: _frequency(db, token) for parts in words.values() for token in parts}
    words = {word: parts for word, parts in words.items() if all(map(frequency.get, parts))}
    rarity = {
        word: inverse_frequency(texts, min(frequency[token] for token in parts))
        for word, parts in words.items()
    }
    leading = {word for t in terms for word, weight in t.alternatives if weight >= POOL_WEIGHT}
    wanted = [parts for word, parts in words.items() if word in leading]
    asked = {t for parts in words.values() for t in parts}
    pool = _pool(db, wanted, asked, max(POOL, limit), inside, bounds)
    if not pool:
        return []
    mean = sum(unit.length for unit in pool) / len(pool)
    hits = []
    for unit in pool:
        weigh = {
            word: rarity[word] * saturated(count, unit.length, mean)
            for word, parts in words.items()
            if (count := unit.count(parts))
        }
        score = sum(best_alternative(term, weigh) for term in terms)
        if score > 0:
            hits.append(LexicalHit(unit.row, score))
    return sorted(hits, key=lambda hit: (-hit.score, hit.row))[:limit]


def resolve(db: sqlite3.Connection, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, those in pinyin with the words of the index that are spelt so."""
    return tuple(
        replace(term, alternatives=(*term.alternatives, *_spelt(db, term)), syllables=())
        if term.syllables
        else term
        for term in terms
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A unit with the counts of the tokens asked for, weighted by field; length in tokens."""

    row: int
    counts: Mapping[str, float]
    length: int

    def count(self, parts: Sequence[str]) -> float:
        """How often a word occurs: as often as the rarest of its tokens."""
        least = self.counts.get(parts[0], 0.0)
        for token in parts[1:]:
            if not least:
                break
            least = min(least, self.counts.get(token, 0.0))
        return least


def _pool(
    db: sqlite3.Connection, words: Sequence[Sequence[str]], asked: Collection[str], limit: int,
    inside: str, bounds: Sequence[str],
) -> list[_Candidate]:  # fmt: skip
    """Units that have some of the words, with their counts of the tokens asked for."""
    clauses = dict.fromkeys(" AND ".join(f'"{token}"' for token in parts) for parts in words)
    if not clauses:
        return []
    rows = db.execute(
        "SELECT rowid, body, context FROM words WHERE words MATCH ? "  # nosec B608 # `inside`
        f"{f'AND rowid IN ({inside})' if inside else ''} ORDER BY bm25(words, ?, ?) LIMIT ?",
        (
            " OR ".join(f"({clause})" for clause in clauses),
            *bounds,
            BODY_WEIGHT,
            CONTEXT_WEIGHT,
            limit,
        ),
    )
    pool = []
    for row, body, context in rows:
        own, around = body.split(), context.split()
        counts: dict[str, float] = {}
        for tokens, weight in ((own, BODY_WEIGHT), (around, CONTEXT_WEIGHT)):
            for token in tokens:
                if token in asked:
                    counts[token] = counts.get(token, 0.0) + weight
        pool.append(_Candidate(row, counts, len(own) + len(around)))
    return pool


def _spelt(db: sqlite3.Connection, term: Term) -> list[tuple[str, float]]:
    """Words of the index that are spelt like a term: chains of character pairs that it holds."""
    found: dict[str, int] = {}  # with how many characters are read unusually
    for syllables in term.syllables:
        sets = [frozenset("".join(characters(syllable))) for syllable in syllables]
        chains = list(sets[0]) if len(sets) > 1 else []
        for following in sets[1:]:
            chains = [
                chain + pair[1]
                for chain in chains
                for pair in _pairs_from(db, chain[-1])
                if pair[1] in following
            ]
        usual = [characters(syllable)[0] for syllable in syllables]
        for chain in chains:
            found[chain] = sum(char not in chars for char, chars in zip(chain, usual, strict=True))
    likely = sorted(found, key=lambda word: (found[word], _frequency(db, word[-2:]), word))
    return [(word, 1.0) for word in likely[:MOST_SPELT]]


def _pairs_from(db: sqlite3.Connection, char: str) -> list[str]:
    """Tokens of two characters that begin with this one."""
    rows = db.execute(
        "SELECT term FROM vocabulary WHERE term > ? AND term < ?",
        (char, chr(ord(char) + 1)),
    )
    return [token for (token,) in rows if len(token) == 2]


def _frequency(db: sqlite3.Connection, token: str) -> int:
    """Number of units that have a token; 0 for one that FTS5 parts further, as 15.1."""
    row = db.execute("SELECT doc FROM vocabulary WHERE term = ?", (token,)).fetchone()
    return int(row[0]) if row else 0


def _count(db: sqlite3.Connection) -> int:
    """Number of units: FTS5 keeps a line of sizes for each."""
    return int(db.execute("SELECT count(*) FROM words_docsize").fetchone()[0])
