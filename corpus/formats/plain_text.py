"""Bytes of a text file to text, whatever program saved it."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from corpus.bulletin import Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.encodings import ENCODINGS, MAX_NO_TEXT_SHARE, NO_TEXT
from corpus.formats.markdown import is_markdown, read_markdown

# UTF-16 has no text without zero bytes, so its mark must say that it is text.
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029\f\v]")  # as editors and page printers end lines
MAX_BROKEN = 20  # places in a file where bytes make no character
MAX_BROKEN_SHARE = 0.05  # of its characters; another encoding breaks far more of them
BROKEN = "\ufffd"


def read_text(data: bytes, name: str) -> Extracted:
    """Text of a text file; of its lines the format says nothing, unless it is Markdown.

    :raises BulletinError: the bytes are no text, see decode.
    """
    text = decode(data, name)
    losses = tuple(_broken(text)) if BROKEN in text else ()
    return read_markdown(text, losses) if is_markdown(text) else Extracted(text, losses=losses)


def decode(data: bytes, name: str) -> str:
    """Text of a file, UTF-8 (with or without BOM), GB18030 or UTF-16 with its mark, line ends as
    one line feed. A few bytes that make no character, as in a file that was cut off, are U+FFFD.

    :raises BulletinError: the bytes are no text in any of these.
    """
    encodings = next(([code] for mark, code in _MARKS.items() if data.startswith(mark)), None)
    if encodings is None and b"\0" in data:
        raise BulletinError(
            f"{name}: a binary file, not text; save it as UTF-8 text "
            "(不是文本文件，请另存为 UTF-8 文本)"
        )
    for encoding in encodings or ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return _BREAKS.sub("\n", text)
    mended = (data.decode(encoding, "replace") for encoding in encodings or ENCODINGS)
    text = min(mended, key=lambda text: text.count(BROKEN))
    if text.count(BROKEN) <= min(MAX_BROKEN, MAX_BROKEN_SHARE * len(text)) and _is_text(text):
        return _BREAKS.sub("\n", text)
    raise BulletinError(
        f"{name}: neither UTF-8 nor GB18030 text; save it as UTF-8 text "
        "(编码无法识别，请另存为 UTF-8 文本)"
    )


def _is_text(text: str) -> bool:
    odd = sum(
        count
        for char, count in Counter(text).items()
        if unicodedata.category(char) in NO_TEXT and char not in "\n\r\t\f\v\u0085"
    )
    return odd <= MAX_NO_TEXT_SHARE * len(text)


def _broken(text: str) -> Iterator[Loss]:
    """Where bytes made no character, or the file has the sign for that itself."""
    first = text.index(BROKEN)
    line = text.count("\n", 0, first) + 1
    count = text.count(BROKEN)
    yield Loss(
        f"有{count}处字节损坏，以{BROKEN}代替，第一处在第{line}行，请对照原件",
        f"{count} broken bytes stand as {BROKEN}, the first in line {line}",
    )
