"""What Word sets on the page besides the typed text is read: numbers, notes, tables in controls."""

import io
import zipfile
from collections.abc import Callable

import docx
import docx.enum.style
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt

from corpus.bulletin import Bulletin, Kind
from corpus.errors import BulletinError
from corpus.parse import parse

BODY = "全市建成老年食堂52个，惠及老人3万人，运行平稳，群众满意。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="{M}"'


def saved(document: Document) -> bytes:
    """The document as a file's bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def started() -> Document:
    """A document with a title and a paragraph."""
    document = docx.Document()
    document.add_paragraph("养老服务情况的报告", style="Title")
    document.add_paragraph(BODY)
    return document


def read(document: Document) -> Bulletin:
    """The document as a bulletin."""
    return parse(saved(document), "a.docx")


def texts(document: Document) -> list[str]:
    """The numbered units behind the first."""
    return [unit.text for unit in read(document).paragraphs[1:]]


def append(document: Document, xml: str) -> None:
    """Put markup behind the last paragraph."""
    document.paragraphs[-1]._p.addnext(parse_xml(xml.replace(">", f" {NAMES}>", 1)))


def add_part(document: Document, name: str, relation: str, kind: str, content: bytes) -> str:
    """A part of the file and the id that the document knows it by."""
    part = Part(PackURI(f"/word/{name}"), kind, content, document.part.package)
    return document.part.relate_to(part, relation)


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The file with its parts changed; a part that becomes None is left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
    return file.getvalue()


def test_rows_keep_their_columns_through_merged_cells() -> None:
    """A merged name counts for all its rows; the citation names the table."""
    document = started()
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 4)
    rows = [
        "类别 项目 金额 增长（%）",
        "收入 税收 15767 18.64",
        "_ 非税 6225 -2.1",
        "合计 _ 21992 9",
    ]
    for line, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(line.split(), row.cells, strict=True):
            cell.text = text.strip("_")
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    bulletin = read(document)
    rows_read = [unit for unit in bulletin.units if unit.kind is Kind.TABLE]
    assert [unit.text for unit in rows_read] == [
        "收入·税收：金额15767万元，增长18.64%",
        "收入·非税：金额6225万元，增长-2.1%",
        "合计：金额21992万元，增长9%",
    ]
    assert rows_read[0].source == "收入　税收　15767　18.64"
    assert [figure.text for figure in rows_read[0].figures] == ["15767万元", "18.64%"]
    assert [unit.number for unit in rows_read] == [2, 3, 4]


def test_rows_and_cells_in_controls_are_rows_and_cells() -> None:
    """A content control around a row or a cell hides none of it."""

    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    document = started()
    append(document, "<w:tbl><w:tblPr/><w:tblGrid/>"
           f"<w:tr>{cell('镇')}{cell('户数')}</w:tr>"
           + control(f"<w:tr>{cell('东镇')}{cell('86')}</w:tr>")
           + f"<w:tr>{cell('西镇')}{control(cell('92'))}</w:tr></w:tbl>")  # fmt: skip
    assert texts(document) == ["东镇：户数86户", "西镇：户数92户"]


def test_a_table_in_a_cell_is_told_in_its_row() -> None:
    """The rows inside stand with the name of the row outside."""
    document = started()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["单位", "明细", "水利局", ""], strict=True):
        cell.text = text
    inner = table.cell(1, 1).add_table(2, 2)
    for cell, text in zip(inner._cells, ["办结", "12件", "续办", "3件"], strict=True):
        cell.text = text
    assert texts(document) == ["水利局：明细：办结：12件，续办：3件"]


def test_a_document_of_a_table_alone_is_read() -> None:
    """Its rows are what can be cited."""
    document = docx.Document()
    table = document.add_table(3, 3)
    words = ["序号", "建议", "承办单位", "1", "增设公交站点", "交通局", "2", "改造小区", "住建局"]
    for cell, text in zip(table._cells, words, strict=True):
        cell.text = text
    assert [unit.text for unit in read(document).paragraphs] == [
        "序号1，增设公交站点：承办单位：交通局", "序号2，改造小区：承办单位：住建局",
    ]  # fmt: skip


@pytest.mark.parametrize("by_style", [False, True], ids=["by itself", "by its style"])
@pytest.mark.parametrize(
    ("before", "mark", "behind", "text"),
    [
        ("全市建成食堂180", "2", "个，运行平稳。", "全市建成食堂180个，运行平稳。"),
        ("全市户籍人口", "1", "43.62万人。", "全市户籍人口43.62万人。"),
        ("投入资金744", "[3]", "万元。", "投入资金744万元。"),
        ("投入资金744", "1,2", "万元。", "投入资金744万元。"),
        ("绿地面积36km", "2", "，增加2处。", "绿地面积36km²，增加2处。"),
    ],
)
def test_raised_print_joins_no_figure(
    by_style: bool, before: str, mark: str, behind: str, text: str
) -> None:
    """The mark of a note stays in the source alone, a power stays a power."""
    document = started()
    paragraph = document.add_paragraph(before)
    run = paragraph.add_run(mark)
    if by_style:
        style = document.styles.add_style("Note Mark", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
        style.font.superscript = True
        run.style = style
    else:
        run.font.superscript = True
    paragraph.add_run(behind)
    unit = read(document).paragraphs[-1]
    assert unit.text == text
    assert before + mark not in unit.source
    assert len(unit.source) > len(before + behind)


def test_raised_words_stay_words() -> None:
    """Only digits and brackets are marks."""
    document = started()
    document.add_paragraph("建成").add_run("示范点12个。").font.superscript = True
    assert texts(document) == ["建成示范点12个。"]


def numbered(document: Document, levels: list[tuple[str, str]], more: str = "") -> None:
    """A list 77 with numerals and texts of its levels, in the numbering part."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{count}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (count, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {NAMES} w:abstractNumId="77">{inner}'
                             "</w:abstractNum>"))  # fmt: skip
    root.append(parse_xml(f'<w:num {NAMES} w:numId="77"><w:abstractNumId w:val="77"/>{more}'
                          "</w:num>"))  # fmt: skip


