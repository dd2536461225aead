"""Files that are a zip of parts: opened within bounds, their XML read without obeying it."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from corpus.errors import BulletinError

# Bounds on what the zip says that it unpacks to; Python's reader stops at what it says. lxml holds
# XML about tenfold in memory.
MAX_UNPACKED = 100 * 2**20  # bytes, all parts
MAX_XML = 30 * 2**20  # bytes, the parts that are parsed
MAX_PARTS = 10_000  # of a document; one of 500 pages has some thousands
_XML = (".xml", ".rels")


class Package(Mapping[str, bytes]):
    """The parts of a zip by their paths, read when they are asked for; nothing is written."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        """`name` is what errors call the file, `kind` what it ought to be, both languages.

        :raises BulletinError: no zip, damaged, under a password, or beyond a bound of this module.
        """
        self.name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            parts = self._archive.infolist()
        except Exception:  # besides BadZipFile, broken directories raise struct and value errors
            raise BulletinError(
                f"{name}: no {kind}, or cut short; save it again (文件不完整或格式不符，请重新保存)"
            ) from None
        if any(part.flag_bits & 1 for part in parts):
            raise BulletinError(
                f"{name}: under a password; save it without one (文件有密码，请去掉后另存)"
            )
        xml = sum(part.file_size for part in parts if part.filename.lower().endswith(_XML))
        whole = sum(part.file_size for part in parts)
        if xml > MAX_XML or whole > MAX_UNPACKED or len(parts) > MAX_PARTS:
            raise BulletinError(
                f"{name}: unpacks to {len(parts):,} parts of {whole:,} bytes, {xml:,} of them text;"
                f" at most {MAX_PARTS:,} of {MAX_UNPACKED:,} and {MAX_XML:,} are read; split the "
                "document (文件过大，请拆分)"
            )
        # Some writers part folders by backslashes, some begin at the root.
        self._parts = {plain_path(part.filename): part for part in parts if not part.is_dir()}

    def __getitem__(self, path: str) -> bytes:
        part = self._parts[plain_path(path)]
        try:
            return self._archive.read(part)
        except Exception:  # zlib, CRC and structure raise each their own
            raise BulletinError(
                f"{self.name}: damaged ({part.filename}); save it again (文件损坏，请重新保存)"
            ) from None

    def __iter__(self) -> Any:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def xml(self, path: str) -> Any:
        """The root of an XML part.

        :raises KeyError: there is no such part.
        :raises BulletinError: it is damaged.
        """
        return parse_xml(self[path], f"{self.name} ({path})")


def parse_xml(data: bytes, name: str) -> Any:
    """The root of an XML document. It can make no entity grow and fetch nothing.

    :raises BulletinError: it is no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise BulletinError(
            f"{name}: damaged XML; save the document again (文件损坏，请重新保存)"
        ) from None


def plain_path(path: str) -> str:
    """A path in a zip as it is looked up: no root, no backslashes, nothing above the root."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/")


def path_beside(part: str, target: str) -> str:
    """The path that a part means by `target`: from its own folder, or from the root."""
    if target.startswith(("/", "\\")):
        return plain_path(target)
    return plain_path(posixpath.join(posixpath.dirname(part), target.replace("\\", "/")))
