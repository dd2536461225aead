"""Arithmetic proves which figures lost their point, and leaves sound ones alone."""

import pytest

from corpus.bulletin import Doubt
from corpus.figures.damage import Setting, mark
from corpus.figures.quantities import find_figures


def certain(text: str, place: str | None = None) -> dict[str, str | None]:
    """Figures proved damaged in a file that kept some of its points, and their repairs."""
    figures = mark(text, find_figures(text), Setting(), place)
    return {f.text: f.suggestion for f in figures if f.doubt is Doubt.CERTAIN}


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        # 112446 / 207380 = 54.22%
        ("入库112446万元，年初预算是207380万元，完成5422%。", {"5422%": "54.22%"}),
        # (146845 - 144987) / 144987 = 1.28%
        ("收入146845万元，上年同期是144987万元，增长128%。", {"128%": "1.28%"}),
        # 20990 / (31636 + 20990) = 39.89%
        ("增值税31636万元，同比减收20990万元，下降3989%。", {"3989%": "39.89%"}),
        # 331.1 + 109.6 + 7.7 = 448.4
        (
            "收入331.1亿元，补助1096亿元，结转77亿元，收入总量就是448.4亿元。",
            {"1096亿元": "109.6亿元", "77亿元": "7.7亿元"},
        ),
    ],
    ids=["share", "growth", "decline", "sum"],
)
def test_a_lost_point_is_proved_by_the_other_figures(text: str, repairs: dict[str, str]) -> None:
    """The one repair that fits is certain, and its proof shows the arithmetic."""
    assert certain(text) == repairs


@pytest.mark.parametrize(
    "text",
    [
        "收入112446万元，年初预算是50000万元，完成225%。",  # 112446 / 50000 = 2.2489, as printed
        "收入331.1亿元，补助109.6亿元，结转7.7亿元，收入总量就是448.4亿元。",
        "产值120亿元，税收300亿元，增长150%。",  # (300 - 120) / 120 = 150%, as printed
        "投资240万元，补助360万元，利润128%。",  # no relation gives 12.8% or 1.28%
        "其中甲12家，乙30家，合计42家。",
        "甲投资5亿元，乙投资12亿元，目标24亿元，合计17亿元。",  # as printed, but for the target
        "甲增长5%，乙增长8%，丙增长4%，总量增长14%。",  # rates make no sum
        "债务占生产总值的比重高达113%，拨备覆盖率为347%，毛入学率达到104%。",
        "完成投资165亿元，完成率为125%，资产负债率达到151%，占年度计划的130%。",
        "投资120亿元，其中总投资300亿元的项目占一半；新增就业12万人，其中培训人次325万人次。",
        "全面放宽城区常住人口300万至500万的大城市落户限制。",
        "全国60岁以上人口28004万人，占总人口的19.8%。",
        "2024年07月05日9时05分，张某以2米05的成绩夺冠，气温-05℃。",
    ],
)
def test_a_sound_figure_is_left_alone(text: str) -> None:
    """What fits as printed, or fits nothing, is no damage."""
    assert certain(text) == {}


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        ("老年人占全市人口的1347%，其中城镇占2281%。", {"1347%": "13.47%", "2281%": "22.81%"}),
        ("森林覆盖率提高到707%，城镇化率为4512%。", {"707%": "70.7%", "4512%": "45.12%"}),
        ("比重上升05个百分点，增速为037%。", {"05个百分点": "0.5个百分点", "037%": "0.37%"}),
        ("裂缝长度一般为05-2米，缺口007万元。", {"05-2米": "0.5-2米", "007万元": "0.07万元"}),
        ("全市有耕地202.5万亩，其中水田1456万亩。", {"1456万亩": None}),
        ("支出12.5亿元，其中民生支出1024亿元。", {"1024亿元": None}),
        ("常住人口202万，60岁及以上人口444万人。", {"444万人": None}),
        ("开工率为8537%。", {"8537%": "85.37%"}),
        ("开工率为1131%。", {"1131%": None}),
    ],
    ids=["share", "rates", "noughts", "range", "part", "money", "people", "rate", "two ways"],
)
def test_what_cannot_be_is_certain_in_any_file(text: str, repairs: dict[str, str | None]) -> None:
    """No part is above its whole, and no measure begins with a nought. What is meant is told only
    where nothing else can be: 113.1% of a plan can be begun as well as 11.31%.
    """
    assert certain(text) == repairs


def test_a_share_of_three_digits_is_open_where_percentages_have_two_decimals() -> None:
    """185% was 18.5% or 1.85%; a file that has 92.57% gives no hint which."""
    text = "现金占总数的185%"
    (figure,) = mark(text, find_figures(text), Setting(fine=True))
    assert (figure.doubt, figure.suggestion) == (Doubt.CERTAIN, None)


@pytest.mark.parametrize(
    ("text", "place", "figures"),
    [
        ("60岁以上老年人口18752万人", "南阳市", {"18752万人": None}),
        ("60岁以上老年人口1875万人", "南阳市", {}),  # all of Henan has more
        ("60岁以上老年人口1875万人", "银川市", {"1875万人": None}),
        ("60岁以上老年人口18752万人", None, {}),
        ("景区接待游客18752万人次", "银川市", {}),
        ("全国60岁以上人口28004万人", "银川市", {}),
    ],
)
def test_no_place_has_more_people_than_its_province(
    text: str, place: str | None, figures: dict[str, str | None]
) -> None:
    """The census of 2020 knows all provinces; visits are not people of the place."""
    assert certain(text, place) == figures
