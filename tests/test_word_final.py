"""A Word file is read as its final print: changes taken in, fields as results, boxes once."""

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from test_word_print import BODY, NAMES, R, add_part, append, numbered, point, read, started, texts

from corpus.formats.word_fields import show_results
from corpus.formats.word_text import text_of

MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
FIRST = "建立台账，逐项销号，办结36件。"
SECOND = "每月通报，办结率达到98%。"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def struck(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def with_body(*blocks: str) -> Document:
    """A document whose body goes on with this markup."""
    document = started()
    for block in blocks:
        append(document, block)
    return document


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_a_replaced_figure_is_read_as_the_final_text_has_it() -> None:
    """What was struck is no part of it, and nothing is lost."""
    document = with_body(paragraph(run("办结") + struck("36") + f"<w:ins>{run('63')}</w:ins>"
                                   + run("件，群众满意。")))  # fmt: skip
    assert texts(document) == ["办结63件，群众满意。"]
    assert not read(document).losses


def test_a_paragraph_that_was_moved_stands_where_it_went() -> None:
    """Once, and no empty one is left behind."""
    gone = f"<w:moveFrom>{run(FIRST)}</w:moveFrom>"
    come = f"<w:moveTo>{run(FIRST)}</w:moveTo>"
    document = with_body(
        paragraph(gone, "<w:rPr><w:moveFrom/></w:rPr>"), paragraph(run(SECOND)), paragraph(come)
    )
    assert texts(document) == [SECOND, FIRST]


def test_a_struck_end_joins_two_paragraphs() -> None:
    """As they are one when the change is accepted."""
    document = with_body(
        paragraph(run("建立台账，逐项销号，") + struck("另见附件。"), "<w:rPr><w:del/></w:rPr>"),
        paragraph(run("办结36件。")),
    )
    assert texts(document) == [FIRST]


def test_struck_rows_and_cells_are_no_rows_and_cells() -> None:
    """A table shows what is left of it."""

    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    gone = "<w:cellDel/>"
    rows = (
        f"<w:tr>{cell('镇')}{cell('旧', gone)}{cell('户数')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('北镇')}{cell('1')}{cell('75')}</w:tr>"
        f"<w:tr>{cell('东镇')}{cell('2', gone)}{cell('86')}</w:tr>"
    )
    document = with_body(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    assert texts(document) == ["东镇：户数86户"]


def test_what_was_struck_counts_in_no_list() -> None:
    """The numbers are those of the final text."""
    document = started()
    numbered(document, [("chineseCounting", "%1、")])
    for text in (FIRST, "此条删去。", SECOND):
        point(document, text, 0)
    gone = document.paragraphs[-2]._p
    gone.pPr.append(parse_xml(f"<w:rPr {NAMES}><w:del/></w:rPr>"))
    gone.replace(gone.r_lst[0], parse_xml(struck("此条删去。").replace(">", f" {NAMES}>", 1)))
    assert texts(document) == ["一、" + FIRST, "二、" + SECOND]


def test_a_text_box_is_read_once_and_counts_once() -> None:
    """Word writes it twice, for itself and for old programs."""
    document = started()
    numbered(document, [("decimal", "%1.")])
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
    box = f"<w:txbxContent>{paragraph(run(FIRST), item)}</w:txbxContent>"
    append(document, f"<w:p {MC}><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
           f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>")  # fmt: skip
    document.add_paragraph()
    point(document, SECOND, 0)
    assert texts(document) == ["1." + FIRST, "2." + SECOND]


def test_letters_drawn_as_a_picture_are_read() -> None:
    """The name of a bulletin is often set so."""
    art = '<w:r><w:pict><v:shape><v:textpath string="人大工作简报"/></v:shape></w:pict></w:r>'
    document = with_body(f"<w:p {MC}>{art}</w:p>", paragraph(run(FIRST)))
    assert "人大工作简报" in [unit.text for unit in read(document).units]


def test_the_number_of_comments_is_told_and_their_text_left_out() -> None:
    """A comment is no part of the text that it is about."""
    document = started()
    remark = document.add_paragraph(FIRST)
    document.add_comment(remark.runs, text="数字待核。", author="甲")
    assert texts(document) == [FIRST]
    assert [loss.chinese for loss in read(document).losses] == ["1条批注未收入"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (char("begin") + code(" REF a ") + char("separate") + run("36") + char("end"), "36"),
        ('<w:fldSimple w:instr=" NUMPAGES ">' + run("36") + "</w:fldSimple>", "36"),
        (f'<w:hyperlink r:id="rId1">{run("36")}</w:hyperlink>', "36"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('36')}</w:sdtContent></w:sdt>", "36"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击输入')}"
         "</w:sdtContent></w:sdt>", ""),
        (char("begin") + code("IF ") + char("begin") + code("SUM") + char("separate") + run("7")
         + char("end") + code(" = 7 ") + char("separate") + run("36") + char("end"), "36"),
        (char("begin") + code("eq \\o\\ac(○,3)") + char("end"), "③"),
        (char("begin") + code("EQ \\f(3,4)") + char("end"), "3/4"),
        (char("begin") + code("TC 无结果") + run("目录项") + char("end"), ""),
        (char("begin") + run("36"), "36"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>36</w:t></w:r>', "36"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("36"), "≥36"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "☑"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fe</w:t></w:r>', "☑"),
        ('<w:r><w:sym w:font="仿宋" w:char="25CB"/></w:r>', "○"),
    ],
    ids=["field", "simple field", "link", "control", "empty control", "field in a code", "ring",
         "fraction", "no result", "no end", "not hidden", "at least", "ticked", "ticked by font",
         "sign of a font of text"],
)  # fmt: skip
def test_what_word_shows_inside_a_line_is_read(inner: str, text: str) -> None:
    """Results and not codes, contents and not the words that ask for them."""
    document = with_body(paragraph(run("全年办结") + inner + run("件，群众满意。")))
    assert texts(document) == [f"全年办结{text}件，群众满意。"]


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        (char("begin") + code("EQ \\i\\su(1,5,x)") + char("end"), "1个公式域未收入，请对照原件"),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>',
         "1个特殊字体的符号未收入，请对照原件"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told(inner: str, told: str) -> None:
    """Rather than left out in silence."""
    document = with_body(paragraph(run("全年办结") + inner + run("件，群众满意。")))
    assert [loss.chinese for loss in read(document).losses] == [told]


def test_a_field_that_goes_over_paragraphs_keeps_its_result() -> None:
    """As a table of contents does; the code before it is gone."""
    root = parse_xml(f"<w:body {NAMES}>" + paragraph(char("begin") + code("TOC") + run("码")
                     + char("separate") + run("一")) + paragraph(run("二") + char("end"))
                     + "</w:body>")  # fmt: skip
    assert show_results(root) == 0
    assert [text_of(one) for one in root] == ["一", "二"]


def notes(document: Document, kind: str, **by_id: str) -> None:
    """The part of a document's notes."""
    inner = "".join(f'<w:{kind} w:id="{key[1:]}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
                    for key, text in by_id.items())  # fmt: skip
    content = f"<w:{kind}s {NAMES}>{inner}</w:{kind}s>".encode()
    add_part(document, f"{kind}s.xml", f"{R}/{kind}s", "application/xml", content)


def reference(kind: str, number: int, more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'


def test_notes_of_both_kinds_and_of_own_marks_are_told_apart() -> None:
    """Endnotes have brackets then; a mark that was typed takes no number; a struck note is none."""
    inner = (
        run("全区残疾人3120") + f"<w:del>{reference('footnote', 9)}</w:del>"
        + reference("footnote", 2) + run("人，持证") + reference("endnote", 2)
        + reference("footnote", 3, ' w:customMarkFollows="1"') + run("*") + run("率61%。")
    )  # fmt: skip
    document = with_body(paragraph(inner))
    notes(document, "footnote", _9="已删。", _2="含乡镇共计1875人。", _3="*由公安局提供。")
    notes(document, "endnote", _2="见统计公报。")
    assert texts(document)[1:] == ["¹含乡镇共计1875人。", "*由公安局提供。", "⁽¹⁾见统计公报。"]


@pytest.mark.parametrize(
    ("count", "at", "mark"),
    [
        ("ideographDigital", 10, "一〇"), ("chineseCountingThousand", 21, "二十一"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("decimalFullWidth", 3, "3"),
        ("decimalEnclosedParen", 2, "(2）"), ("upperRoman", 4, "IV"), ("upperLetter", 2, "B"),
    ],
)  # fmt: skip
def test_numerals_of_lists_are_those_of_word(count: str, at: int, mark: str) -> None:
    """Each way of counting as it is printed."""
    document = started()
    start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{at}"/></w:lvlOverride>'
    numbered(document, [(count, "%1、")], start)
    point(document, FIRST, 0)
    assert texts(document) == [f"{mark}、{FIRST}"]


def levels(document: Document) -> None:
    """The list of a statute: chapters, articles that count through them, and 1.1 beneath."""
    numbered(document, [("chineseCounting", "第%1章"), ("chineseCounting", "第%2条"),
                        ("decimal", "%2.%3")])  # fmt: skip
    of = document.part.numbering_part.element[0]
    of[1].append(parse_xml(f'<w:lvlRestart {NAMES} w:val="0"/>'))
    of[2].append(parse_xml(f"<w:isLgl {NAMES}/>"))


def test_articles_count_on_through_the_chapters() -> None:
    """A level that never begins anew, and one that writes the numbers above it in digits."""
    document = started()
    levels(document)
    for level, text in [(0, "总则"), (1, FIRST), (0, "措施"), (1, SECOND), (2, FIRST)]:
        point(document, text, level)
    assert [unit.text for unit in read(document).units][2:] == [
        "第一章总则", f"第一条{FIRST}", "第二章措施", f"第二条{SECOND}", f"2.1{FIRST}",
    ]  # fmt: skip


def test_a_style_says_at_which_level_its_paragraphs_are() -> None:
    """Where it names the list alone, the list names the style."""
    document = docx.Document()
    document.add_paragraph(BODY)
    levels(document)
    of = document.part.numbering_part.element[0]
    for level, name in enumerate(("Heading1", "Heading2")):
        of[level].insert(2, parse_xml(f'<w:pStyle {NAMES} w:val="{name}"/>'))
        style = document.styles[f"Heading {level + 1}"].element
        style.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {NAMES}><w:numId w:val="77"/></w:numPr>')
        )
    document.add_heading("总则", 1)
    document.add_heading("适用范围", 2)
    document.add_paragraph(BODY)
    assert [unit.text for unit in read(document).units][1:3] == ["第一章总则", "第一条适用范围"]
