"""Build the tokenizer: a unigram model over counted words, with characters and bytes below them."""

from __future__ import annotations

import json
import logging
import math
import multiprocessing
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jieba
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

from index.words.tokenizer import normalize

UNKNOWN = "<unk>"
# Log-probability of a byte: far below any word, so that bytes only spell what nothing else does.
BYTE_SCORE = -30.0
# Longest Chinese word kept; longer ones are names of institutions that their parts spell well.
WORD_LIMIT = 7
# Texts a counting task gets at once.
COUNT_BLOCK = 2_000

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class VocabularySettings:
    """Numbers of entries of each kind and the workers that count them."""

    han_words: int = 33_000
    han_characters: int = 7_000
    latin_words: int = 11_000
    numbers: int = 1_000
    minimum_count: int = 3
    workers: int = 2


def count_block(texts: Sequence[str]) -> Counter[str]:
    """Count Chinese words and characters, Latin words and numbers of normalised texts."""
    counts = Counter[str]()
    for text in map(normalize, texts):
        for run in _HAN.findall(text):
            counts.update(jieba.cut(run))
            counts.update(dict.fromkeys(run, 0))
        counts.update(_LATIN.findall(text))
        counts.update(_NUMBER.findall(text))
    return counts


def count_words(texts: Sequence[str], workers: int = 1) -> Counter[str]:
    """Count the words of many texts, in several processes where ``workers`` is above one."""
    jieba.setLogLevel(logging.WARNING)
    blocks = [texts[at : at + COUNT_BLOCK] for at in range(0, len(texts), COUNT_BLOCK)]
    total = Counter[str]()
    if workers < 2:
        for block in blocks:
            total.update(count_block(block))
        return total
    jieba.initialize()  # before the processes part, so that they share the dictionary
    with multiprocessing.Pool(workers) as pool:
        for counts in pool.imap(count_block, blocks):
            total.update(counts)
    return total


def _best(counts: Counter[str], words: Iterable[str], limit: int) -> list[str]:
    """Take the most frequent words, ties in code-point order so that runs agree."""
    return sorted(words, key=lambda word: (-counts[word], word))[:limit]


def choose_words(counts: Counter[str], settings: VocabularySettings) -> list[str]:
    """Choose the vocabulary from counts: words, characters, Latin words and numbers."""
    enough = [word for word, count in counts.items() if count >= settings.minimum_count]
    han = [word for word in enough if 1 < len(word) <= WORD_LIMIT and _HAN.fullmatch(word)]
    latin = [word for word in enough if len(word) > 1 and _LATIN.fullmatch(word)]
    numbers = [word for word in enough if 1 < len(word) <= 4 and _NUMBER.fullmatch(word)]
    characters = [word for word in counts if len(word) == 1 and _HAN.fullmatch(word)]
    letters = [chr(code) for code in (*range(ord("a"), ord("z") + 1), *range(48, 58))]
    return [
        *letters,
        *_best(counts, characters, settings.han_characters),
        *_best(counts, han, settings.han_words),
        *_best(counts, latin, settings.latin_words),
        *_best(counts, numbers, settings.numbers),
    ]


def build_tokenizer(counts: Counter[str], settings: VocabularySettings) -> Tokenizer:
    """Build the tokenizer from word counts.

    Text is brought to NFKC and lower case, everything but letters and digits is dropped, and runs
    of Chinese, Latin letters and digits are segmented apart. A character without an entry is
    spelled as its UTF-8 bytes, so no letter is unknown.

    :param counts: occurrences of words and characters.
    :param settings: how many of each kind to keep.
    :returns: a tokenizer without special tokens around its output.
    """
    words = choose_words(counts, settings)
    total = math.log(sum(counts.values()) + len(words))
    # Half an occurrence keeps an unseen character below every counted word.
    entries = [(word, math.log(max(counts[word], 0.5)) - total) for word in words]
    entries += [(f"<0x{byte:02X}>", BYTE_SCORE) for byte in range(256)]
    model = models.Unigram([(UNKNOWN, 0.0), *entries], unk_id=0, byte_fallback=True)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    runs = Regex(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|[0-9]+")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), behavior="removed"),
            pre_tokenizers.Split(runs, behavior="isolated"),
        ]
    )
    tokenizer.decoder = decoders.ByteFallback()
    return tokenizer


def token_scores(tokenizer: Tokenizer) -> tuple[list[str], list[float]]:
    """Return the vocabulary in id order and each token's log-probability."""
    entries = json.loads(tokenizer.to_str())["model"]["vocab"]
    return [token for token, _ in entries], [float(score) for _, score in entries]
