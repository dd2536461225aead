"""How near words are in meaning, 瞧病 and 就医, 砸钱 and 投入: the seam to whatever tells it.

A sentence's vector is a mean of its words and drowns one of them; word against word, as ColBERT's
late interaction compares (Khattab and Zaharia 2020, arXiv 2004.12832), each word of a question
finds its like.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.words.tokenizer import pieces

Likenesses = NDArray[np.float32]
# Cosines of words with tokens, float32 of shape (words, tokens); 0 where either is not known.
Cosines = Callable[[Sequence[str], Sequence[str]], Likenesses]
NO_TOKEN = ""  # a token that no word is like


class WordLikeness(Protocol):
    """Whatever tells how near words are."""

    def of(self, words: Sequence[str], texts: Sequence[Sequence[str]]) -> Likenesses:
        """For each text, given as its tokens, and each word how near to it the text comes: 1 where
        the text has the word itself. Float32 of shape (texts, words), 0 to 1.
        """
        ...


def most_alike(
    words: Sequence[str], texts: Sequence[Sequence[str]], cosines: Cosines
) -> Likenesses:
    """For each text and each word the cosine of the token most like it, or the share of the word's
    character pairs that the text has, whichever is more. Shapes as in WordLikeness.of.
    """
    if not words or not texts:
        return np.zeros((len(texts), len(words)), dtype=np.float32)
    tokens = list(dict.fromkeys(chain((NO_TOKEN,), *texts)))  # every text has it: none is empty
    column = {token: n for n, token in enumerate(tokens)}
    columns = np.fromiter(
        map(column.__getitem__, chain(*((NO_TOKEN, *own) for own in texts))), dtype=np.intp
    )
    starts = np.cumsum([0, *(1 + len(own) for own in texts[:-1])])
    near = cosines(words, tokens)
    for n, word in enumerate(words):
        if word in column:
            near[n, column[word]] = 1.0
    best = np.maximum.reduceat(near[:, columns], starts, axis=1).T
    for n, word in enumerate(words):
        pairs = [column.get(pair) for pair in pieces(word)] if len(word) > 2 else []
        if any(pairs):  # a long word that the text has is not cut out there as one
            held = [np.logical_or.reduceat(columns == pair, starts) for pair in pairs if pair]
            best[:, n] = np.maximum(best[:, n], np.sum(held, axis=0) / len(pairs))
    return np.asarray(best.clip(0.0, 1.0), dtype=np.float32)
