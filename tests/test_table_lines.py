"""Every figure of a table keeps the name of its row and of its column, and touches no other."""

import re

import pytest

from corpus.bulletin import Kind
from corpus.formats.column_heads import is_figure
from corpus.formats.column_units import is_unit, split_unit
from corpus.formats.grid import MAX_PLACES, Cell, Grid, cell_text, spread
from corpus.formats.table_lines import is_frame, lines_of

Texts = list[list[str | Cell]]


def grid(rows: Texts) -> Grid:
    """A grid of texts, and of cells that reach further."""
    return spread([[c if isinstance(c, Cell) else Cell(c) for c in row] for row in rows])


def told(rows: Texts, above: str = "") -> list[str]:
    """What the rows under the head read."""
    return [p.reading or "" for p in lines_of(grid(rows), above) if p.kind is Kind.TABLE]


def test_a_row_reads_under_the_names_of_its_columns() -> None:
    """Units of the head stand behind its figures; the head itself is a caption."""
    pieces = list(lines_of(grid([["街道", "床位（张）", "增长%"], ["城东", "86", "3.5"]])))
    assert [(p.text, p.kind, p.reading) for p in pieces] == [
        ("街道　床位（张）　增长%", Kind.CAPTION, "街道，床位（张），增长%"),
        ("城东　86　3.5", Kind.TABLE, "城东：床位86张，增长3.5%"),
    ]


MERGED_NAMES: Texts = [
    ["类别", "项目", "金额（万元）"],
    [Cell("收入", rows=2), "税收", "15767"],
    ["非税", "6225"],
    [Cell("合计", columns=2), "21992"],
]
UNIT_ABOVE: Texts = [
    [Cell("区", rows=2), Cell("床位（张）", columns=2), Cell("补贴（万元）", columns=2)],
    ["总数", "护理型", "金额", "比上年增长"],
    ["甲区", "46", "12", "3.5", "8.1"],
]
DEEP_HEAD: Texts = [
    [Cell("地区", rows=2), Cell("2023年", columns=2), Cell("2022年", columns=2)],
    ["数量（个）", "增长（%）", "数量（个）", "增长（%）"],
    ["涧西区", "46", "8.1", "42", "—"],
]
UNIT_COLUMN: Texts = [
    ["指标", "单位", "2022", "2023"],
    ["常住人口", "万人", "706", "707.9"],
    ["城镇化率", "%", "61.0", "62.1"],
]
UNIT_ROW: Texts = [
    ["县", "产值", "增速"], ["", "（亿元）", "（%）"], ["甲县", "56.2", "5.3"],
]  # fmt: skip
TWICE: Texts = [["单位", "数量", "单位", "数量"], ["甲局", "3件", "乙局", "5件"]]
BANDS: Texts = [
    ["项目", "人数"], [Cell("一、城区", columns=2)], ["门诊", "120"], ["住院", "45"],
]  # fmt: skip
SHARED_FIGURE: Texts = [
    ["地区", "资金（万元）"], ["甲县", Cell("500", rows=2)], ["乙县"], ["丙县", "300"],
]  # fmt: skip
GROUPS: Texts = [["地区", "0-14岁", "60岁以上"], ["甲县", "12345", "9876"]]
SERIAL: Texts = [
    ["序号", "建议", "承办单位"], ["1", "增设公交站点", "市交通局"], ["2", "改造小区", "市住建局"],
]  # fmt: skip
HEADLESS: Texts = [["总人口", "707.9万人", "面积", "15230平方公里"], ["产值", "5675.2亿元"]]
AGAIN: Texts = [["项目", "金额"], ["甲", "3"], ["项目", "金额"], ["乙", "4"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (MERGED_NAMES, ["收入·税收：金额15767万元", "收入·非税：金额6225万元",
                        "合计：金额21992万元"]),
        (DEEP_HEAD, ["涧西区：2023年数量46个，2023年增长8.1%，2022年数量42个"]),
        (UNIT_ABOVE, ["甲区：床位总数46张，床位护理型12张，补贴金额3.5万元，"
                      "补贴（万元）比上年增长8.1"]),
        (UNIT_COLUMN, ["常住人口：2022年：706万人，2023年：707.9万人",
                       "城镇化率：2022年：61.0%，2023年：62.1%"]),
        (UNIT_ROW, ["甲县：产值56.2亿元，增速5.3%"]),
        (TWICE, ["甲局：数量3件", "乙局：数量5件"]),
        (BANDS, ["一、城区·门诊：人数120人", "一、城区·住院：人数45人"]),
        (SHARED_FIGURE, ["甲县：资金：500万元（与乙县同一格）", "乙县", "丙县：资金300万元"]),
        (GROUPS, ["甲县：0-14岁12345，60岁以上9876"]),
        (SERIAL, ["序号1，增设公交站点：承办单位：市交通局",
                  "序号2，改造小区：承办单位：市住建局"]),
        (HEADLESS, ["总人口：707.9万人，面积15230平方公里", "产值：5675.2亿元"]),
        (AGAIN, ["甲：金额3", "乙：金额4"]),
        ([["涧西区", "46，35"], ["西工区", "7"]], ["涧西区：46，35", "西工区：7"]),
        ([["县", "金额"], ["甲县", "15767 18.64"], ["乙县", "6225"]],
         ["甲县：金额：15767 18.64", "乙县：金额6225"]),
        ([["15767", "18.64"], ["6225", "-2.10"]], ["15767，18.64", "6225，-2.10"]),
    ],
    ids=["merged names", "two rows of names", "a unit above names", "a column of units",
         "a row of units", "two tables side by side", "a line across", "a figure for two rows",
         "groups",
         "numbered words", "no head", "the head again", "two figures in a cell",
         "two figures under a name", "figures alone"],
)  # fmt: skip
def test_tables_of_all_shapes(rows: Texts, expected: list[str]) -> None:
    """Whatever is merged, nested or repeated, a figure stands with what it counts."""
    assert told(rows) == expected


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("单位：亿元", ["产值5675.2亿元", "增长5.3"]),
        ("（单位：亿元、%）", ["产值5675.2亿元", "增长5.3%"]),
        ("表1 主要指标", ["产值5675.2", "增长5.3"]),
        ("单位：万元/亩", ["产值5675.2", "增长5.3"]),
    ],
)
def test_the_unit_above_a_table(above: str, expected: list[str]) -> None:
    """It counts amounts, and no rates; two units are told apart by what they can count."""
    assert told([["县", "产值", "增长"], ["甲县", "5675.2", "5.3"]], above) == [
        f"甲县：{'，'.join(expected)}"
    ]


