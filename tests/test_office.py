"""Old Word files, RTF and presentations are read as their programs show them."""

import io
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Cm

from corpus.bulletin import Bulletin, Kind
from corpus.errors import BulletinError
from corpus.parse import parse, read_bulletin

DATA = Path(__file__).parent / "data"
TEXT = "全县养老服务工作由县人大常委会持续监督，新建助餐场所96个，改造敬老院12所。"
OTHER = "下一步将督促有关部门按照年度计划推进落实，新增护理床位480张。"
CELLS = [["地区", "床位（张）", "增长（%）"], ["涧西区", "3581", "8.1"], ["西工区", "2046", "4.6"]]
ROWS = ["涧西区：床位3581张，增长8.1%", "西工区：床位2046张，增长4.6%"]


def texts(bulletin: Bulletin) -> list[str]:
    return [unit.text for unit in bulletin.paragraphs]


def test_an_old_word_file_reads_as_the_new_one_does() -> None:
    """The same document, saved by LibreOffice in both forms, has the same paragraphs."""
    old, new = (texts(read_bulletin(DATA / f"20-yongning-minhang-budget.{kind}"))
                for kind in ("doc", "docx"))  # fmt: skip
    assert sum(text in old for text in new) >= 0.98 * len(new)


def test_rtf_reads_as_the_document_that_it_was_saved_from() -> None:
    """LibreOffice's RTF has the paragraphs of the Word file."""
    saved, new = (texts(read_bulletin(DATA / f"20-yongning-minhang-budget.{kind}"))
                  for kind in ("rtf", "docx"))  # fmt: skip
    assert sum(text in saved for text in new) >= 0.98 * len(new)


def test_headings_tables_and_numbers_of_an_old_word_file() -> None:
    """Its styles tell headings, its cells a table; numbers that Word reckons are told as lost."""
    data = (DATA / "small.doc").read_bytes()
    bulletin = parse(data, "a.doc")
    assert bulletin.articles[0].title == "关于养老服务工作的报告"
    headings = [unit.text for unit in bulletin.units if unit.kind is Kind.HEADING]
    assert headings[0] == "一、主要做法"
    assert texts(bulletin)[:4] == [TEXT, OTHER, *ROWS]
    assert "1段的自动编号未收入" in bulletin.losses[0].chinese


@pytest.mark.parametrize("suffix", [".wps", ".docx", ".pdf"])
def test_an_old_word_file_is_read_whatever_it_is_called(suffix: str) -> None:
    """By its content, and it is told."""
    bulletin = parse((DATA / "small.doc").read_bytes(), f"a{suffix}")
    assert TEXT in texts(bulletin)
    assert ("内容是旧版 Word" in bulletin.losses[0].chinese) is (suffix != ".wps")


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_cut_old_word_file_is_told_in_a_sentence(cut: float) -> None:
    """Or read as far as it goes; nothing else happens."""
    data = (DATA / "small.doc").read_bytes()
    try:
        parse(data[: int(cut * len(data))], "a.doc")
    except BulletinError as error:
        assert "另存为" in str(error) or "重新" in str(error)  # noqa: PT017 # either is right


def rtf(body: str) -> bytes:
    """An RTF as Chinese Word writes one: bytes of GBK, a table of fonts."""
    head = r"{\rtf1\ansi\ansicpg936\uc2{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1 Times;}}"
    head += r"{\stylesheet{\s1 heading 1;}}{\*\generator Word;}\f0 "
    return (head + body + "}").encode("ascii")


def gbk(text: str) -> str:
    """The characters as bytes of GBK in hexadecimal, Latin ones as they are."""
    return "".join(
        char if char.isascii() else "".join(rf"\'{byte:02x}" for byte in char.encode("gbk"))
        for char in text
    )


def test_rtf_reads_bytes_and_numbers_of_characters() -> None:
    """In GBK, or as numbers of Unicode followed by characters for old programs."""
    named = "".join(rf"\u{ord(char)}??" for char in OTHER)
    bulletin = parse(rtf(rf"\pard {gbk(TEXT)}\par \pard {named}\par"), "a.rtf")
    assert texts(bulletin) == [TEXT, OTHER]


def test_rtf_tables_headings_and_notes() -> None:
    """A row is a unit, an outline level a heading, a note follows its paragraph."""
    table = "".join(
        r"\trowd\pard\intbl " + "".join(rf"{gbk(cell)}\cell " for cell in row) + r"\row "
        for row in CELLS
    )
    note = rf"{{\footnote\pard {gbk('数据截至年底。')}}}"
    body = (
        rf"\pard\outlinelevel0 {gbk('一、主要做法')}\par\pard {gbk(TEXT)}{note}\par {table}\pard "
    )
    bulletin = parse(rtf(body + rf"{gbk(OTHER)}\par"), "a.rtf")
    assert texts(bulletin) == [TEXT, "数据截至年底。", *ROWS, OTHER]
    assert any(unit.text == "一、主要做法" for unit in bulletin.units if unit.number is None)


def test_what_rtf_does_not_show_is_not_read() -> None:
    """Hidden and deleted text, codes of fields, pictures with their bytes."""
    hidden = rf"{{\v {gbk('隐藏')}}}{{\deleted {gbk('删除')}}}"
    hidden += rf"{{\field{{\*\fldinst PAGE}}{{\fldrslt {gbk('其中')}}}}}"
    body = rf"\pard {hidden}{gbk(TEXT)}{{\pict\bin4 }}{{}}{{}}\par\pard {gbk(OTHER)}\par"
    assert texts(parse(rtf(body), "a.rtf")) == [f"其中{TEXT}", OTHER]


def presentation() -> Presentation:
    """Two slides: a title and a text, a heading and a table."""
    made = Presentation()
    first = made.slides.add_slide(made.slide_layouts[1])
    first.shapes.title.text = "关于养老服务工作的报告"
    first.placeholders[1].text = f"{TEXT}\n{OTHER}"
    second = made.slides.add_slide(made.slide_layouts[5])
    second.shapes.title.text = "各区床位"
    table = second.shapes.add_table(3, 3, Cm(2), Cm(5), Cm(15), Cm(5)).table
    for y, row in enumerate(CELLS):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    return made


def saved(made: Presentation) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_slides_are_pages() -> None:
    """Their titles are the title and headings, their tables rows."""
    bulletin = parse(saved(presentation()), "a.pptx")
    assert bulletin.articles[0].title == "关于养老服务工作的报告"
    assert texts(bulletin) == [TEXT, OTHER, *ROWS]
    assert [unit.page for unit in bulletin.paragraphs] == [1, 1, 2, 2]


def test_hidden_slides_are_told() -> None:
    """They are not shown, so they are not read."""
    made = presentation()
    made.slides[1].element.set("show", "0")
    bulletin = parse(saved(made), "a.pptx")
    assert texts(bulletin) == [TEXT, OTHER]
    assert [loss.chinese for loss in bulletin.losses] == ["隐藏的幻灯片未收入：第2页"]
