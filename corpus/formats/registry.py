"""The formats that are read, a line each: whoever deals in kinds of file looks them up here.

A new format is a reader in a module of its own and a line of FORMATS. No module here loads a
library before it reads a file, so that the table costs nothing to import.
"""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.extracted import Extracted
from corpus.formats.pdf import read_pdf
from corpus.formats.plain_text import read_text
from corpus.formats.web import read_html
from corpus.formats.word import read_docx

MAX_BYTES = 20 * 2**20  # a bulletin has kilobytes; this bounds time and memory of a mistake

Reader = Callable[[bytes, str], Extracted]  # bytes of a file, what errors call it


@dataclass(frozen=True, slots=True)
class TrialBounds:
    """What a first reading in a process of its own may take: `seconds`, and `memory`, bytes of
    address space, which only Linux keeps to.
    """

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how people call it, its suffixes (lower case, with the point, the usual one
    first) and its reader, which raises BulletinError.

    A file has at most `max_bytes`; what a reader counts (pages, paragraphs, elements) it bounds
    itself. With a `trial`, a file from a stranger is first read in a process that can be ended.
    """

    chinese: str
    english: str
    suffixes: tuple[str, ...]
    read: Reader
    max_bytes: int = MAX_BYTES
    trial: TrialBounds | None = None


TEXT = Format("UTF-8 或 GB18030 文本", "text in UTF-8 or GB18030", (".txt",), read_text)
# A page of a PDF may never end, so a trial has a time above the one that read_pdf keeps to between
# pages; 500 full pages take about a quarter of the memory.
FORMATS = (
    TEXT,
    Format("带文本层的 PDF", "PDF with a text layer", (".pdf",), read_pdf,
           trial=TrialBounds(seconds=90.0, memory=2**30)),
    Format("Word 文档", "Word document", (".docx",), read_docx),
    Format("单篇文章的网页", "web page of one article", (".html", ".htm"), read_html),
)  # fmt: skip
_BY_SUFFIX = {suffix: kind for kind in FORMATS for suffix in kind.suffixes}
SUFFIXES = tuple(_BY_SUFFIX)
USUAL_SUFFIXES = tuple(kind.suffixes[0] for kind in FORMATS)


def format_of(suffix: str) -> Format:
    """The format of a suffix (lower case, with the point); what has none of SUFFIXES is text."""
    return _BY_SUFFIX.get(suffix, TEXT)


def kinds_in_english() -> str:
    """Suffixes and names of all formats, as help and manual tell them."""
    return ", ".join(f"{', '.join(kind.suffixes)} ({kind.english})" for kind in FORMATS)


def kinds_in_chinese() -> str:
    """As kinds_in_english, for those who read Chinese."""
    return "、".join(f"{'、'.join(kind.suffixes)}（{kind.chinese}）" for kind in FORMATS)
