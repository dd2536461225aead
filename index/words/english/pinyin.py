"""Pinyin without tones: syllables of a Latin word, and the Chinese characters that read so.

readings.tsv.xz has a line per syllable: it, the characters that read so first, and those that read
so too; made by `python -m index.training.english_words`.
"""

import lzma
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

LONGEST_NAME = 40  # letters; a longer word is no name of a place or a person
LONGEST_SYLLABLE = 6  # zhuang
MOST_SPLITS = 4  # xian is xian or xi an; more readings than this of one word are guesses


def syllables(word: str) -> list[tuple[str, ...]]:
    """The ways to read a Latin word as pinyin, fewest syllables first; empty if it is none.
    An apostrophe or a hyphen parts syllables; lü may be written lü, lv, lu or lyu.

    >>> syllables("xian"), syllables("xi'an"), syllables("bread")
    ([('xian',), ('xi', 'an')], [('xi', 'an')], [])
    """
    ways: list[tuple[str, ...]] = [()]
    for part in word.lower().replace("ü", "v").replace("lyu", "lv").replace("-", "'").split("'"):
        ways = [way + rest for way in ways for rest in _split(part)][:MOST_SPLITS]
    return sorted(ways, key=len)


def characters(syllable: str) -> tuple[str, str]:
    """The Chinese characters that read so first, and those that read so too. lu stands for lü and
    nu for nü as well.

    >>> "吕" in characters("lu")[0], "吕" in characters("lv")[0]
    (True, True)
    """
    first, too = _readings().get(syllable, ("", ""))
    if syllable in ("lu", "nu"):
        more, most = _readings()[f"{syllable[0]}v"]
        return first + more, too + most
    return first, too


def spellings(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """How a Chinese name is written in pinyin, joined: by the usual reading of each character, and
    by any of their other readings.

    >>> spellings("吕梁")[0] == frozenset({"lvliang", "luliang"})
    True
    """
    usual, other = [""], [""]
    for char in name:
        first, too = _of_character().get(char, ((), ()))
        usual = [written + reading for written in usual for reading in first]
        other = [written + reading for written in other for reading in (*first, *too)]
    return frozenset(usual), frozenset(other) - frozenset(usual)


def joined(words: Sequence[str]) -> str:
    """Words as spellings() writes them: san, men, xia and Sanmenxia are the same."""
    text = "".join(words).lower().replace("ü", "v").replace("lyu", "lv")
    return text.replace("'", "").replace("-", "")


def _split(part: str) -> list[tuple[str, ...]]:
    if len(part) > LONGEST_NAME:
        return []
    if not part:
        return [()]
    known = _readings()
    return [
        (part[:n], *rest)
        for n in range(min(LONGEST_SYLLABLE, len(part)), 0, -1)
        if part[:n] in known
        for rest in _split(part[n:])
    ]


@cache
def _readings() -> dict[str, tuple[str, str]]:
    """Characters by syllable: first, too."""
    packed = files("index.words.english").joinpath("readings.tsv.xz").read_bytes()
    rows = (line.split("\t") for line in lzma.decompress(packed).decode("utf-8").splitlines())
    return {syllable: (first, too) for syllable, first, too in rows}


@cache
def _of_character() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Syllables by character: first, too. lü is lu as well, for that is how it is often written."""
    firsts: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for syllable, columns in _readings().items():
        written = [syllable, syllable.replace("v", "u")] if syllable in ("lv", "nv") else [syllable]
        for column, chars in zip((firsts, others), columns, strict=True):
            for char in chars:
                column.setdefault(char, []).extend(written)
    every = firsts.keys() | others.keys()
    return {c: (tuple(firsts.get(c, ())), tuple(others.get(c, ()))) for c in every}
