"""What a file surely is by its content: programs and people misname files."""

import io
import re
import zipfile
from collections.abc import Callable

Sign = Callable[[bytes], bool]  # whether bytes can be of one format alone

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound files: old Office, and new under a password
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html)", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"
_NEAR = 1024  # bytes within which markup begins


def begins(*marks: bytes) -> Sign:
    """Files that begin with one of these."""
    return lambda data: data.startswith(marks)


def packs(part: str) -> Sign:
    """Zip files with this part."""

    def is_packed(data: bytes) -> bool:
        if not data.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return part in {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
        except Exception:  # a broken directory raises struct, value and zip errors
            return False

    return is_packed


def stores(stream: str) -> Sign:
    """Compound files with a stream of this name."""
    return lambda data: data.startswith(OLE) and stream.encode("utf-16-le") in data


def is_page(data: bytes) -> bool:
    """Whether a file is a page of the web."""
    return bool(_MARKUP.match(data.removeprefix(_BOM)[:_NEAR]))
