"""A file to text: by its suffix, which the table of formats knows."""

from pathlib import Path

from corpus.errors import BulletinError, CallError
from corpus.extracted import Extracted
from corpus.formats.plain_text import read_text

SUFFIXES = (".txt", ".pdf", ".docx", ".html", ".htm")
MAX_BYTES = 20 * 1024 * 1024  # a bulletin has kilobytes; this bounds time and memory of a mistake


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
    return read_text(data, name)
