"""Halves of surrogate pairs, which texts from outside may hold and no encoder takes."""

import re

_HALF = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    r"""The text as UTF-8 can have it: half of a surrogate pair becomes a question mark.

    >>> encodable("简\ud800报")
    '简?报'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def tokenizable(text: str) -> str:
    r"""The text as a tokenizer takes it: half of a pair becomes the replacement character, which
    asks nothing.

    >>> tokenizable("简\ud800报")
    '简\ufffd报'
    """
    return _HALF.sub("\ufffd", text)
