"""Traditional characters read as simplified ones, for questions; sources stay as they are printed.

traditional.txt holds pairs, the traditional character and the simplified one, from OpenCC's
TSCharacters (Apache-2.0). It has only characters that GB 2312 lacks: what is in that set is written
in simplified text too (乾 of 乾县, 著 of 著名) and is left alone.
"""

from functools import cache
from importlib.resources import files


def simplified(text: str) -> str:
    """The text with its traditional characters as simplified ones; length is kept.

    >>> simplified("三門峽建成了多少個老年助餐場所")
    '三门峡建成了多少个老年助餐场所'
    """
    return text.translate(_pairs())


@cache
def _pairs() -> dict[int, str]:
    text = files("corpus.text").joinpath("traditional.txt").read_text("utf-8")
    pairs = "".join(text.split())
    return {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}
