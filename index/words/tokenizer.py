"""Words of a text, by one function for indexing and for asking."""

import re
import unicodedata

from corpus.text.reading_text import is_han
from corpus.text.segmentation import cut, cut_for_search

TOKENIZER_VERSION = 2  # part of the index's manifest: other words need another index
# What a question asks with. Texts seldom hold these words, so they would pass for rare and telling.
ASKING = re.compile(
    r"请问|一共|总共|什么时候|时候|多少|几[个家名位次条项张处所天年月]?|哪[些几个里位一儿年]?|为什么|为何"
    r"|什么|怎么样?|怎样|如何|是不是|有没有|[能可会要该行]不[能可会要该行]以?|多[大高长久远]|谁|何时|[吗呢了的是有在都被和与吧啊呀]"
    r"|what|which|who|whom|whose|when|where|why|how|many|much|the|an?|of|in|on|at|to|for|by|and|is|are"
    r"|was|were|did|do|does|has|have|had"
)
_WORD = re.compile(r"[一-鿿㐀-䶿]+|\d+(?:\.\d+)?|[a-z]+(?:'[a-z]+)?")


def tokenize(text: str) -> list[str]:
    """Tokens of `text` in order, with repeats: words, the words inside long words, and character
    pairs of every run of Han characters (pairs find what the dictionary does not know, and give
    words of two characters, the commonest, more weight than their parts).

    NFKC and lower case come first, so １８０家 and 180家 are the same; a number stays whole, alone
    and with the first character of its unit.

    >>> tokenize("建成１８０家")
    ['建成', '建成', '180', '180家', '家']
    """
    plain = normalize(text)
    words = []
    for match in _WORD.finditer(plain):
        chunk = match[0]
        if chunk[0].isascii():
            words.append(chunk)
            unit = plain[match.end() : match.end() + 1]
            if chunk[0].isdigit() and is_han(unit):
                words.append(chunk + unit)
        else:
            words += cut_for_search(chunk)
            words += _pairs(chunk)
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


def asked(query: str) -> list[str]:
    """The distinct tokens of a question without the words that only ask; all if it has no others.

    >>> asked("建成多少家")
    ['建成', '家', '成多', '少家']
    """
    tokens = dict.fromkeys(tokenize(query))
    return [token for token in tokens if not ASKING.fullmatch(token)] or list(tokens)


def words(text: str) -> list[str]:
    """Dictionary words of `text` without overlaps: what tokenize gives less its refinements."""
    found: list[str] = []
    for match in _WORD.finditer(normalize(text)):
        chunk = match[0]
        found += [chunk] if chunk[0].isascii() else cut(chunk)
    return found


def normalize(text: str) -> str:
    """NFKC form in lower case: what texts are compared in."""
    return unicodedata.normalize("NFKC", text).lower()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