def point(document: Document, text: str, level: int) -> None:
    """A paragraph at a level of list 77."""
    paragraph = document.add_paragraph(text)
    properties = parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="{level}"/><w:numId w:val="77"/>'
                           "</w:numPr>")  # fmt: skip
    paragraph._p.get_or_add_pPr().append(properties)


POINTS = [(0, "健全工作机制，压实各方责任，推动任务落地。"), (1, "建立台账，逐项销号，办结36件。"),
          (1, "每月通报，办结率达到98%，群众满意。"), (0, "强化资金保障，安排资金800万元。"),
          (1, "提高补贴标准，每人每月100元。")]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "marks"),
    [
        ([("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")],
         ["一、", "（一）", "（二）", "二、", "（一）"]),
        ([("decimal", "%1."), ("decimalEnclosedCircle", "%2")], ["1.", "①", "②", "2.", "①"]),
        ([("japaneseCounting", "第%1条　"), ("lowerLetter", "%2）")],
         ["第一条　", "a）", "b）", "第二条　", "a）"]),
        ([("ideographTraditional", "%1、"), ("bullet", "●")], ["甲、", "", "", "乙、", ""]),
    ],
)  # fmt: skip
def test_numbers_of_lists_are_read_as_word_prints_them(
    levels: list[tuple[str, str]], marks: list[str]
) -> None:
    """Levels count on and begin anew under each point above; bullets are no numbers."""
    document = started()
    numbered(document, levels)
    for level, text in POINTS:
        point(document, text, level)
    assert texts(document) == [m + text for m, (_, text) in zip(marks, POINTS, strict=True)]


def test_a_list_may_begin_anew_and_a_typed_number_counts_once() -> None:
    """A list begins where startOverride says; a number that was typed too is not doubled."""
    document = started()
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbered(document, [("decimal", "%1.")], override)
    for text in ("建立台账，逐项销号，办结36件。", "6.每月通报，办结率达到98%。"):
        point(document, text, 0)
    assert texts(document) == ["5.建立台账，逐项销号，办结36件。", "6.每月通报，办结率达到98%。"]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_behind_the_paragraph_that_refers_to_them(kind: str) -> None:
    """In the order of their marks, whatever their ids; separators are none."""
    document = started()
    notes = "".join(
        f'<w:{kind} w:id="{n}"{more}><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r>'
        f"</w:p></w:{kind}>"
        for n, more, text in [(0, ' w:type="separator"', "——"), (7, "", "含乡镇共计1875人。"),
                              (3, "", "由公安局提供。")]
    )  # fmt: skip
    content = f"<w:{kind}s {NAMES}>{notes}</w:{kind}s>".encode()
    add_part(document, f"{kind}s.xml", f"{R}/{kind}s", "application/xml", content)
    paragraph = document.add_paragraph("全区残疾人3120")
    for note in (7, 3):
        paragraph._p.append(parse_xml(f'<w:r {NAMES}><w:{kind}Reference w:id="{note}"/></w:r>'))
        paragraph.add_run("人，持证率61%" if note == 7 else "。")
    document.add_paragraph("下一步要加大投入。")
    assert texts(document) == [
        "全区残疾人3120人，持证率61%。", "¹含乡镇共计1875人。", "²由公安局提供。",
        "下一步要加大投入。",
    ]  # fmt: skip


