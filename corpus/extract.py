"""File bytes to text: by the kind of file, with what the format itself knows of its lines."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from corpus.bulletin import Kind
from corpus.errors import BulletinError, CallError

SUFFIXES = (".txt", ".pdf", ".docx", ".html", ".htm")
MAX_BYTES = 20 * 1024 * 1024  # a bulletin has kilobytes; this bounds time and memory of a mistake
ENCODINGS = ("utf-8-sig", "gb18030")  # tried in this order: GB18030 accepts most byte strings
# Any script has letters; these categories do not occur in text: control, surrogate, private, none.
NO_TEXT = {"Cc", "Cs", "Co", "Cn"}
MAX_NO_TEXT_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, lines ended by one line feed, and what its format says of them.

    All positions are offsets in `text`. `pages` holds the start of each page, the first one first;
    it is empty where the format has no pages. `kinds` gives the kind of lines whose style or tag
    tells it, by the start of the line. `joins` are the starts of lines that go on in the paragraph
    before them, across a page or a column. With `whole`, every line is a whole paragraph but for
    `joins`; without it the lines may be those of a page, and layout.py finds out.
    """

    text: str
    pages: tuple[int, ...] = ()
    kinds: dict[int, Kind] = field(default_factory=dict)
    joins: frozenset[int] = frozenset()
    whole: bool = False


def read_bytes(path: Path) -> bytes:
    """Bytes of a bulletin file.

    :raises CallError: there is no such file, or its suffix is not one of SUFFIXES.
    :raises BulletinError: it cannot be read, is empty, or is larger than MAX_BYTES.
    """
    if not path.is_file():
        raise CallError(
            f"{path}: no such file; name a bulletin file ({', '.join(SUFFIXES)}) (没有这个文件)"
        )
    if path.suffix.lower() not in SUFFIXES:
        raise CallError(
            f"{path}: a {path.suffix or 'file without suffix'} is not read; "
            f"save it as one of {', '.join(SUFFIXES)} (不支持这种文件，请另存)"
        )
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BulletinError(
                f"{path}: {size:,} bytes, more than {MAX_BYTES:,}; split the file "
                "(文件过大，请拆分)"
            )
        data = path.read_bytes()
    except OSError as error:
        raise BulletinError(
            f"{path}: cannot be read ({error.strerror}); mend its rights (无法读取文件，请检查权限)"
        ) from None
    if not data.strip():
        raise BulletinError(
            f"{path}: the file is empty; extract its text again (文件是空的，请重新提取文字)"
        )
    return data


def extract(data: bytes, suffix: str, name: str) -> Extracted:
    """Text of a file by its suffix (lower case, with the point); `name` is what errors call it.

    :raises BulletinError: the bytes are not what the suffix says, or hold no text.
    """
    if suffix == ".pdf":  # readers are imported where a file needs them: nothing heavy at import
        from corpus.formats.pdf import read_pdf

        return read_pdf(data, name)
    if suffix == ".docx":
        from corpus.formats.word import read_docx

        return read_docx(data, name)
    if suffix in (".html", ".htm"):
        from corpus.formats.web import read_html

        return read_html(data, name)
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
