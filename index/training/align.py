"""Which words translate which, learnt from sentence pairs: IBM model 1 (Brown et al. 1993)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

ROUNDS = 8
# Pairs of words that a longer sentence pair makes grow with the square and say little.
LONGEST = 40

Bitext = Iterable[tuple[Sequence[str], Sequence[str]]]
Table = dict[str, dict[str, float]]


def translation_table(bitext: Bitext, least: float, rounds: int = ROUNDS) -> Table:
    """Chinese words of every English word with the probability t(zh | en), at or above `least`.

    An empty English word takes what no word of the sentence explains (的, 了).

    :param bitext: the words of an English text and of its translation.
    """
    english: dict[str, int] = {"": 0}
    chinese: dict[str, int] = {}
    cells: list[tuple[int, int, int]] = []  # target slot, English, Chinese
    slots = 0
    for source, target in bitext:
        if len(source) > LONGEST or len(target) > LONGEST:
            continue
        ids = [0, *(english.setdefault(word, len(english)) for word in source)]
        for word in target:
            number = chinese.setdefault(word, len(chinese))
            cells += [(slots, identifier, number) for identifier in ids]
            slots += 1
    if not cells:
        return {}
    slot, en, zh = np.array(cells, dtype=np.int64).T
    keys, pair = np.unique(en * len(chinese) + zh, return_inverse=True)
    of = keys // len(chinese)
    chance = np.ones(len(keys))
    for _ in range(rounds):
        share = chance[pair]
        share /= np.bincount(slot, share, slots)[slot]
        count = np.bincount(pair, share, len(keys))
        chance = count / np.bincount(of, count, len(english))[of]
    words_en, words_zh = list(english), list(chinese)
    table: Table = defaultdict(dict)
    for place in np.flatnonzero(chance >= least):
        key = int(keys[place])
        word = words_en[key // len(chinese)]
        table[word][words_zh[key % len(chinese)]] = float(chance[place])
    table.pop("", None)
    return dict(table)
