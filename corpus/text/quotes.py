"""How a quote or a value is found in a text that extraction may have changed."""

import re
import unicodedata
from collections.abc import Iterable

from corpus.bulletin import Span

_NOISE = re.compile(r"[\W_]+")  # blanks and punctuation, which extraction changes at will


def comparable(text: str) -> str:
    """Text in the form that quotes are compared in: NFKC, no blanks, no punctuation, lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def stands_in(quote: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts holds a quote, both compared in the form of `comparable`."""
    wanted = comparable(quote)
    return any(wanted in comparable(text) for text in texts)


def holds(text: str, expected: str) -> bool:
    """Whether `text` holds `expected`, both in NFKC without blanks and in lower case; a number
    never matches inside a longer number.

    >>> holds("建成１８０ 个", "180"), holds("建成1180个", "180"), holds("占18.05%", "18")
    (True, False, False)
    """
    # a full-width comma separates, only a narrow one groups digits; NFKC would make them one
    plain, wanted = (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", part.replace("，", "、"))).lower()
        for part in (text, expected)
    )
    before = r"(?<![\d.])(?<!\d,)" if wanted[:1].isdigit() else ""
    after = r"(?!\d|\.\d|,\d{3})" if wanted[-1:].isdigit() else ""
    return bool(re.search(before + re.escape(wanted) + after, plain))


def place_of_quote(text: str, quote: str) -> Span | None:
    """Where a quote stands in a text, both compared in the form of `comparable`; None if nowhere.

    >>> place_of_quote("（建成 180 个。）", "建成180个")
    Span(start=1, end=9)
    """
    if (at := text.find(quote)) >= 0 and quote:
        return Span(at, at + len(quote))
    letters, places = [], []
    for number, char in enumerate(text):
        own = comparable(char)
        letters.append(own)
        places += [number] * len(own)
    wanted = comparable(quote)
    at = "".join(letters).find(wanted) if wanted else -1
    return Span(places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None
