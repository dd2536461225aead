"""Terms with alternatives to units, over the words of any engine."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.words.english.pinyin import characters
from index.words.lexical import BODY_WEIGHT, CONTEXT_WEIGHT, LexicalHit
from index.words.terms import (
    Term,
    alternatives,
    best_alternative,
    inverse_frequency,
    saturated,
)
from index.words.tokenizer import pieces

# Units that are scored term by term: BM25 over all alternatives at once finds them, and its order
# is only rough, for a unit with many names of one thing comes before one with a name of each.
POOL = 200
# Alternatives that weigh less do not bring a unit into the pool: they are many and cost time.
POOL_WEIGHT = 0.4
# Words of the index that a name in pinyin may stand for: those of usual readings, rare ones first.
MOST_SPELT = 8


class WordIndex(Protocol):
    """What an engine tells of its words."""

    def texts(self) -> int:
        """Number of units."""
        ...

    def frequencies(self, tokens: Sequence[str]) -> Mapping[str, int]:
        """How many units hold each token."""
        ...

    def pool(
        self, words: Collection[tuple[str, ...]], limit: int
    ) -> Iterable[tuple[int, str, str]]:
        """Row, body and context of the units that have all tokens of some word, by BM25."""
        ...

    def tokens_from(self, char: str) -> list[str]:
        """The tokens that begin with this character, in order, that alone left out."""
        ...


def search_terms(index: WordIndex, terms: Sequence[Term], limit: int) -> list[LexicalHit]:
    """The units that have the terms, best first: BM25 as in `lexical.search`, but of the
    alternatives of a term only the best one counts, by its weight. Terms in pinyin must be resolved
    before.
    """
    words = {word: parts for word in alternatives(terms) if (parts := pieces(word))}
    texts = index.texts()
    frequency = index.frequencies([token for parts in words.values() for token in parts])
    words = {word: parts for word, parts in words.items() if all(map(frequency.get, parts))}
    rarity = {
        word: inverse_frequency(texts, min(frequency[token] for token in parts))
        for word, parts in words.items()
    }
    leading = {word for t in terms for word, weight in t.alternatives if weight >= POOL_WEIGHT}
    wanted = [parts for word, parts in words.items() if word in leading]
    asked = {t for parts in words.values() for t in parts}
    pool = _pool(index, wanted, asked, max(POOL, limit))
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


def resolve(index: WordIndex, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, those in pinyin with the words of the index that are spelt so."""
    return tuple(
        replace(term, alternatives=(*term.alternatives, *_spelt(index, term)), syllables=())
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
    index: WordIndex, words: Sequence[Sequence[str]], asked: Collection[str], limit: int
) -> list[_Candidate]:
    """Units that have some of the words, with their counts of the tokens asked for."""
    clauses = list(dict.fromkeys(map(tuple, words)))
    if not clauses:
        return []
    pool = []
    for row, body, context in index.pool(clauses, limit):
        own, around = body.split(), context.split()
        counts: dict[str, float] = {}
        for tokens, weight in ((own, BODY_WEIGHT), (around, CONTEXT_WEIGHT)):
            for token in tokens:
                if token in asked:
                    counts[token] = counts.get(token, 0.0) + weight
        pool.append(_Candidate(row, counts, len(own) + len(around)))
    return pool


def _spelt(index: WordIndex, term: Term) -> list[tuple[str, float]]:
    """Words of the index that are spelt like a term: chains of character pairs that it holds."""
    found: dict[str, int] = {}  # with how many characters are read unusually
    for syllables in term.syllables:
        sets = [frozenset("".join(characters(syllable))) for syllable in syllables]
        chains = list(sets[0]) if len(sets) > 1 else []
        for following in sets[1:]:
            chains = [
                chain + pair[1]
                for chain in chains
                for pair in index.tokens_from(chain[-1])
                if len(pair) == 2 and pair[1] in following
            ]
        usual = [characters(syllable)[0] for syllable in syllables]
        for chain in chains:
            found[chain] = sum(char not in chars for char, chars in zip(chain, usual, strict=True))
    held = index.frequencies([word[-2:] for word in found])
    likely = sorted(found, key=lambda word: (found[word], held[word[-2:]], word))
    return [(word, 1.0) for word in likely[:MOST_SPELT]]
