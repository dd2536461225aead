"""Map Chinese tokens to what may stand for them: English phrases or words of like meaning."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
from tokenizers import Tokenizer

from index.training.text_sources import Pair
from index.training.tokens import Ids, encode

# Phrases kept of one word; a dictionary lists its main senses first.
PHRASE_LIMIT = 4
# Longer phrases explain a word rather than translate it.
PHRASE_TOKENS = 5
# A phrase that glosses more words than this is too general to make them synonyms.
PIVOT_LIMIT = 5
# Substitutes kept of one word.
SUBSTITUTE_LIMIT = 8


def gloss_table(pairs: Iterable[Pair], tokenizer: Tokenizer) -> dict[int, list[Ids]]:
    """Collect the English phrases of every Chinese word that is one token.

    Numbers and Latin tokens stand for themselves. Single characters are left out: their glosses
    rarely fit the character inside running text.

    :param pairs: English phrase and Chinese word.
    :returns: the phrases of a token id, main sense first.
    """
    words: dict[str, list[str]] = {}
    vocabulary = tokenizer.get_vocab()
    for pair in pairs:
        if len(pair.passage) > 1 and pair.passage in vocabulary:
            words.setdefault(pair.passage, []).append(pair.query)
    table: dict[int, list[Ids]] = {}
    for word, phrases in words.items():
        encoded = encode(tokenizer, phrases[:PHRASE_LIMIT])
        short = [encoded[i] for i in range(len(encoded)) if 0 < len(encoded[i]) <= PHRASE_TOKENS]
        if short:
            table[vocabulary[word]] = short
    for token, number in vocabulary.items():
        if (token.isascii() and token.isalnum() and len(token) > 1) or token.isdigit():
            table[number] = [np.array([number], dtype=np.int32)]
    return table


def substitute_table(
    synonyms: Iterable[Pair], glosses: Iterable[Pair], tokenizer: Tokenizer
) -> dict[int, list[Ids]]:
    """Collect the Chinese words of like meaning of every Chinese word that is one token.

    Two words are alike if a thesaurus says so or if they share an English gloss.

    :param synonyms: pairs of Chinese words or short phrases.
    :param glosses: English phrase and Chinese word.
    :returns: the substitutes of a token id.
    """
    pairs = [(pair.query, pair.passage) for pair in synonyms]
    pivots: dict[str, list[str]] = {}
    for pair in glosses:
        pivots.setdefault(pair.query, []).append(pair.passage)
    for words in pivots.values():
        if len(words) <= PIVOT_LIMIT:
            pairs += itertools.combinations(words, 2)
    vocabulary = tokenizer.get_vocab()
    found: dict[str, dict[str, None]] = {}
    for left, right in pairs:
        for word, other in ((left, right), (right, left)):
            if len(word) > 1 and word in vocabulary and not other.isascii():
                found.setdefault(word, {})[other] = None
    table: dict[int, list[Ids]] = {}
    for word, others in found.items():
        encoded = encode(tokenizer, list(others)[:SUBSTITUTE_LIMIT])
        short = [encoded[i] for i in range(len(encoded)) if 0 < len(encoded[i]) <= PHRASE_TOKENS]
        if short:
            table[vocabulary[word]] = short
    return table
