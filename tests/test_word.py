"""Word documents become text in the order of their body."""

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bulletin import Kind
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats import word
from corpus.formats.word import read_docx

BODY = "全市建成老年食堂52个，惠及老人3万人。"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Document) -> bytes:
    """The document as a file's bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pieces(extracted: Extracted) -> list[tuple[str, Kind | None]]:
    """Lines with their kinds."""
    result = []
    position = 0
    for line in extracted.text.split("\n"):
        result.append((line, extracted.kinds.get(position)))
        position += len(line) + 1
    return result


def read(document: Document) -> list[tuple[str, Kind | None]]:
    """Lines and kinds of a document, saved and read."""
    return pieces(read_docx(saved(document), "a.docx"))


def test_styles_tell_the_kind() -> None:
    """Title, headings and captions keep their kind, tables their place, empty paragraphs go."""
    document = docx.Document()
    document.add_paragraph("养老服务情况的报告", style="Title")
    document.add_paragraph("一、主要做法", style="Heading 2")
    document.add_paragraph("　　" + BODY)
    document.add_paragraph(" ")
    document.add_paragraph("设施情况表", style="Caption")
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["项目", "", "数量", "食堂", "街道", "52"], strict=True):
        cell.text = text
    document.add_paragraph("　" + BODY)
    assert read(document) == [
        ("养老服务情况的报告", Kind.TITLE),
        ("一、主要做法", Kind.HEADING),
        (BODY, None),
        ("设施情况表", Kind.CAPTION),
        ("项目　数量", Kind.CAPTION),
        ("食堂　街道　52", Kind.TABLE),
        (BODY, None),
    ]


def test_without_styles_the_looks_tell() -> None:
    """A large centred line above the body is its title, a bold line of its own a heading."""
    document = docx.Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("养老服务情况的报告").font.size = Pt(22)
    document.add_paragraph().add_run("一、主要做法").bold = True
    document.add_paragraph(BODY * 3)
    assert [kind for _, kind in read(document)] == [Kind.TITLE, Kind.HEADING, None]


def test_headers_come_first_and_footers_last() -> None:
    """Each text stands once, though every section repeats it."""
    document = docx.Document()
    document.add_paragraph(BODY)
    document.add_section()
    for section in document.sections:
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        section.header.paragraphs[0].text = "人大工作简报"
        section.footer.paragraphs[0].text = "— 1 —"
    assert read(document) == [
        ("人大工作简报", Kind.MASTHEAD), (BODY, None), ("— 1 —", Kind.PAGE_NUMBER),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        ("第一段结束。", "第二段开始。", ["第一段结束。", "第二段开始。"]),
        ("同一句话分成", "两行。", ["同一句话分成两行。"]),
        ("没有句号", "　　首行缩进。", ["没有句号", "首行缩进。"]),
    ],
    ids=["behind a sentence", "inside one", "before an indent"],
)
def test_a_soft_break_parts_sentences_only(first: str, second: str, lines: list[str]) -> None:
    """What was typed as a paragraph with the wrong key is one all the same."""
    document = docx.Document()
    run = document.add_paragraph().add_run(first)
    run.add_break()
    run.add_text(second)
    assert [text for text, _ in read(document)] == lines


def test_a_frame_around_text_is_opened() -> None:
    """A table whose cell holds running text is no table: its paragraphs are paragraphs."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = BODY * 6
    cell.add_paragraph(BODY)
    assert read(document) == [(BODY * 6, None), (BODY, None)]


def test_only_what_a_reader_sees_is_read() -> None:
    """Insertions and text boxes are read, deletions and hidden text are not."""
    document = docx.Document()
    paragraph = document.add_paragraph("甲")._p
    for xml in (
        "<w:ins {}><w:r><w:t>乙</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>丙</w:delText></w:r></w:del>",
        "<w:r {}><w:rPr><w:vanish/></w:rPr><w:t>丁</w:t></w:r>",
        "<w:r {}><w:pict><w:txbxContent><w:p><w:r><w:t>戊</w:t></w:r></w:p></w:txbxContent>"
        "</w:pict></w:r>",
    ):
        paragraph.append(parse_xml(xml.format(NAMES)))
    assert [text for text, _ in read(document)] == ["甲乙", "戊"]


def zipped(**parts: bytes) -> bytes:
    """A zip file of parts; two underscores in a name stand for a slash."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return file.getvalue()


def repeated(count: int) -> bytes:
    """A document of so many empty paragraphs."""
    document = docx.Document()
    document.element.body[:0] = [parse_xml(f"<w:p {NAMES}/>") for _ in range(count)]
    return saved(document)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7", "no Word document"),
        (word.OLE + bytes(99), "password"),
        (zipped(xl__workbook=b"<a/>"), "a zip file but no Word document"),
        (zipped(word__document=b"<a"), "damaged"),
        (zipped(word__document=bytes(word.MAX_XML + 1)), "unpacks to 31,457,281 bytes"),
        (saved(docx.Document()), "no text"),
        (repeated(20_001), "20,001 paragraphs, more than 20,000"),
        (saved(docx.Document())[:-500], "cut short"),
    ],
    ids=[
        "a PDF",
        "an old file",
        "a sheet",
        "broken XML",
        "a bomb",
        "empty",
        "too long",
        "cut short",
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    """The error names the file and what is to be done, in one line."""
    with pytest.raises(BulletinError, match=rf"^a\.docx: [^\n]*{problem}[^\n]*$"):
        read_docx(data, "a.docx")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_are_refused(data: bytes, headed: bool) -> None:
    """No bytes raise anything but the project's own error."""
    with pytest.raises(BulletinError):
        read_docx(b"PK\x03\x04" + data if headed else data, "a.docx")


def unpacked() -> dict[str, bytes]:
    """The parts of a small valid file."""
    document = docx.Document()
    document.add_paragraph(BODY)
    document.add_table(1, 2).cell(0, 0).text = "食堂"
    with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = unpacked()
READ = ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(READ), st.integers(0, 10**6), st.binary(max_size=8), st.integers(0, 40))
def test_broken_parts_are_text_or_an_error(part: str, at: int, put: bytes, cut: int) -> None:
    """A document with wrong bytes in any part is read as far as it can be, or refused."""
    data = PARTS[part]
    at %= len(data)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, data[:at] + put + data[at + cut :] if name == part else content)
    try:
        extracted = read_docx(file.getvalue(), "a.docx")
    except BulletinError:
        return
    assert extracted.text
