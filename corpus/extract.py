"""A file to text, by the format of its suffix or of its content."""

from dataclasses import replace
from pathlib import Path

from corpus.bulletin import Loss
from corpus.errors import BulletinError, CallError
from corpus.extracted import Extracted
from corpus.formats.private_signs import private_losses
from corpus.formats.registry import SUFFIXES, format_of, true_suffix
from corpus.formats.text_tables import with_tables


def read_bytes(path: Path) -> bytes:
    """Bytes of a bulletin file.

    :raises CallError: there is no such file, or its suffix is not one of SUFFIXES.
    :raises BulletinError: it cannot be read, is empty, or is larger than its format may be.
    """
    if not path.is_file():
        raise CallError(
            f"{path}: no such file; name a bulletin file ({', '.join(SUFFIXES)}) (没有这个文件)"
        )
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CallError(
            f"{path}: a {path.suffix or 'file without suffix'} is not read; "
            f"save it as one of {', '.join(SUFFIXES)} (不支持这种文件，请另存)"
        )
    most = format_of(suffix).max_bytes
    try:
        size = path.stat().st_size
        if size > most:
            raise BulletinError(
                f"{path}: {size:,} bytes, more than {most:,}; split the file (文件过大，请拆分)"
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
    """Text of a file by its suffix (lower case, with the point), or by its content where that is
    surely of another format, which is told; `name` is what errors call it.

    :raises BulletinError: the bytes are of no format that is read, or hold no text.
    """
    true = true_suffix(data, suffix)
    extracted = format_of(true).read(data, name)
    if not extracted.pages:  # of a page tables are told by where their cells stand
        losses = (*extracted.losses, *private_losses(extracted.text))
        extracted = with_tables(replace(extracted, losses=losses))
    if true == suffix:
        return extracted
    told = Loss(
        f"扩展名是{suffix}，内容是{format_of(true).chinese}，已按内容读出",
        f"called {suffix}, by its content {format_of(true).english}, and read as that",
    )
    return replace(extracted, losses=(told, *extracted.losses))
