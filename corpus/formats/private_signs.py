"""Characters of a text that only the font of its maker could show: no code names them."""

import re
from collections.abc import Iterator

from corpus.bulletin import Loss

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
BEFORE = 8  # characters before the first, by which it is found in the file


def private_losses(text: str) -> Iterator[Loss]:
    """What is told of a text that has such characters."""
    first = _PRIVATE.search(text)
    if first is None:
        return
    count = len(_PRIVATE.findall(text))
    before = text[max(0, first.start() - BEFORE) : first.start()].split("\n")[-1]
    place = f"“{before}”后" if before else "行首"
    yield Loss(
        f"有{count}个字符没有标准编码，无法辨认，第一个在{place}，请对照原件",
        f"{count} characters without a standard code cannot be told, the first behind “{before}”; "
        "see the original",
    )
