"""Tables in plain text: a cell or a row a line, each figure under the name of its column."""

import io

import docx
import pytest

from corpus.bulletin import Kind
from corpus.parse import parse

HEAD = "地区\n床位数（张）\n护理型床位\n占比（%）"
ROWS = "涧河区\n463\n212\n45.8\n云台区\n1,280\n96\n7.5\n合计\n1743\n308\n17.7"


def rows(text: str) -> list[str]:
    """What the rows of the tables in a text read."""
    return [unit.text for unit in parse(text.encode(), "a.txt").units if unit.kind is Kind.TABLE]


def told(text: str) -> list[str]:
    """What is told of a text, in English."""
    return [loss.english for loss in parse(text.encode(), "a.txt").losses]


def test_cells_that_are_lines_become_rows() -> None:
    """What comes again tells how many columns there are, and the words before it their names."""
    text = f"2023年养老床位情况\n{HEAD}\n{ROWS}"
    assert rows(text) == [
        "涧河区：床位数463张，护理型床位212，占比45.8%",
        "云台区：床位数1,280张，护理型床位96，占比7.5%",
        "合计：床位数1743张，护理型床位308，占比17.7%",
    ]
    assert told(text) == []


def test_the_figures_know_their_cells() -> None:
    """A row is numbered, so that it can be cited, and its values stand where they say."""
    bulletin = parse(f"2023年养老床位情况\n{HEAD}\n{ROWS}".encode(), "a.txt")
    first = bulletin.paragraphs[0]
    assert first.number == 1
    values = [(one.row, one.column, first.text[one.start : one.end]) for one in first.values]
    assert values == [
        ("涧河区", "床位数", "床位数463张"),
        ("涧河区", "护理型床位", "护理型床位212"),
        ("涧河区", "占比", "占比45.8%"),
    ]
    assert bulletin.title == "2023年养老床位情况"


def test_no_character_of_the_file_moves() -> None:
    """The line breaks inside a row become blanks: a unit stands where it stood in the file."""
    text = f"2023年养老床位情况\n{HEAD}\n{ROWS}"
    for unit in parse(text.encode(), "a.txt").units:
        stood = text[unit.span.start : unit.span.end]
        assert stood.replace("\n", "　") == unit.source


PROSE = "全市养老服务工作由市人大常委会持续监督，新建助餐场所96个，改造敬老院12所，进展顺利。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"养老工作\n{PROSE}\n表1 床位\n单位：张\n地区\n总数\n护理型\n甲区\n46\n12\n乙区\n35\n9\n"
         f"{PROSE}",
         ["甲区：总数46张，护理型12张", "乙区：总数35张，护理型9张"]),
        ("养老工作\n序号\n项目\n完成\n1\n道路改造\n46\n2\n管网更新\n35\n3\n绿地\n9",
         ["序号1，道路改造：完成46", "序号2，管网更新：完成35", "序号3，绿地：完成9"]),
        ("人口情况\n指标\n2022年\n2023年\n户籍人口（万人）\n706.1\n707.9\n城镇化率（%）\n61.0\n62.1",
         ["户籍人口：2022年：706.1万人，2023年：707.9万人",
          "城镇化率：2022年：61.0%，2023年：62.1%"]),
        ("基本情况\n总人口\n707.9万人\n面积\n15230平方公里\n产值\n5675.2亿元",
         ["总人口：707.9万人", "面积：15230平方公里", "产值：5675.2亿元"]),
        ("收支\n项目\n预算\n决算\n一、收入\n税收\n46\n44\n非税\n12\n13\n二、支出\n教育\n30\n29\n卫生\n9\n8",
         ["一、收入·税收：预算46，决算44", "一、收入·非税：预算12，决算13",
          "二、支出·教育：预算30，决算29", "二、支出·卫生：预算9，决算8"]),
        ("床位\n地区\n总数\n护理型\n甲区\n46\n—\n乙区\n35\n9\n丙区\n8\n2",
         ["甲区：总数46", "乙区：总数35，护理型9", "丙区：总数8，护理型2"]),
    ],
    ids=["in running text", "numbered", "years", "pairs", "bands", "a cell without a value"],
)  # fmt: skip
def test_tables_of_lines_of_all_shapes(text: str, expected: list[str]) -> None:
    """With a title and a unit above, numbers before, lines across, and what has no value."""
    assert rows(text) == expected


def test_a_head_that_is_not_understood_names_nothing() -> None:
    """Two levels of names in one list of lines: which one is whose cannot be told, and is said."""
    text = (
        "人口\n地区\n2022年\n2023年\n户数\n人数\n户数\n人数\n"
        "甲区\n46\n120\n48\n131\n乙区\n35\n90\n36\n92"
    )
    assert rows(text) == ["甲区：46，120，48，131", "乙区：35，90，36，92"]
    assert told(text) == [
        "2 table rows whose columns could not be told stand as printed; see the original"
    ]


def test_a_row_that_lacks_a_cell_is_not_guessed() -> None:
    """Its figures may stand under any names; the other rows keep theirs."""
    text = f"床位\n{HEAD}\n甲区\n463\n212\n45.8\n乙区\n96\n7.5\n丙区\n3\n2\n66.7\n丁区\n5\n1\n20.0"
    assert rows(text)[1] == "乙区：96，7.5"
    assert rows(text)[2] == "丙区：床位数3张，护理型床位2，占比66.7%"
    assert len(told(text)) == 1


