"""What peers do with Chinese text: read it, cut it, take its words. The same for all of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import jieba

BATCH = 256  # texts that are embedded in one call
PIECE_CHARS = 250  # no worse than 120 or 500 where tried, see docs/bench-peers.md
OVERLAP_CHARS = 50
# Where a text may be cut, best place first: the frameworks' own lists know no Chinese full stop.
SEPARATORS = ("\n", "。", "！", "？", "；", "，", "")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*|[。！？；\n]+")


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each file."""
    for path in sorted(folder.glob("*.txt")):
        yield path.stem, path.read_text("utf-8").strip()


def words(text: str) -> list[str]:
    """The words of a text by jieba, without punctuation."""
    return [word for word in jieba.lcut(text.lower()) if any(map(str.isalnum, word))]


def sentences(text: str) -> list[str]:
    """The sentences of a text; joined they are the text."""
    return _SENTENCE.findall(text)


def cut(text: str) -> list[str]:
    """A text in pieces of whole sentences, each piece as long as PIECE_CHARS allows. For a system
    that has no way to cut Chinese.
    """
    pieces = [""]
    for sentence in sentences(text):
        if pieces[-1] and len(pieces[-1]) + len(sentence) > PIECE_CHARS:
            pieces.append("")
        pieces[-1] += sentence
    return pieces