def test_a_share_of_the_budget_is_no_amount() -> None:
    """为预算的 is a share where the table counts in money and shares, and bare where in money."""
    rows: Texts = [["项目", "决算数", "为预算的", "比上年增减额"], ["税收", "157", "98.5", "7"]]
    assert told(rows, "单位：万元、%") == ["税收：决算数157万元，为预算的98.5%，比上年增减额7"]
    assert told(rows, "单位：万元") == ["税收：决算数157万元，为预算的98.5，比上年增减额7"]


def test_a_unit_of_a_row_goes_before_that_of_the_table() -> None:
    """常住人口（万人） is counted in 万人 where the rest is money."""
    rows: Texts = [["指标", "2023年"], ["常住人口（万人）", "707.9"], ["产值", "5701"]]
    assert told(rows, "单位：亿元") == ["常住人口：2023年：707.9万人", "产值：2023年：5701亿元"]


@pytest.mark.parametrize("rows", [MERGED_NAMES, DEEP_HEAD, UNIT_COLUMN, TWICE, GROUPS, HEADLESS])
def test_no_two_figures_touch(rows: Texts) -> None:
    """The numbers of a table's readings are those of its cells, each whole."""
    cells = {cell.text for row in grid(rows) for cell in row}
    numbers = {n for text in cells for n in re.findall(r"\d+(?:\.\d+)?", text)}
    for line in told(rows):
        assert set(re.findall(r"\d+(?:\.\d+)?", line)) <= numbers


def test_a_frame_is_no_table() -> None:
    """One column, or running text in a cell; a long remark in a table of figures is none."""
    text = "全市建成老年食堂52个，惠及老人3万人，运行平稳。" * 5
    assert is_frame(grid([["甲"], ["乙"]]))
    assert is_frame(grid([["导航", text]]))
    assert is_frame(grid([["日期", text], ["2024-03-15", "下载"]]))
    assert not is_frame(grid([["县", "数量", "情况"], ["甲县", "46", text], ["乙县", "12", ""]]))


def test_the_lines_of_a_cell() -> None:
    """A name goes on, words of Latin letters and figures stay apart."""
    assert cell_text(["一般公共", "预算收入"]) == "一般公共预算收入"
    assert cell_text(["46个", " ", "8.1%"]) == "46个，8.1%"
    assert cell_text(["Public", "budget"]) == "Public budget"


def test_spans_cover_their_places() -> None:
    """A cell of two rows and two columns stands four times; a row ends where its cells do."""
    cells = grid([[Cell("甲", rows=2, columns=2), "乙"], ["丙"], ["丁", "戊", "己"]])
    assert [[cell.text for cell in row] for row in cells] == [
        ["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"],
    ]  # fmt: skip
    with pytest.raises(ValueError, match="a table of more than"):
        spread([[Cell("甲", rows=10**6, columns=200)], *([[]] * (MAX_PLACES // 100))])


def test_units_and_figures_of_cells() -> None:
    """What a unit is, and what a cell with a figure and no more."""
    assert split_unit("床位/张") == ("床位", "张")
    assert split_unit("比上年±%") == ("比上年", "%")
    assert [is_unit(text) for text in ("万元", "%", "人次", "城区", "")] == [True] * 3 + [False] * 2
    figures = ("46", "-2.10", "1,234,567", "46个", "8.1%", "八秒内")
    assert all(map(is_figure, figures))
    assert not any(map(is_figure, ("涧西区", "第二十四条", "60岁以上", "2024-03-15", "")))
