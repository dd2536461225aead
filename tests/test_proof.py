"""Arithmetic proves which figures lost their point, and leaves sound ones alone."""

import pytest

from corpus.bulletin import Doubt
from corpus.figures.damage import mark
from corpus.figures.quantities import find_figures


def certain(text: str) -> dict[str, str | None]:
    """Figures proved damaged in a file that kept some of its points, and their repairs."""
    figures = mark(text, find_figures(text), lost=False)
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
    ],
)
def test_a_sound_figure_is_left_alone(text: str) -> None:
    """What fits as printed, or fits nothing, is no damage."""
    assert certain(text) == {}
