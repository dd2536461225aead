"""A sheet is a table whose rows are cited under the names of their columns."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from corpus.bulletin import Bulletin, Kind
from corpus.errors import BulletinError
from corpus.formats.number_shown import shown
from corpus.parse import parse


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(rows: list[list[object]], merged: tuple[str, ...] = ()) -> Workbook:
    """A book of one sheet with these rows."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    return book


def texts(bulletin: Bulletin) -> list[str]:
    return [unit.text for unit in bulletin.paragraphs]


def test_rows_read_under_merged_heads() -> None:
    """With the title, the unit of the table, names above each other, blank rows between."""
    book = workbook(
        [["全市民生实事项目完成情况表"], ["单位：万元"], ["项目", "预算", ""], ["", "安排", "执行"],
         ["老年助餐场所建设", 12345.5, 9876], [], ["合计", 12345.5, 9876]],
        ("A1:C1", "B3:C3", "A3:A4"),
    )  # fmt: skip
    bulletin = parse(saved(book), "a.xlsx")
    assert bulletin.articles[0].title == "全市民生实事项目完成情况表"
    assert texts(bulletin) == [
        "老年助餐场所建设：预算安排12345.5万元，预算执行9876万元",
        "合计：预算安排12345.5万元，预算执行9876万元",
    ]
    assert {unit.kind for unit in bulletin.paragraphs} == {Kind.TABLE}


def test_each_sheet_is_an_article_and_hidden_ones_are_told() -> None:
    """The name of a sheet is its title where nothing above the table is."""
    book = workbook([["地区", "床位（张）"], ["涧西区", 3581]])
    book.active.title = "护理床位"
    other = book.create_sheet("助餐场所")
    other.append(["地区", "场所（个）"])
    other.append(["涧西区", 46])
    hidden = book.create_sheet("草稿")
    hidden.append(["不应出现", 1])
    hidden.sheet_state = "hidden"
    bulletin = parse(saved(book), "a.xlsx")
    assert [article.title for article in bulletin.articles] == ["护理床位", "助餐场所"]
    assert texts(bulletin) == ["涧西区：床位3581张", "涧西区：场所46个"]
    assert [loss.chinese for loss in bulletin.losses] == ["隐藏的工作表未收入：草稿"]


def test_two_tables_on_a_sheet_have_their_own_heads() -> None:
    """A blank row parts them where the second one names its columns anew."""
    book = workbook(
        [["地区", "床位（张）"], ["涧西区", 3581], [], ["县", "学校（所）"], ["孟津", 46]]
    )
    assert texts(parse(saved(book), "a.xlsx")) == ["涧西区：床位3581张", "孟津：学校46所"]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.0813, "0.0%", "8.1%"),
        (0.8, "0%", "80%"),
        (12345.6, "#,##0.00", "12,345.60"),
        (-12345.6, "#,##0.0;-#,##0.0", "-12,345.6"),
        (12, '0"个"', "12个"),
        (12345678, '#,##0.0,"千元"', "12,345.7千元"),
        (0.1 + 0.2, "General", "0.3"),
        (3.0, "General", "3"),
        (7, "000", "007"),
        (date(2024, 3, 5), 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        (datetime(2024, 3, 5, 14, 30), "yyyy-mm-dd hh:mm", "2024年3月5日 14:30"),
        (datetime(2024, 3, 1), 'yyyy"年"m"月"', "2024年3月"),
        (True, "General", "是"),
        (None, "General", ""),
        (1e15, "#,##0.00", "1,000,000,000,000,000.00"),
        (float("inf"), "0.0", "inf"),
    ],
)  # fmt: skip
def test_values_read_as_they_are_shown(value: object, number_format: str, text: str) -> None:
    """By the format of the cell, without the noise of binary fractions."""
    assert shown(value, number_format) == text


def test_formulas_read_as_the_kept_values_and_others_are_told() -> None:
    """What no program has reckoned yet cannot be told."""
    book = workbook([["地区", "床位（张）", "合计（张）"], ["涧西区", 3581, "=B2*2"]])
    bulletin = parse(saved(book), "a.xlsx")
    assert texts(bulletin) == ["涧西区：床位3581张"]
    assert "1个单元格" in bulletin.losses[0].chinese


def test_a_cell_far_away_costs_nothing() -> None:
    """A mark in the last cell that a sheet has makes no sheet of billions."""
    book = workbook([["地区", "床位（张）"], ["涧西区", 3581]])
    book.active["XFD1048576"] = 1
    bulletin = parse(saved(book), "a.xlsx")
    assert texts(bulletin) == ["涧西区：床位3581张"]
    assert "第200列以后未收入" in bulletin.losses[0].chinese


def test_too_many_rows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the bound and the mend."""
    monkeypatch.setattr("corpus.formats.spreadsheet.MAX_ROWS", 3)
    book = workbook([["地区", "床位"], *([f"区{n}", n] for n in range(9))])
    with pytest.raises(BulletinError, match="10 rows with text, more than 3; split the workbook"):
        parse(saved(book), "a.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_separated_table_is_read(encoding: str, mark: str) -> None:
    """Whatever parts its cells, in the encodings that Chinese programs write."""
    rows = [
        ["地区", "床位（张）", "增长（%）"],
        ["涧西区", "3581", "8.1"],
        ["西工区", "2046", "4.6"],
    ]
    data = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
    assert texts(parse(data, "a.csv")) == [
        "涧西区：床位3581张，增长8.1%",
        "西工区：床位2046张，增长4.6%",
    ]


def test_a_cell_in_quotes_is_one_cell() -> None:
    """A comma and a line break in it part nothing."""
    data = '地区,床位（张）,备注\n涧西区,"3,581","城区，\n含护理型"\n'.encode()
    assert texts(parse(data, "a.csv")) == ["涧西区：床位3,581张，备注：城区，含护理型"]
