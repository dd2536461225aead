"""Words of a text, by one function for indexing and for asking."""

import logging
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba

TOKENIZER_VERSION = 1  # part of the index's manifest: other words need another index
_WORD = re.compile(r"[一-鿿㐀-䶿]+|\d+(?:\.\d+)?|[a-z]+(?:'[a-z]+)?")


def tokenize(text: str) -> list[str]:
    """Tokens of `text` in order, with repeats: words, the words inside long words, and character
    pairs of every run of Han characters (pairs find what the dictionary does not know).

    NFKC and lower case come first, so １８０家 and 180家 are the same; a number stays whole.

    >>> tokenize("建成１８０家")
    ['建成', '180', '家']
    """
    words = []
    for match in _WORD.finditer(normalize(text)):
        chunk = match[0]
        if chunk[0].isascii():
            words.append(chunk)
            continue
        known = list(_jieba().cut_for_search(chunk))
        words += known
        if len(chunk) > 1:
            seen = set(known)
            words += [pair for pair in _pairs(chunk) if pair not in seen]
    return words


def pieces(word: str) -> tuple[str, ...]:
    """Tokens that every text with this word has, and hardly a text without it.

    >>> pieces("老年人"), pieces("5月"), pieces("GDP")
    (('老年', '年人'), ('5', '月'), ('gdp',))
    """
    found: list[str] = []
    for match in _WORD.finditer(normalize(word)):
        chunk = match[0]
        found += [chunk] if chunk[0].isascii() or len(chunk) == 1 else _pairs(chunk)
    return tuple(dict.fromkeys(found))


def words(text: str) -> list[str]:
    """Dictionary words of `text` without overlaps: what tokenize gives less its refinements."""
    found: list[str] = []
    for match in _WORD.finditer(normalize(text)):
        chunk = match[0]
        found += [chunk] if chunk[0].isascii() else _jieba().lcut(chunk)
    return found


def normalize(text: str) -> str:
    """NFKC form in lower case: what texts are compared in."""
    return unicodedata.normalize("NFKC", text).lower()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


@cache
def _jieba() -> "jieba.Tokenizer":
    """Jieba's tokenizer, loaded at first use: its dictionary takes a second and 100 MB."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer
