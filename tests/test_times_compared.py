"""Two times of one thing are asked about one by one, before they are set against each other."""

import pytest

from rag.query.times_compared import sides_of_times


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "开工学校，2017年底比2016年底多多少所？",
            ["2017年底开工学校有多少所", "2016年底开工学校有多少所"],
        ),
        (
            "衡水竣工率从2016年10月底到2017年12月底提高了多少个百分点",
            ["2016年10月底衡水竣工率是多少", "2017年12月底衡水竣工率是多少"],
        ),
        ("今年的床位比去年多几张", ["今年床位有几张", "去年床位有几张"]),
        ("医养结合，2017年目标跟2020年目标差别在哪", ["2017年医养结合目标", "2020年医养结合目标"]),
        ("2022、2024两年的定额一共多少", ["2022年的定额多少", "2024年的定额多少"]),
    ],
)
def test_each_time_is_asked_alone(question: str, texts: list[str]) -> None:
    """Without the other time and without what compares them."""
    assert [text for _, text in sides_of_times(question)] == texts


@pytest.mark.parametrize(
    "question",
    [
        "食堂占比跟2021年比升了多少",
        "老人占比跟2021、2022年比各升了几个百分点",  # of another time, told at once
        "2024年1月到3月收了多少意见",  # a span
        "4月1日开了什么会，4月11日又开的什么会",
    ],
)
def test_a_time_that_is_no_side(question: str) -> None:
    """One time, a span, and what something of today is compared with."""
    assert sides_of_times(question) == []
