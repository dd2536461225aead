"""A question for a row of a table is answered from that row, and cited as a part of the table."""

from pathlib import Path

import docx
import pytest
from doubles import WordEncoder

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
    ("question", "value", "number"),
    [
        ("涧西区床位有多少张", "床位3581张", 2),
        ("西工区床位有多少张", "床位2811张", 3),
        ("新安县财政投入多少万元", "财政投入76.5万元", 4),
        ("洛阳全市助餐场所多少个", "助餐场所236个", 5),
        ("洛阳市财政投入多少", "财政投入1860万元", 5),
    ],
)
def test_the_row_asked_about_answers_alone(
    home: Path, folder: Path, question: str, value: str, number: int
) -> None:
    """A district gets its own figure, the city that of the whole, and neither another's."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = answer_chain(library).invoke(Request(question))
    assert value in answer.text
    assert [citation.paragraph for citation in answer.citations] == [number]
    assert answer.citations[0].label == f"《{TITLE}》第{number}段·表"
    assert not answer.warnings


def test_a_row_that_is_not_there_is_not_answered_by_another(home: Path, folder: Path) -> None:
    """Neither the neighbours' figures nor the city's are those of a district without a row."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = answer_chain(library).invoke(Request("瀍河回族区床位有多少张"))
    assert not any(cell in answer.text for cell in ("3581", "2811", "1942", "15767"))


def test_the_name_of_a_row() -> None:
    """Behind its number and the part of the table that it stands in."""
    assert row_name("序号1，一、城区·涧西区：数量46个") == "涧西区"
    assert row_name("收入·税收：金额3万元，备注：无") == "税收"