def word_chunk() -> bytes:
    """A Word document to be inserted."""
    document = docx.Document()
    document.add_paragraph("检查发现隐患46处，当场整改31处。")
    return saved(document)


CHUNKS = {
    "htm": "<html><body><p>检查发现隐患46处，当场整改31处。</p></body></html>".encode(),
    "txt": "检查发现隐患46处，当场整改31处。\n".encode("gb18030"),
    "docx": word_chunk(),
}


@pytest.mark.parametrize("suffix", CHUNKS)
def test_an_inserted_document_is_read_in_its_place(suffix: str) -> None:
    """As Word unfolds it, whatever kind it is of."""
    document = started()
    relation = f"{R}/aFChunk"
    chunk = add_part(document, f"chunk.{suffix}", relation, "text/html", CHUNKS[suffix])
    append(document, f'<w:altChunk r:id="{chunk}"/>'.replace("/>", "></w:altChunk>"))
    assert texts(document) == ["检查发现隐患46处，当场整改31处。"]


@pytest.mark.parametrize(
    ("name", "problem"), [("chunk.rtf", "a document of the kind .rtf"), ("", "is not in the file")]
)
def test_an_inserted_document_that_cannot_be_read_is_told(name: str, problem: str) -> None:
    """Rather than less text."""
    document = started()
    chunk = "rId99"
    if name:
        chunk = add_part(document, name, f"{R}/aFChunk", "application/rtf", b"{\\rtf1}")
    append(document, f'<w:altChunk r:id="{chunk}"></w:altChunk>')
    with pytest.raises(BulletinError, match=problem):
        read(document)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:r><m:t>执行率=92.5%</m:t></m:r>", "执行率=92.5%"),
        ("<m:r><m:t>比率=</m:t></m:r><m:f><m:num><m:r><m:t>12</m:t></m:r></m:num><m:den><m:r>"
         "<m:t>48</m:t></m:r></m:den></m:f>", "比率=12/48"),
        ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>n</m:t></m:r></m:sup>"
         "</m:sSup>", "10^n"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad>", "√2"),
    ],
)  # fmt: skip
def test_a_formula_is_read(formula: str, text: str) -> None:
    """On one line; two numbers above each other do not become one."""
    document = started()
    paragraph = document.add_paragraph("按公式计算：")
    paragraph._p.append(parse_xml(f"<m:oMath {NAMES}>{formula}</m:oMath>"))
    paragraph.add_run("，高于上年。")
    assert texts(document) == [f"按公式计算：{text}，高于上年。"]


def strict(name: str, part: bytes) -> bytes:
    """A part in the names of the strict form."""
    return part.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        R.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


def with_null(name: str, part: bytes) -> bytes:
    """A picture that was taken out, as programs leave it."""
    gone = f'<Relationship Id="rId901" Type="{RELATIONSHIP_TYPE.IMAGE}" Target="../NULL"/>'
    ending = b"</Relationships>"
    return part.replace(ending, gone.encode() + ending) if "document.xml.rels" in name else part


def without_theme(name: str, part: bytes) -> bytes | None:
    """A file that lacks a part it refers to."""
    return None if "theme" in name or "customXml" in name else part


@pytest.mark.parametrize("change", [strict, with_null, without_theme])
def test_files_of_other_programs_are_read(change: Callable[[str, bytes], bytes | None]) -> None:
    """The strict form, and references to parts that are not there, are no damage."""
    document = started()
    document.add_paragraph().add_run("一、主要做法").font.size = Pt(16)
    data = saved(document)
    assert parse(repacked(data, change), "a.docx").units == parse(data, "a.docx").units
