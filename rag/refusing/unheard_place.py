"""Places that nobody has heard of: a slip of the pen, or none of China's."""

import re

from corpus.text.places import find_places
from index.library import Library
from index.words.tokenizer import pieces

# 林洲市 at the head of a question; not 这个市, 全县, 城市.
_CITY = re.compile(
    r"(?P<stem>(?:(?![各全哪这那个几我本该城都地等每两三四五六请问在])[\u4e00-\u9fff]){2,3})[市县](?![委长场民政人])"
)


def unheard_place(library: Library, question: str) -> str | None:
    """A city or county that a question opens with and that neither the national divisions nor any
    bulletin knows; None where it opens with none.
    """
    named = _CITY.match(question)
    if named is None or any(mention.start < named.end() for mention in find_places(question)):
        return None
    known = library.frequencies(pieces(named["stem"]))
    return None if any(known.values()) else named[0]
