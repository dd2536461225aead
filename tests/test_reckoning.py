"""Figures of several places are added, compared and ranked, every term as printed in its source."""

from decimal import Decimal

import pytest
from doubles import evidence_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Doubt, Figure
from corpus.figures.quantities import find_figures
from index.library import Library
from rag.answering.reckoning import Addend, cautions_of, reckoned
from rag.chain import Request, answer_chain
from rag.query.bounds_asked import Relation, asked_bound
from rag.query.operations import (
    Operation,
    operation_of,
    question_of_each,
    sides_of_difference,
    without_sum,
)
from rag.query.question import Turn, understand
from rag.query.sides import sides
from rag.writing.verify import equations, unsupported


def term(label: str, text: str, doubt: Doubt | None = None) -> Addend:
    (found,) = find_figures(text)
    figure = Figure(found.text, found.start, found.end, found.value, found.unit, doubt,
                    high=found.high, approximate=found.approximate)  # fmt: skip
    return Addend(label, figure, evidence_of(text))


MEALS = (term("甲市", "建成180个"), term("乙市", "选定155个"))
MONEY = (term("甲市", "投入1.5亿元"), term("乙市", "投入5000万元"))


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("三门峡和漯河一共建成多少个助餐场所", Operation.SUM),
        ("两市加起来有多少张床位", Operation.SUM),
        ("三门峡比漯河多建成多少个助餐场所", Operation.DIFFERENCE),
        ("三门峡和漯河的助餐场所相差几个", Operation.DIFFERENCE),
        ("三门峡的助餐场所比漯河多吗", Operation.MORE),
        ("漯河的床位比三门峡少吗", Operation.LESS),
        ("哪个市的助餐场所最多", Operation.MOST),
        ("垫底的是哪个县", Operation.LEAST),
        ("三门峡和漯河各有哪些做法", None),
        ("三门峡和漯河的养老服务有什么区别", None),
    ],
)
def test_what_is_to_be_reckoned(question: str, operation: Operation | None) -> None:
    """It is told by few words; without them sides are only told."""
    assert operation_of(question) is operation


def test_each_side_is_asked_by_itself() -> None:
    """Without the other side and without the words that reckon."""
    assert sides_of_difference("三门峡的助餐场所比漯河多几个") == [
        ("三门峡", "三门峡的助餐场所有几个"), ("漯河", "漯河的助餐场所有几个"),
    ]  # fmt: skip
    assert sides_of_difference("三门峡的助餐场所比上年多几个") == []
    assert question_of_each("哪个市的助餐场所最多？") == "助餐场所有多少"
    assert question_of_each("助餐场所最多的是哪个市") == "助餐场所有多少"
    assert without_sum("三门峡一共建成多少个") == "三门峡建成多少个"
    asked = [side.query.understood for side in sides(understand("三门峡和漯河加起来有多少张床位"))]
    assert asked == ["三门峡市有多少张床位", "漯河市有多少张床位"]


def test_a_side_is_read_without_what_was_said_before() -> None:
    """It is complete by itself; the conversation spoke of something else."""
    said: tuple[Turn, ...] = ({"role": "user", "content": "漯河组织了多少人参观"},)
    asked = sides(understand("三门峡和漯河一共建成多少个助餐场所", said))
    assert [side.query.before for side in asked] == ["", ""]


def test_the_place_is_carried_to_every_part() -> None:
    """Of a question of several parts that names it once."""
    asked = sides(understand("三门峡建成几家养老机构，培训了多少名护理员"))
    assert [side.query.understood for side in asked] == [
        "三门峡建成几家养老机构", "三门峡市培训了多少名护理员",
    ]  # fmt: skip


def test_terms_and_result_stand_in_one_line() -> None:
    """180 + 155 = 335, 180 - 155 = 25; .5 + 1.5 = 2 hundred million, in the unit of the terms."""
    assert reckoned(Operation.SUM, MEALS, []) == "180个＋155个＝335个（按原文数字计算）"
    assert reckoned(Operation.SUM, MONEY, []) == "1.5亿元＋5000万元＝200000000元（按原文数字计算）"
    assert reckoned(Operation.DIFFERENCE, MEALS, []) == (
        "甲市多25个：180个－155个＝25个（按原文数字计算）"
    )
    assert reckoned(Operation.MOST, MEALS, ["丙市"]) == "甲市（180个）；未见丙市的数字"
    assert reckoned(Operation.LEAST, MEALS, []) == "乙市（155个）"


