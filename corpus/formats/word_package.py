"""The zip of a Word file, mended where python-docx could not open what another program left."""

import io
import posixpath
import zipfile
from urllib.parse import unquote

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
# ISO's strict form of the format names its parts in another way; the elements are the same.
_TRANSITIONAL = tuple(
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + transitional)
    for strict, transitional in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"officeDocument/", b"officeDocument/2006/"),
        (b"drawingml/", b"drawingml/2006/"),
    )
)


def mended(data: bytes) -> bytes:
    """The file with the strict form's names replaced, and without references to parts that are not
    there (a picture that was taken out leaves ../NULL); the same bytes where nothing is to mend.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = {
        name: new
        for name, old in parts.items()
        if name.endswith((".xml", ".rels")) and (new := _mended(name, old, parts)) != old
    }
    if not changed:
        return data
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, changed.get(name, part))
    return file.getvalue()


def _mended(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    if _STRICT in part:
        for strict, transitional in _TRANSITIONAL:
            part = part.replace(strict, transitional)
    return _without_dangling(name, part, parts) if name.endswith(".rels") else part


def _without_dangling(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    from lxml import etree

    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    folder = posixpath.dirname(posixpath.dirname(name))
    dangling = [
        one
        for one in root.iter(_RELATIONSHIP)
        if one.get("TargetMode") != "External"
        and _target(folder, one.get("Target", "")) not in parts
    ]
    for one in dangling:
        root.remove(one)
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole if dangling else part


def _target(folder: str, target: str) -> str:
    """Name of the part in the zip that a relationship of a folder's part points at."""
    path = target if target.startswith("/") else f"/{folder}/{target}"
    return unquote(posixpath.normpath(path).lstrip("/"))
