"""A year typed with two digits is the year that it means; what lasted so long stays a number."""

import pytest

from rag.query.question import understand
from rag.query.short_years import years_written_out
from rag.query.sides import sides


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24年底建成了几家", "2024年底建成了几家"),
        ("23年6月的会", "2023年6月的会"),
        ("22年和24年各加多少", "2022年和2024年各加多少"),
        ("17年的目标和20年的目标各是多少", "2017年的目标和2020年的目标各是多少"),
        ("床位24年比23年多几张", "床位2024年比2023年多几张"),
    ],
)
def test_two_digits_are_a_year(typed: str, meant: str) -> None:
    """Where only a date goes on so, or two of them stand side by side."""
    assert years_written_out(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "缴费15年和20年的各领多少",
        "办了20年了",
        "近10年底数清吗",
        "满30年初次申领",
        "2024年底有几家",
    ],
)
def test_how_long_is_no_year(question: str) -> None:
    """What stands before it tells."""
    assert years_written_out(question) == question


def test_both_years_are_asked_by_name() -> None:
    """Each with the words that stand behind both."""
    asked = sides(understand("老人健康管理率，17年的目标和20年的目标各是多少"))
    assert [side.label for side in asked] == ["2017年", "2020年"]
    assert asked[0].query.understood == "2017年老人健康管理率的目标是多少"