def test_a_verdict_stands_before_its_difference() -> None:
    """Of the first side against the second."""
    assert reckoned(Operation.MORE, MEALS, []).startswith("是，甲市多25个")
    assert reckoned(Operation.LESS, MEALS, []).startswith("不是，甲市多25个")
    assert reckoned(Operation.MORE, MEALS[::-1], []).startswith("不是，甲市多25个")
    assert reckoned(Operation.LESS, MEALS[::-1], []).startswith("是，甲市多25个")
    even = [MEALS[0], term("丙市", "建成180家")]
    assert reckoned(Operation.MORE, even, []) == "不是，甲市、丙市一样，都是180个"


def test_what_cannot_be_added_is_not() -> None:
    """Money and things, shares and people."""
    told = reckoned(Operation.SUM, [MEALS[0], MONEY[0]], [])
    assert told == "计量单位不同，不能直接计算：甲市180个、甲市1.5亿元"
    assert "不能直接计算" in reckoned(Operation.SUM, [MEALS[0], term("乙市", "组织30人")], [])
    assert "不能直接计算" in reckoned(
        Operation.SUM, [term("甲市", "占5%"), term("乙市", "5人")], []
    )


def test_what_must_be_known_before_a_result_is_used() -> None:
    """Doubtful figures, other units, rough ones, and that a library knows only some places."""
    doubtful = [term("甲市", "投入744万元", Doubt.POSSIBLE), MONEY[1]]
    assert "744万元原文存疑" in cautions_of(Operation.SUM, doubtful)[0].text
    mixed = [MEALS[0], term("丙市", "运营90余家")]
    told = " ".join(caution.text for caution in cautions_of(Operation.MOST, mixed))
    assert "个、家" in told
    assert "约数" in told
    assert "仅据资料库中有此数字的2处" in told
    assert cautions_of(Operation.SUM, MEALS) == []


@given(st.lists(st.decimals(0, 10**6, places=1), min_size=2, max_size=6))
def test_every_sum_that_is_told_is_found_right_by_the_check(values: list[Decimal]) -> None:
    """Its terms stand in the sources; a result that is another number stands nowhere."""
    texts = [f"建成{value}个" for value in values]
    told = reckoned(Operation.SUM, [term(str(n), text) for n, text in enumerate(texts)], [])
    assert unsupported(told, texts) == []
    ((_, result),) = equations(told)
    assert Decimal(result) == sum(values)
    wrong = told.replace(f"＝{result}", f"＝{Decimal(result) + Decimal('0.3')}")
    assert list(equations(wrong)) == []


def test_a_sum_of_a_figure_that_no_source_has_stands_nowhere() -> None:
    """An equation is right only with terms that are cited."""
    assert unsupported("180个＋155个＝335个", ["180个", "155个"]) == []
    assert unsupported("180个＋155个＝335个", ["180个"]) == ["155", "335"]


@pytest.mark.parametrize(
    ("question", "asked", "relation"),
    [
        ("三门峡的助餐场所超过150个吗", "三门峡的助餐场所有多少个", Relation.ABOVE),
        ("漯河的助餐点有没有达到200个", "漯河的助餐点有多少个", Relation.AT_LEAST),
        ("社区人口不足400人吧", "社区人口有多少人", Relation.BELOW),
    ],
)
def test_a_bound_is_asked_as_its_figure(question: str, asked: str, relation: Relation) -> None:
    """The figure is what is searched and read; the bound is held against it."""
    found = asked_bound(question)
    assert found is not None
    assert (found.question, found.relation) == (asked, relation)
    assert understand(question).understood == asked


@pytest.mark.parametrize(
    "question", ["安阳查出多少问题", "超过150个的有哪些", "2023年超过了2022年吗"]
)
def test_other_questions_have_no_bound(question: str) -> None:
    """A list of what is above it, or a year."""
    assert asked_bound(question) is None


def test_the_shipped_bulletins_are_added_up(library: Library) -> None:
    """Terms are cited, the result closes the table."""
    answer = answer_chain(library).invoke(Request("三门峡和漯河一共有多少个老年助餐场所？"))
    assert [name for name, _ in answer.rows] == ["比较对象", "三门峡市", "漯河市", "合计"]
    assert answer.rows[-1][1] == "180个＋155个＝335个（按原文数字计算）"
    assert len(answer.citations) == 2
    assert unsupported(answer.text, [citation.text for citation in answer.citations]) == []
