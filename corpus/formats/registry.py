"""The formats that are read, a line each: whoever deals in kinds of file looks them up here.

A new format is a reader in a module of its own and a line of FORMATS. No module here loads a
library before it reads a file, so that the table costs nothing to import.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.containers import read_eml, read_zip
from corpus.formats.ofd import read_ofd
from corpus.formats.old_word import read_doc
from corpus.formats.pdf import read_pdf
from corpus.formats.picture import read_picture
from corpus.formats.plain_text import read_text
from corpus.formats.rich_text import read_rtf
from corpus.formats.separated import read_csv
from corpus.formats.slides import read_pptx
from corpus.formats.sniffing import Sign, begins, is_page, packs, stores
from corpus.formats.spreadsheet import read_xlsx
from corpus.formats.web import read_html
from corpus.formats.word import read_docx

MAX_BYTES = 20 * 2**20  # a bulletin has kilobytes; this bounds time and memory of a mistake
MAX_SCAN = 50 * 2**20  # bytes of what may be scanned: a hundred pages

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
    The trial reads by `tried` where what `read` does besides has a process of its own already.
    `sign` tells such files by their content; a format without one is text, which any could be.
    """

    chinese: str
    english: str
    suffixes: tuple[str, ...]
    read: Reader
    max_bytes: int = MAX_BYTES
    trial: TrialBounds | None = None
    tried: Reader | None = None
    sign: Sign | None = None


def _read_inner(
    data: bytes, path: str, called: str, depth: int, *, trying: bool = False
) -> Extracted | None:
    """A file inside another one, None where its kind is not read. While `trying`, what has a
    process of its own is left to whoever reads in earnest.
    """
    suffix = true_suffix(data, PurePosixPath(path).suffix.lower())
    if suffix not in SUFFIXES:
        return None
    if not data.strip():
        raise BulletinError(f"{called}: the file is empty (文件是空的)")
    if suffix in _HOLDERS:
        return _HOLDERS[suffix](data, called, partial(_read_inner, trying=trying), depth)
    kind = format_of(suffix)
    extracted = (kind.tried if trying and kind.tried else kind.read)(data, called)
    return extracted if extracted.text or not trying else replace(extracted, text=called)


_HOLDERS = {".zip": read_zip, ".eml": read_eml}
_try_inner = partial(_read_inner, trying=True)
TEXT = Format("UTF-8 或 GB18030 文本", "text in UTF-8 or GB18030", (".txt",), read_text)
WEB = Format(
    "单篇文章的网页", "web page of one article", (".html", ".htm"), read_html, sign=is_page
)
# A page of a PDF may never end, so a trial has a time above the one that read_pdf keeps to between
# pages; 500 full pages take about a quarter of the memory. What is unpacked may be large too.
TRIAL = TrialBounds(seconds=90.0, memory=2**30)
FORMATS = (
    TEXT,
    Format("PDF，扫描件亦可", "PDF, scanned too", (".pdf",), read_pdf, MAX_SCAN, TRIAL,
           tried=partial(read_pdf, recognising=False), sign=begins(b"%PDF-")),
    Format("扫描图片", "scanned picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), read_picture,
           MAX_SCAN, tried=partial(read_picture, recognising=False),
           sign=begins(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")),
    Format("版式文档 OFD", "OFD document", (".ofd",), read_ofd, trial=TRIAL, sign=packs("OFD.xml")),
    Format("Word 文档", "Word document", (".docx",), read_docx, sign=packs("word/document.xml")),
    Format("旧版 Word 和 WPS 文字", "Word 97 to 2003 and WPS Writer", (".doc", ".wps"), read_doc,
           trial=TRIAL, sign=stores("WordDocument")),
    Format("RTF 文档", "RTF document", (".rtf",), read_rtf, trial=TRIAL, sign=begins(b"{\\rtf")),
    Format("Excel 表格", "Excel workbook", (".xlsx",), read_xlsx, trial=TRIAL,
           sign=packs("xl/workbook.xml")),
    Format("逗号分隔的表格", "comma-separated table", (".csv",), read_csv),
    Format("PowerPoint 演示文稿", "PowerPoint presentation", (".pptx",), read_pptx, trial=TRIAL,
           sign=packs("ppt/presentation.xml")),
    WEB,
    Format("邮件及其附件", "letter with its attachments", (".eml",),
           partial(read_eml, read_inner=_read_inner), MAX_SCAN, TRIAL,
           tried=partial(read_eml, read_inner=_try_inner)),
    Format("压缩包", "archive of such files", (".zip",), partial(read_zip, read_inner=_read_inner),
           MAX_SCAN, TRIAL, tried=partial(read_zip, read_inner=_try_inner)),
)  # fmt: skip
_BY_SUFFIX = {suffix: kind for kind in FORMATS for suffix in kind.suffixes}
SUFFIXES = tuple(_BY_SUFFIX)
USUAL_SUFFIXES = tuple(kind.suffixes[0] for kind in FORMATS)


def format_of(suffix: str) -> Format:
    """The format of a suffix (lower case, with the point); what has none of SUFFIXES is text."""
    return _BY_SUFFIX.get(suffix, TEXT)


def true_suffix(data: bytes, suffix: str) -> str:
    """The suffix that the bytes of a file called so ought to have: its own, unless they surely are
    of another format. A text may quote a page of the web and is a text all the same.
    """
    own = format_of(suffix)
    if own.sign is not None and own.sign(data):
        return suffix
    for kind in FORMATS:
        if kind.sign and kind is not own and (kind is not WEB or own.sign) and kind.sign(data):
            return kind.suffixes[0]
    return suffix


def kinds_in_english() -> str:
    """Suffixes and names of all formats, as help and manual tell them."""
    return ", ".join(f"{', '.join(kind.suffixes)} ({kind.english})" for kind in FORMATS)


def kinds_in_chinese() -> str:
    """As kinds_in_english, for those who read Chinese."""
    return "、".join(f"{'、'.join(kind.suffixes)}（{kind.chinese}）" for kind in FORMATS)
