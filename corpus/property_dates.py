"""The day on which a document says that it was made, as its program wrote it into the file.

It is often not that of the text: a template keeps its own, an export has that of the export. So it
is told to whoever dates a bulletin by hand, and dates none by itself.
"""

import re
from datetime import date
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_CORE = "docProps/core.xml"  # where Word, Excel and PowerPoint keep it
_CORE_BYTES = 2**16  # some 800 are usual
_CREATED = re.compile(rb"<dcterms:created[^>]*>\s*(\d{4})-(\d\d)-(\d\d)")
# In the clear in most files; where a PDF packs its objects together it is not found.
_PDF_CREATED = re.compile(rb"/CreationDate\s*\(D:(\d{4})(\d\d)(\d\d)")


def property_date(data: bytes) -> str | None:
    """ISO 8601 day among the properties of a Word document or a PDF; None where there is none."""
    if data.startswith(b"PK"):
        match = _CREATED.search(_core_of(data))
    elif b"%PDF-" in data[:1024]:
        match = _PDF_CREATED.search(data)
    else:
        match = None
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _core_of(data: bytes) -> bytes:
    """The properties of an Office document, empty where it has none or cannot be opened."""
    try:
        with ZipFile(BytesIO(data)) as package, package.open(_CORE) as core:
            return core.read(_CORE_BYTES)
    except (BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return b""
