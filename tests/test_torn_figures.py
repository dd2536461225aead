"""Figures that an extraction tore apart are whole in the reading text; figures apart stay apart."""

import pytest

from corpus.parse import parse
from corpus.text.reading_text import read
from corpus.text.torn_figures import sets_digits_apart


def figures(text: str) -> list[str]:
    """The figures of a text file's paragraphs."""
    units = parse(text.encode(), "a.txt").paragraphs
    return [figure.text for unit in units for figure in unit.figures]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总产值 达到 8 9 0 4 ．7 亿元 ，床位 2 3 0 5 张 。", ["8904.7亿元", "2305张"]),
        ("完 成 投 资 1 2 6 . 5 万 元，惠 及 4 0 8 6 人 次。", ["126.5万元", "4086人次"]),
        ("收入增长７ ．４ ％，参保人数３ ２ ６ ８ ５ 人。", ["7.4%", "32685人"]),
    ],
    ids=["wide point", "narrow point", "wide digits"],
)  # fmt: skip
def test_digits_set_apart_are_one_figure(text: str, found: list[str]) -> None:
    """Where a file sets every digit apart, a figure is what its digits make together."""
    assert sets_digits_apart(text)
    assert figures(f"某县本年工作情况\n\n{text}\n") == found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("服务老人41. 6万人次", "服务老人41.6万人次"),
        ("满意率达到96 .5%", "满意率达到96.5%"),
        ("长度１２． ６ 公里", "长度12.6公里"),
        ("占比达到八成. 2024年", "占比达到八成。 2024年"),
        ("1. 3个乡镇完成任务", "1. 3个乡镇完成任务"),
        ("完成任务；2. 3个乡镇", "完成任务；2. 3个乡镇"),
    ],
    ids=["behind", "before", "wide", "full stop", "point of a list", "point in a sentence"],
)
def test_a_blank_beside_a_decimal_point_is_no_blank(source: str, text: str) -> None:
    """Blanks of an OCR layer beside a point go; a full stop and the point of a list stay theirs."""
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("税收收入　15767　18.64", "税收收入　15767　18.64"),
        ("县区　场所（个）　资金（万元）", "县区　场所（个）　资金（万元）"),
        ("增幅　12.4%　9.8%", "增幅　12.4%　9.8%"),
        ("合计 46 358", "合计46 358"),
        ("合计 ４６ ３５８", "合计46 358"),
        ("表1 2023年情况", "表1 2023年情况"),
    ],
    ids=["cells", "heads", "shares", "narrow blank", "wide digits", "number of a table"],
)
def test_two_figures_never_touch(source: str, text: str) -> None:
    """The blank between two cells or two figures stays: joined they would be another figure."""
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("助餐场所180³个", "助餐场所180个"),
        ("占总人口的20.3%²。", "占总人口的20.3%。"),
        ("户籍人口¹143.62万人", "户籍人口143.62万人"),
        ("床位480⁽¹²⁾张", "床位480张"),
        ("床位480[3]张、96①所", "床位480张、96所"),
        ("面积3.2km²、5米²，浓度10⁴", "面积3.2km²、5米²，浓度10⁴"),
        ("约为3×10⁴个", "约为3×10⁴个"),
        ("¹户籍人口由公安局提供", "¹户籍人口由公安局提供"),
        ("业务总量[3]243.6亿元", "业务总量［3］243.6亿元"),
        ("[3]按不变价计算。", "［3］按不变价计算。"),
        ("国办发[2004]71号", "国办发[2004]71号"),
    ],
)
def test_marks_of_notes_are_no_digits(source: str, text: str) -> None:
    """A raised mark is no part of a figure, nor does the source's [3] look like a citation."""
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("⼈⼤监督养⽼⼯作", "人大监督养老工作"),
        ("⻓江⻔户⻋站", "长江门户车站"),
        ("今\uf98e六\uf9d1月", "今年六六月"),
    ],
    ids=["Kangxi", "supplement", "compatibility"],
)  # fmt: skip
def test_radicals_are_read_as_characters(source: str, text: str) -> None:
    """What a font writes as a radical is the character that the page shows."""
    assert read(source).text == text
