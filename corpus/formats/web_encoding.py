"""The bytes of a web page to its characters, by what it says of its encoding."""

import codecs
import re

from corpus.errors import BulletinError
from corpus.formats.encodings import ENCODINGS, MAX_NO_TEXT_SHARE

HEAD = 4096  # bytes in which a page names its encoding; the standard asks for the first 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")
)  # fmt: skip
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}


def decoded_page(data: bytes, name: str) -> str:
    """The page's characters: by its mark, by the encoding it names, else as UTF-8 or GB18030."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    named = _CHARSET.search(data[:HEAD])
    encodings = list(ENCODINGS)
    if named:
        label = named[1].decode("ascii", "replace").lower()
        encodings.insert(0, _SUPERSETS.get(label, label))
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    for encoding in encodings:  # a few bytes may be broken, as in text that a site cut off
        try:
            text = data.decode(encoding, "replace")
        except LookupError:
            continue
        if text.count("\ufffd") <= MAX_NO_TEXT_SHARE * len(text):
            return text
    raise BulletinError(
        f"{name}: HTML in no known encoding; save the page as UTF-8 (编码无法识别，请存为 UTF-8)"
    )