def test_a_blank_line_is_an_empty_cell() -> None:
    """Where one stands inside a row, what is behind it keeps its column."""
    text = (
        "床位\n地区\n总数\n护理型\n占比（%）\n"
        "甲区\n463\n212\n45.8\n乙区\n96\n\n7.5\n丙区\n3\n2\n66.7"
    )
    assert rows(text)[1] == "乙区：总数96，占比7.5%"


def test_paragraphs_of_word_that_are_cells() -> None:
    """A table that was pasted as text into a document, tabs between its cells or each by itself."""
    rows = [
        ["区名", "床位（张）", "补贴（万元）"],
        ["甲区", "46", "3.5"],
        ["乙区", "1280", "18.6"],
        ["丙区", "7", "8"],
    ]
    for lines in (["\t".join(row) for row in rows], [cell for row in rows for cell in row]):
        document = docx.Document()
        for line in ("全市养老服务情况", PROSE, *lines, PROSE):
            document.add_paragraph(line)
        file = io.BytesIO()
        document.save(file)
        units = parse(file.getvalue(), "a.docx").units
        assert [unit.text for unit in units if unit.kind is Kind.TABLE] == [
            "甲区：床位46张，补贴3.5万元",
            "乙区：床位1280张，补贴18.6万元",
            "丙区：床位7张，补贴8万元",
        ]


def test_a_unit_above_a_table_is_no_title() -> None:
    """Nor is it a part of one, at the head of a file."""
    text = "各县区养老床位情况\n单位：张\n县区\n总数\n护理型\n甲县\n46\n12\n乙县\n35\n9"
    bulletin = parse(text.encode(), "a.txt")
    assert bulletin.title == "各县区养老床位情况"
    assert rows(text) == ["甲县：总数46张，护理型12张", "乙县：总数35张，护理型9张"]


def test_what_is_labelled_line_by_line() -> None:
    """A file of names with their figures is no running text, and each can be cited."""
    assert rows("助餐点：46个\n床位：1280张\n补贴：212.5万元") == [
        "助餐点：46个", "床位：1280张", "补贴：212.5万元",
    ]  # fmt: skip


def test_a_table_that_nothing_tells_is_listed() -> None:
    """One row has no other to be told by: its figures can be cited, and do not touch."""
    text = "床位情况\n地区\n床位数\n护理型\n甲区\n463\n212"
    assert rows(text) == ["甲区：463，212"]
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("床位\n地区\t床位数（张）\t占比（%）\n甲区\t46\t8.1\n乙区\t35\t7.5",
         ["甲区：床位数46张，占比8.1%", "乙区：床位数35张，占比7.5%"]),
        ("床位\n地区    床位数（张）  占比（%）\n甲区      46      8.1\n乙区      35      7.5",
         ["甲区：床位数46张，占比8.1%", "乙区：床位数35张，占比7.5%"]),
        ("床位\n地区　总数　护理型\n甲区　46　12\n乙区　35　9",
         ["甲区：总数46，护理型12", "乙区：总数35，护理型9"]),
        ("床位\n区名 床位（张） 占比（%）\n甲区 46 8.1\n乙区 35 7.5",
         ["甲区：床位46张，占比8.1%", "乙区：床位35张，占比7.5%"]),
        ("床位\n|区名|床位|占比（%）|\n|甲区|46|8.1|\n|乙区||7.5|",
         ["甲区：床位46，占比8.1%", "乙区：占比7.5%"]),
        ("床位\n┌──┬──┐\n│区名│床位（张）│\n├──┼──┤\n│甲区│46│\n│乙区│35│\n└──┴──┘",
         ["甲区：床位46张", "乙区：床位35张"]),
        ("床位\n\t总数\t护理型\n甲区\t46\t\n乙区\t\t9", ["甲区：总数46", "乙区：护理型9"]),
    ],
    ids=["tabs", "wide blanks", "ideographic blanks", "single blanks", "bars",
         "a drawn frame", "tabs with nothing between"],
)  # fmt: skip
def test_rows_that_are_lines(text: str, expected: list[str]) -> None:
    """Tabs part cells as a browser copies them, blanks as a printer sets them."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"养老工作\n{PROSE}\n甲县\n乙县\n丙县\n{PROSE}",
        f"养老工作\n{PROSE}\n主编：张三　　责编：李四\n第12期　　共8版\n{PROSE}",
        f"目录\n养老服务监督\n3\n议案办理\n5\n代表工作\n8\n养老服务监督\n{PROSE}",
        f"目录\n养老服务监督　　　3\n议案办理　　　5\n代表工作　　　8\n养老服务监督\n{PROSE}",
        f"养老工作\n全市投资 5 6 7\n全省投资 4 3 1\n{PROSE}",
        f"养老工作\n全市完成投资　5675　亿元。\n全市新增床位　1200　张。\n{PROSE}",
    ],
    ids=[
        "names",
        "an imprint",
        "contents in lines",
        "contents with blanks",
        "digits apart",
        "sentences",
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    """Lists, imprints, tables of contents and sentences with blanks are no rows of figures."""
    assert rows(text) == []
