"""Quantities are found with their units; years, ordinals and names are none."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.figures.quantities import find_figures, han_number, same_family


def found(text: str) -> list[tuple[str, float, str]]:
    return [(figure.text, figure.value, figure.unit) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("建成180个场所", [("180个", 180, "个")]),
        ("投入744万元", [("744万元", 744, "万元")]),
        ("常住人口202万，其中", [("202万", 202, "万")]),
        ("总投资3348亿元", [("3348亿元", 3348, "亿元")]),
        ("覆盖率为10.6%", [("10.6%", 10.6, "%")]),
        ("上升14.8个百分点", [("14.8个百分点", 14.8, "个百分点")]),
        ("不少于30平方米", [("30平方米", 30, "平方米")]),
        ("培训200人次，12人", [("200人次", 200, "人次"), ("12人", 12, "人")]),
        ("补助1,234,567.5元", [("1,234,567.5元", 1234567.5, "元")]),
        ("全长3千米、重5千克", [("3千米", 3, "千米"), ("5千克", 5, "千克")]),
        ("发放3百元", [("3百元", 3, "百元")]),
        ("运行8小时30分钟", [("8小时", 8, "小时"), ("30分钟", 30, "分钟")]),
    ],
    ids=[
        "count",
        "ten thousands",
        "no measure word",
        "hundred millions",
        "share",
        "points",
        "area",
        "longest unit",
        "thousands",
        "thousand in a unit",
        "hundreds",
        "time",
    ],
)
def test_a_number_with_a_unit_is_a_quantity(
    text: str, figures: list[tuple[str, float, str]]
) -> None:
    """The value is the number as printed; 万 and 亿 stay in the unit."""
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("重点问题30余个", ("30余个", 30, "个")),
        ("有20多位老人", ("20多位", 20, "位")),
        ("10万余元", ("10万余元", 10, "万元")),
        ("50来岁", ("50来岁", 50, "岁")),
        ("尚有约20名患者", ("20名", 20, "名")),
    ],
    ids=["余", "多", "余 behind 万", "来", "约"],
)
def test_an_approximation_keeps_its_word_and_loses_it_in_the_unit(
    text: str, figure: tuple[str, float, str]
) -> None:
    """余, 多 and 来 are part of the figure's text and of neither value nor unit."""
    assert found(text) == [figure]


@pytest.mark.parametrize("mark", ["-", "—", "~", "～", "–", "－", "至", "到"])
def test_a_range_is_one_figure_with_the_value_of_its_lower_end(mark: str) -> None:
    """Whatever joins the ends, 2 to 3 people are one figure."""
    assert found(f"由2{mark}3人组成") == [(f"2{mark}3人", 2, "人")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百分之五十五", 55),
        ("百分之九点一", 9.1),
        ("百分之零点五", 0.5),
        ("百分之一百二十", 120),
        ("百分之百", 100),
        ("百分之五十五的人", 55),
        ("百分之五点十", 5),
    ],
)
def test_a_percentage_in_han_numerals_is_a_percentage(text: str, value: float) -> None:
    """百分之 is the sign, and no quantity hides inside it."""
    assert [(figure.value, figure.unit) for figure in find_figures(text)] == [(value, "%")]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("应当在八秒内接听", ("八秒", 8, "秒")),
        ("三分钟内派车", ("三分钟", 3, "分钟")),
        ("不少于二十平方米", ("二十平方米", 20, "平方米")),
        ("罚款三万元", ("三万元", 3, "万元")),
        ("处二百三十元罚款", ("二百三十元", 230, "元")),
        ("共十二家", ("十二家", 12, "家")),
        ("上升五个百分点", ("五个百分点", 5, "个百分点")),
        ("得八十分", ("八十分", 80, "分")),
    ],
)
def test_han_numerals_with_a_unit_are_quantities(text: str, figure: tuple[str, float, str]) -> None:
    """Statutes write their figures in words."""
    assert found(text) == [figure]


@pytest.mark.parametrize(
    "text",
    [
        "十分重视",
        "百分百满意",
        "曾一度停办",
        "三分之二以上",
        "三十分之一",
        "上升若干个百分点",
        "数百元",
        "几十万元",
        "一个问题",
        "两方面",
        "第十二条",
        "第八秒",
        "一二三产业",
    ],
)
def test_han_numerals_in_words_are_no_quantities(text: str) -> None:
    """Adverbs, fractions, vague amounts, articles and ordinals tell no number."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2024年10月30日",
        "2025—2027年",
        "第104次会议",
        "第12期",
        "“1+3+6+20”架构",
        "“9073”养老格局",
        "“985”重点产业链",
        "A4纸",
        "PM2.5",
        "国办发〔2017〕47号",
        "1.加强领导",
        "共128。",
    ],
)
def test_dates_ordinals_and_names_are_no_quantities(text: str) -> None:
    """A number without a unit, behind 第, or in a name counts nothing."""
    assert found(text) == []


def test_a_decimal_part_is_no_figure_of_its_own() -> None:
    """The digits behind a point belong to the number before it."""
    assert found("10.6%与623.09万元") == [("10.6%", 10.6, "%"), ("623.09万元", 623.09, "万元")]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("八", 8),
        ("十", 10),
        ("十二", 12),
        ("五十五", 55),
        ("一百二十八", 128),
        ("一千零五", 1005),
        ("九点一", 9.1),
        ("两百", 200),
        ("零点二五", 0.25),
        ("〇", 0),
    ],
)
def test_han_numerals_have_their_value(numeral: str, value: float) -> None:
    """Tens, hundreds and thousands multiply the digit before them, and 十 alone is ten."""
    assert han_number(numeral) == value


@pytest.mark.parametrize(
    ("unit", "asked", "answers"),
    [
        ("名", "人", True),
        ("万人", "人", True),
        ("万元", "钱", True),
        ("家", "个", True),
        ("处", "个", True),
        ("万", "元", True),
        ("元", "人", False),
        ("%", "个", False),
        ("个", "元", False),
        ("平方米", "个", False),
        ("小时", "天", True),
    ],
)
def test_a_figure_answers_a_question_in_its_own_family(
    unit: str, asked: str, answers: bool
) -> None:
    """People, money, time and shares do not stand in for one another; counting words do."""
    assert same_family(unit, asked) is answers


@settings(deadline=None)
@given(st.text("一二三十百千万点几数余多第零〇两012589.,%+-—至人个元年分之度米秒（“”", max_size=30))
@example("0余多")
def test_figures_cite_the_text_and_do_not_overlap(text: str) -> None:
    """Whatever the text, text[start:end] is the figure's, and figures are in order and apart."""
    end = 0
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert figure.start >= end
        assert figure.unit
        end = figure.end
