"""OFD bytes to text (GB/T 33190, the state's own format): the text objects of its pages, as print.

The libraries of PyPI were looked at: ofdkit (Apache-2.0, alpha) has a layout of its own and drops
where characters stand, easyofd draws PDFs with PyMuPDF (AGPL), ofdreader is a first version. What
is needed beside our own reader of print is the XML of the pages, so it is read here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.bulletin import Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.glyphs import Page
from corpus.formats.ofd_content import POINT, OfdContent, gather
from corpus.formats.ofd_document import OfdDocument, OfdPage, open_documents
from corpus.formats.packed import Package
from corpus.formats.page_turn import PageTurn, turned
from corpus.formats.pdfium import MAX_GLYPHS, MAX_PAGE_GLYPHS
from corpus.formats.printed import read_print
from corpus.formats.time_limit import time_limit

MAX_SECONDS = 60  # looked at after each page, as of a PDF
NAMED = 5  # attachments that are named; the others are counted


def read_ofd(data: bytes, name: str) -> Extracted:
    """Text of an OFD file, a paragraph or a table's row a line, with its pages; attachments, seals
    and annotations are told as losses.

    :raises BulletinError: no OFD, damaged, encrypted, image only, beyond a bound of packed.py, of
        too many pages or characters, or not read within MAX_SECONDS.
    """
    check_time = time_limit(name, MAX_SECONDS)
    documents = list(open_documents(Package(data, name, "OFD document")))
    pages = [page for document in documents for page in _pages(document, name, check_time)]
    if not any(page.glyphs for page in pages):
        raise BulletinError(
            f"{name}: image only, no text on any page; print it to PDF and add that "
            "(只有图像，没有文字，请转成 PDF 后添加)"
        )
    extracted = read_print(pages, check_time)
    if not extracted.text:
        raise BulletinError(
            f"{name}: no text in the document; export it again (文件没有文字，请重新导出)"
        )
    told = [loss for document in documents for loss in _losses(document)]
    return replace(extracted, losses=(*extracted.losses, *told))


def _pages(document: OfdDocument, name: str, check_time: Callable[[], None]) -> Iterator[Page]:
    glyphs = 0
    for page in document.pages:
        read = _page(page, document)
        glyphs += len(read.glyphs)
        if len(read.glyphs) > MAX_PAGE_GLYPHS or glyphs > MAX_GLYPHS:
            raise BulletinError(
                f"{name}: more than {MAX_PAGE_GLYPHS:,} characters on a page or {MAX_GLYPHS:,} in "
                "all; split the document (文字过多，请拆分)"
            )
        check_time()
        yield read


def _page(page: OfdPage, document: OfdDocument) -> Page:
    left, upper, width, height = page.bounds
    content = OfdContent(height)
    for root in page.contents:
        gather(root, document, content, MAX_PAGE_GLYPHS)
    size = width * POINT, height * POINT
    bounds = (left * POINT, -upper * POINT, (left + width) * POINT, (height - upper) * POINT)
    read = turned(content.glyphs, content.rules, PageTurn(size, bounds, 0))
    return replace(read, pictured=content.pictured and not read.glyphs)


def _losses(document: OfdDocument) -> Iterator[Loss]:
    if files := document.attachments:
        some = "、".join(files[:NAMED])
        yield Loss(
            f"附件未收入，共{len(files)}个：{some}；请另行添加",
            f"{len(files)} attachments left out: {some}; add them by themselves",
        )
    if pages := document.lost_pages:
        some = "、".join(map(str, pages[:NAMED]))
        yield Loss(f"第{some}页不在文件中，共{len(pages)}页", f"{len(pages)} pages are not in it")
    if document.annotated:
        yield Loss(
            f"{document.annotated}页上的批注未收入",
            f"annotations on {document.annotated} pages left out",
        )
    if document.sealed:
        yield Loss(
            "文件有电子签章，印文未收入，也未核验", "its seals are neither read nor verified"
        )
