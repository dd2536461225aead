"""Terms: what a question asks about, each as weighted alternatives of which the best one counts."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.words.tokenizer import pieces, tokenize

# BM25's constants, as FTS5 fixes them.
K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked about: Chinese (or Latin) words that may stand for it, each with a
    weight in (0, 1], and the ways to spell it in pinyin, which the index resolves to the words that
    it holds. A text has a term as far as it has the best of its alternatives.
    """

    alternatives: tuple[tuple[str, float], ...]
    syllables: tuple[tuple[str, ...], ...] = ()


def inverse_frequency(texts: int, with_word: int) -> float:
    """Rarity of a word: ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza 2009)."""
    return math.log(1 + (texts - with_word + 0.5) / (with_word + 0.5))


def saturated(count: float, length: float, mean_length: float) -> float:
    """What `count` occurrences in a text of this length weigh in BM25, from 0 to K1 + 1."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean_length))


def best_alternative(term: Term, weigh: Mapping[str, float]) -> float:
    """The weight that a text gives a term: of its alternatives the highest, 0 if it has none."""
    return max((weight * weigh.get(word, 0.0) for word, weight in term.alternatives), default=0.0)


def alternatives(terms: Iterable[Term]) -> list[str]:
    """All words of the terms, each once."""
    return list(dict.fromkeys(word for term in terms for word, _ in term.alternatives))


def shares(terms: Sequence[Term], texts: Sequence[str]) -> list[float]:
    """How much of the terms each text has, 0 to 1, by their rarity among these texts."""
    words = {word: pieces(word) for word in alternatives(terms)}
    tokens = [frozenset(tokenize(text)) for text in texts]
    having = [{w for w, parts in words.items() if own.issuperset(parts)} for own in tokens]
    rarity = {
        word: inverse_frequency(len(texts), sum(word in own for own in having)) for word in words
    }
    found = [
        sum(best_alternative(term, {w: rarity[w] for w in own}) for term in terms) for own in having
    ]
    # a term that no text has cannot tell them apart; it still counts against all of them
    most = sum(
        max((rarity[word] * weight for word, weight in term.alternatives), default=0.0)
        for term in terms
    )
    return [share / most if most else 0.0 for share in found]
