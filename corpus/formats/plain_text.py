"""Bytes of a text file to text, whatever program saved it."""

import unicodedata
from collections import Counter

from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.encodings import ENCODINGS, MAX_NO_TEXT_SHARE, NO_TEXT


def read_text(data: bytes, name: str) -> Extracted:
    """Text of a text file; of its lines the format says nothing.

    :raises BulletinError: the bytes are no text, see decode.
    """
    return Extracted(decode(data, name))


def decode(data: bytes, name: str) -> str:
    """Text of a file, UTF-8 (with or without BOM) or GB18030, line ends as one line feed.

    :raises BulletinError: the bytes are no text in either encoding.
    """
    if b"\0" in data:
        raise BulletinError(
            f"{name}: a binary file, not text; save it as UTF-8 text "
            "(不是文本文件，请另存为 UTF-8 文本)"
        )
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise BulletinError(
        f"{name}: neither UTF-8 nor GB18030 text; save it as UTF-8 text "
        "(编码无法识别，请另存为 UTF-8 文本)"
    )


def _is_text(text: str) -> bool:
    odd = sum(
        count
        for char, count in Counter(text).items()
        if unicodedata.category(char) in NO_TEXT and char not in "\n\r\t\f\v"
    )
    return odd <= MAX_NO_TEXT_SHARE * len(text)
