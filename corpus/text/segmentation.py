"""Chinese text to dictionary words: one segmenter, which knows the names of all places."""

import logging
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus.remember import remembered
from corpus.text.gazetteer import place_names

if TYPE_CHECKING:
    import jieba

PLACE_FREQUENCY = 100  # of a place's name that jieba's dictionary lacks: as a rare word there
# Runs of Han characters whose words are remembered, some 5 MB: a question is cut several times, and
# what answers one question answers the next.
REMEMBERED = 4096


@remembered(REMEMBERED)
def cut(run: str) -> tuple[str, ...]:
    """The words of a run of Han characters, without overlaps."""
    return tuple(segmenter().cut(run))


@remembered(REMEMBERED)
def cut_for_search(run: str) -> tuple[str, ...]:
    """The words of a run of Han characters, and the shorter ones inside them."""
    return tuple(segmenter().cut_for_search(run))


@remembered(REMEMBERED)
def borders(run: str) -> frozenset[int]:
    """Where the words of a run of Han characters begin and end.

    >>> sorted(borders("重大安全"))
    [0, 2, 4]
    """
    return frozenset(accumulate(map(len, cut(run)), initial=0))


@cache
def segmenter() -> "jieba.Tokenizer":
    """Jieba's tokenizer, loaded at first use: its dictionary takes a second and 100 MB."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for name in place_names():
        if not tokenizer.FREQ.get(name):
            tokenizer.add_word(name, PLACE_FREQUENCY)
    return tokenizer


def is_word(text: str) -> bool:
    """Whether the dictionary has it as a word.

    >>> is_word("南洋"), is_word("南羊")
    (True, False)
    """
    return bool(segmenter().FREQ.get(text))
