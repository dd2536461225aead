"""A question for a row of a table is answered from that row, and cited as a part of the table."""

from pathlib import Path

import docx
import pytest
from doubles import WordEncoder

from corpus.parse import read_bulletin
from index.library import Library
from rag.chain import Request, answer_chain
from rag.reading.table_rows import row_name

ROWS = (
    "县区 助餐场所（个） 床位（张） 财政投入（万元） 同比增长（%）",
    "涧西区 46 3581 120.4 8.1",
    "西工区 35 2811 98 -2.3",
    "新安县 28 1942 76.5 12.0",
    "全市合计 236 15767 1860 6.4",
)
TITLE = "洛阳市2023年养老服务统计公报"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a Word document of a table by districts."""
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph("全市养老服务稳步发展，各县区建设情况见下表，数据来自市民政局。")
    table = document.add_table(5, 5)
    for line, row in zip(ROWS, table.rows, strict=True):
        for text, cell in zip(line.split(), row.cells, strict=True):
            cell.text = text
    document.add_paragraph("下一步，常委会将继续加大跟踪监督力度，督促完善运营机制。")
    folder = tmp_path / "bulletins"
    folder.mkdir()
    document.save(str(folder / "luoyang.docx"))
    return folder


@pytest.mark.parametrize(
    ("question", "value", "number", "cell"),
    [
        ("涧西区床位有多少张", "床位3581张", 2, "涧西区 床位"),
        ("西工区床位有多少张", "床位2811张", 3, "西工区 床位"),
        ("新安县财政投入多少万元", "财政投入76.5万元", 4, "新安县 财政投入"),
        ("西工区财政投入同比增长多少", "同比增长-2.3%", 3, "西工区 同比增长"),
        ("洛阳全市助餐场所多少个", "助餐场所236个", 5, "全市合计 助餐场所"),
        ("洛阳市财政投入多少", "财政投入1860万元", 5, "全市合计 财政投入"),
    ],
)
def test_the_row_asked_about_answers_alone(
    home: Path, folder: Path, question: str, value: str, number: int, cell: str
) -> None:
    """A district gets its own figure, the city that of the whole, and neither another's; cell and
    citation are those of the row and the column.
    """
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = answer_chain(library).invoke(Request(question))
    assert value in answer.text
    assert [citation.paragraph for citation in answer.citations] == [number]
    (citation,) = answer.citations
    assert citation.quote == value
    assert citation.label == f"《{TITLE}》第{number}段·表 {cell}"
    assert (citation.as_dict()["row"], citation.as_dict()["column"]) == tuple(cell.split())
    assert not answer.warnings


def test_a_row_that_is_not_there_is_not_answered_by_another(home: Path, folder: Path) -> None:
    """Neither the neighbours' figures nor the city's are those of a district without a row."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = answer_chain(library).invoke(Request("瀍河回族区床位有多少张"))
    assert not any(cell in answer.text for cell in ("3581", "2811", "1942", "15767"))


@pytest.fixture
def across(tmp_path: Path) -> Path:
    """A folder with a Word document whose table has a column a district, without its ending."""
    document = docx.Document()
    document.add_paragraph("洛阳市户籍老年人口统计", style="Title")
    document.add_paragraph("市统计局汇总了各县区上报的数据，现将结果予以通报，供有关方面参阅。")
    document.add_paragraph("表1 2023年各县区户籍老年人口")
    table = document.add_table(2, 4)
    for line, row in zip(
        ("单位：万人 涧西 西工 新安", "老年人口 46.21 38.30 18.44"), table.rows, strict=True
    ):
        for text, cell in zip(line.split(), row.cells, strict=True):
            cell.text = text
    document.add_paragraph("下一步，要加快完善养老服务体系，扩大服务供给。")
    folder = tmp_path / "bulletins"
    folder.mkdir()
    document.save(str(folder / "across.docx"))
    return folder


@pytest.mark.parametrize(
    ("question", "value", "column"),
    [
        ("西工区老年人口有多少万人", "38.30万人", "西工"),
        ("新安县老年人口有多少万人", "18.44万人", "新安"),
        ("涧西老年人口有多少万人", "46.21万人", "涧西"),
    ],
)
def test_a_column_may_be_a_district(
    home: Path, across: Path, question: str, value: str, column: str
) -> None:
    """In a table of its city a name without its ending is the district."""
    library = Library(home, WordEncoder())
    library.sync(across)
    answer = answer_chain(library).invoke(Request(question))
    assert [citation.column for citation in answer.citations] == [column]
    assert value in answer.citations[0].quote


def test_a_row_stands_under_the_name_of_its_table(across: Path) -> None:
    """What a table is called is a caption, heads its rows, and nothing behind it."""
    bulletin = read_bulletin(across / "across.docx")
    assert [unit.section for unit in bulletin.paragraphs] == [
        (),
        ("表1 2023年各县区户籍老年人口",),
        (),
    ]


def test_the_name_of_a_row() -> None:
    """Behind its number and the part of the table that it stands in."""
    assert row_name("序号1，一、城区·涧西区：数量46个") == "涧西区"
    assert row_name("收入·税收：金额3万元，备注：无") == "税收"
