"""Make the English–Chinese word list and the readings of Chinese characters.

    python -m index.training.english_words --data FOLDER [--out index/words/english]

An English phrase may stand for the Chinese words that the dictionary glosses with it, for the words
that translations align with it (IBM model 1), and for what `official_english.tsv` says of the
language of people's congresses, which comes first. Common words come before rare ones.
"""

import argparse
import logging
import lzma
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import jieba
from rich.logging import RichHandler

from index.training.align import Table, translation_table
from index.training.readings import reading_lines
from index.training.text_sources import clean_glosses, read_table
from index.words.english.dictionary import FUNCTION_WORDS, format_entry, phrase_key
from index.words.english.lemmas import english_words, lemma
from index.words.tokenizer import words

log = logging.getLogger(__name__)

DICTIONARY = "parallel/moedict_zh_en_words.tsv.xz"
SENTENCES = ("parallel/tatoeba_en_zh.tsv.xz", "parallel/ntrex_news_en_zh.tsv.xz",
             "parallel/un_sdg_en_zh.tsv.xz", "parallel/osm_places_en_zh.tsv.xz")  # fmt: skip
# Words of a dictionary entry; longer glosses explain and do not translate.
ENTRY_WORDS = 4
GLOSS_WORDS = 8
# Probability below which an alignment is noise, and below which it needs the dictionary's word.
LEAST_CHANCE = 0.02
ALONE_CHANCE = 0.08
# A gloss weighs 1 over its place in the entry; an alignment's probability is seldom above .25.
CHANCE_WEIGHT = 4.0
# The head of "Paris, capital of France" is a gloss too, a less certain one.
HEAD_WEIGHT = 0.7
# A character alone stands in many words that mean something else.
SINGLE_WEIGHT = 0.3
ALTERNATIVES = 12
LEAST_WEIGHT = 0.08  # of the best alternative's
_NOT_MEANING = re.compile(r"Taiwan pr|^abbr|classifier|pr\. ")
_GRAMMAR = frozenset("的了是在个会这那我你他她们有不么吗也都和就着过吧呢与及或把被让给")

Entries = list[tuple[str, list[str]]]
Key = Callable[[str], list[str]]


def read_dictionary(path: Path) -> Entries:
    """Chinese words with their glosses, main sense first."""
    entries = []
    for row in read_table(path, 2):
        meanings = [gloss for gloss in clean_glosses(row[1]) if not _NOT_MEANING.search(gloss)]
        if meanings and not row[0].isascii():
            entries.append((row[0], meanings))
    return entries


def headwords(entries: Entries) -> frozenset[str]:
    """English words that gloss something alone: the dictionary forms."""
    split = (english_words(gloss) for _, meanings in entries for gloss in meanings)
    return frozenset(found[0] for found in split if len(found) == 1)


def gloss_weights(entries: Entries, key: Key) -> Table:
    """Chinese words of every short English phrase, by how early the entry names it."""
    table: Table = defaultdict(dict)
    for word, meanings in entries:
        for place, gloss in enumerate(meanings, start=1):
            head, comma, _ = gloss.partition(", ")
            for phrase, certain in ((gloss, 1.0), (head, HEAD_WEIGHT if comma else 0.0)):
                english = phrase_key(key(phrase))
                if english and certain and len(english.split()) <= ENTRY_WORDS:
                    known = table[english].get(word, 0.0)
                    table[english][word] = max(known, certain / place)
    return table


def bitext(
    entries: Entries, paths: Iterable[Path], key: Key
) -> Iterator[tuple[list[str], list[str]]]:
    """Pairs of what says the same in both languages: glosses, and translated sentences."""
    for word, meanings in entries:
        for gloss in meanings:
            english = _subject(key(gloss))[:GLOSS_WORDS]
            parts = words(word)
            if english:
                yield english, [word]
            if english and len(parts) > 1:
                yield english, parts
    for path in paths:
        for row in read_table(path, 2):
            yield _subject(key(row[0])), words(row[1])


def merge(
    glosses: Table, aligned: Table, official: Table
) -> Iterator[tuple[str, dict[str, float]]]:
    """The lines of the word list: of every key its best alternatives, relative to the best."""
    for key in sorted(glosses.keys() | aligned.keys() | official.keys()):
        score = {w: weight * commonness(w) for w, weight in glosses.get(key, {}).items()}
        for word, chance in aligned.get(key, {}).items():
            if word in glosses.get(key, {}) or chance >= ALONE_CHANCE:
                more = CHANCE_WEIGHT * chance * commonness(word)
                score[word] = score.get(word, 0.0) + more
        for word in list(score):
            if word in _GRAMMAR or word.isascii():
                del score[word]
            elif len(word) == 1:
                score[word] *= SINGLE_WEIGHT
        best = dict(_ranked(score)[:ALTERNATIVES])
        top = max(best.values(), default=1.0)
        # the square root keeps rarer senses in reach: measured on NTREX
        weights = {w: math.sqrt(s / top) for w, s in best.items() if s >= LEAST_WEIGHT * top}
        yield key, official.get(key, {}) | weights | official.get(key, {})


def commonness(word: str) -> float:
    """How common a Chinese word is, 1/4 to about 1.5: a quarter of log10 of jieba's count."""
    return math.log10(10 + jieba.dt.FREQ.get(word, 0)) / 4


def official_words(key: Key) -> Table:
    """The project's own list: phrases of congresses and public services with their usual words."""
    text = files("index.training").joinpath("official_english.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {phrase_key(key(english)): dict.fromkeys(zh.split(), 1.0) for english, zh in rows}


def word_list(data: Path) -> list[str]:
    """All lines of the word list.

    :raises OSError: the data cannot be read.
    """
    jieba.initialize()
    entries = read_dictionary(data / DICTIONARY)
    known = headwords(entries)

    def key(text: str) -> list[str]:
        return [lemma(word, known) for word in english_words(text)]

    aligned = translation_table(
        bitext(entries, [data / name for name in SENTENCES], key), LEAST_CHANCE
    )
    merged = merge(gloss_weights(entries, key), aligned, official_words(key))
    return [format_entry(name, words_.items()) for name, words_ in merged if words_]


def _subject(english: list[str]) -> list[str]:
    return [word for word in english if word not in FUNCTION_WORDS]


def _ranked(weights: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))


def write_lines(path: Path, lines: Sequence[str]) -> None:
    """Write lines as xz, the same bytes every time."""
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(packed)
    log.info("%s: %d lines, %d bytes", path, len(lines), len(packed))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files.

    :returns: the process's exit status.
    :raises OSError: the data cannot be read or the files cannot be written.
    """
    parser = argparse.ArgumentParser(
        prog="python -m index.training.english_words", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of the training data")
    parser.add_argument(
        "--out", type=Path, default=Path("index/words/english"), help="where to write"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[RichHandler()])
    write_lines(options.out / "words.tsv.xz", word_list(options.data))
    write_lines(options.out / "readings.tsv.xz", reading_lines())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
