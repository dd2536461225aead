"""An OFD file's parts (GB/T 33190): its pages with their templates, fonts, attachments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import BulletinError
from corpus.formats.packed import Package, path_beside

ENTRY = "OFD.xml"  # where a document begins, by the standard
A4 = (0.0, 0.0, 210.0, 297.0)  # mm, of a file that tells no size of its pages
MAX_PAGES = 500  # as of a PDF

Bounds = tuple[float, float, float, float]  # mm: left, upper, width, height


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page: its own content and those of its templates, as roots of XML, and its bounds."""

    contents: tuple[Any, ...]
    bounds: Bounds


@dataclass(slots=True)
class OfdDocument:
    """A document of the file: pages in order, what they refer to, what is not read of it.

    `faces` are the fonts by id, each its name and its weight; `units` the drawings by id that
    pages place (CompositeGraphicUnit).
    """

    pages: list[OfdPage] = field(default_factory=list)
    faces: dict[str, tuple[str, float]] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    attachments: list[str] = field(default_factory=list)
    lost_pages: list[int] = field(default_factory=list)
    annotated: int = 0
    sealed: bool = False


def open_documents(package: Package) -> Iterator[OfdDocument]:
    """The documents of a file, one as a rule.

    :raises BulletinError: no OFD, damaged, encrypted, or of more than MAX_PAGES.
    """
    if ENTRY not in package:
        raise BulletinError(
            f"{package.name}: a zip file but no OFD document; give it the suffix of what it is "
            "(不是 OFD 文件，请改正扩展名)"
        )
    if "Encryptions.xml" in package or any(p.lower().endswith("decryptseed.dat") for p in package):
        raise BulletinError(
            f"{package.name}: encrypted; save it without encryption (文件已加密，请解密后另存)"
        )
    root = package.xml(ENTRY)
    for body in under(root, "DocBody"):
        path = path_beside(ENTRY, _text(first(body, "DocRoot")))
        if path not in package:
            raise BulletinError(
                f"{package.name}: damaged, {path or 'DocRoot'} is not in it; save it again "
                "(文件损坏，请重新保存)"
            )
        document = _document(package, path)
        document.sealed = first(body, "Signatures") is not None
        yield document


def _document(package: Package, path: str) -> OfdDocument:
    root = package.xml(path)
    document = OfdDocument()
    common = first(root, "CommonData")
    usual = bounds_of(_text(first(first(common, "PageArea"), "PhysicalBox"))) or A4
    for kind in ("PublicRes", "DocumentRes"):
        for element in under(common, kind):
            _resources(package, path_beside(path, _text(element)), document)
    templates = {
        element.get("ID", ""): path_beside(path, element.get("BaseLoc", ""))
        for element in under(common, "TemplatePage")
    }
    pages = list(under(first(root, "Pages"), "Page"))
    if len(pages) > MAX_PAGES:
        raise BulletinError(
            f"{package.name}: {len(pages):,} pages, more than {MAX_PAGES:,}; split the document "
            "(页数过多，请拆分)"
        )
    for number, page in enumerate(pages, 1):
        where = path_beside(path, page.get("BaseLoc", ""))
        if where in package:
            document.pages.append(_page(package, where, templates, usual, document))
        else:
            document.pages.append(OfdPage((), usual))
            document.lost_pages.append(number)
    document.attachments = list(_attachments(package, path, root))
    document.annotated = _annotated(package, path, root)
    return document


def _page(
    package: Package, path: str, templates: dict[str, str], usual: Bounds, document: OfdDocument
) -> OfdPage:
    root = package.xml(path)
    for element in under(root, "PageRes"):
        _resources(package, path_beside(path, _text(element)), document)
    used = [templates.get(element.get("TemplateID", ""), "") for element in under(root, "Template")]
    contents = [package.xml(template) for template in used if template in package]
    bounds = bounds_of(_text(first(first(root, "Area"), "PhysicalBox"))) or usual
    return OfdPage((*contents, root), bounds)


def _resources(package: Package, path: str, document: OfdDocument) -> None:
    """Take in the fonts and drawings of a part; one that is not there names nothing."""
    if path not in package:
        return
    root = package.xml(path)
    for font in under(first(root, "Fonts"), "Font"):
        face = f"{font.get('FontName', '')} {font.get('FamilyName', '')}"
        weight = 700.0 if font.get("Bold", "").lower() in ("true", "1") else 400.0
        document.faces[font.get("ID", "")] = (face, weight)
    for unit in under(first(root, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
        document.units[unit.get("ID", "")] = unit


def _attachments(package: Package, path: str, root: Any) -> Iterator[str]:
    """The names of the files that travel with the document."""
    where = path_beside(path, _text(first(root, "Attachments")))
    if first(root, "Attachments") is None or where not in package:
        return
    for element in under(package.xml(where), "Attachment"):
        if element.get("Visible", "true").lower() != "false":
            yield element.get("Name") or _text(first(element, "FileLoc")) or "?"


def _annotated(package: Package, path: str, root: Any) -> int:
    """How many pages carry annotations, which lie over the text and are none of it."""
    where = path_beside(path, _text(first(root, "Annotations")))
    if first(root, "Annotations") is None or where not in package:
        return 0
    return sum(1 for _ in under(package.xml(where), "Page"))


def under(element: Any, name: str) -> Iterator[Any]:
    """The children of that name, whatever their namespace: writers use several."""
    if element is not None:
        for child in element:
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name:
                yield child


def first(element: Any, name: str) -> Any:
    """The first child of that name, or None."""
    return next(under(element, name), None)


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; what is none is left out."""
    found = re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?", text or "")
    return [float(one) for one in found]


def bounds_of(text: str | None) -> Bounds | None:
    """The box of an attribute or element, None where it is none."""
    box = numbers(text)
    return (box[0], box[1], box[2], box[3]) if len(box) == 4 else None


def _text(element: Any) -> str:
    return "" if element is None else (element.text or "").strip()
