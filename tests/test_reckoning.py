"""Figures of several places are added, compared and ranked, every term as printed in its source."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from doubles import evidence_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Doubt, Figure
from corpus.figures.quantities import find_figures
from index.library import Library
from rag.answering.reckoning import Addend, Reckoning, amount, reckoned
from rag.answering.reckoning_cautions import cautions_of
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
from rag.query.ranks import rank_asked
from rag.query.sides import sides
from rag.writing.verify import equations, unsupported


def term(label: str, text: str, doubt: Doubt | None = None) -> Addend:
    (found,) = find_figures(text)
    figure = Figure(found.text, found.start, found.end, found.value, found.unit, doubt,
                    high=found.high, approximate=found.approximate)  # fmt: skip
    return Addend(label, figure, evidence_of(text))


def test_the_least_is_no_difference() -> None:
    """一年最少多少钱 asks for an amount, 少多少 by how much."""
    assert operation_of("个人交的，一年最少多少钱") is None
    assert operation_of("甲比乙少多少") is Operation.DIFFERENCE


def test_tenths_are_a_share() -> None:
    """六成 is 60%."""
    assert amount(find_figures("完成六成")[0]) == amount(find_figures("完成60%")[0])


SUM, DIFFERENCE = Reckoning(Operation.SUM), Reckoning(Operation.DIFFERENCE)


def rank(question: str) -> Reckoning:
    return Reckoning(Operation.RANK, rank_asked(question))


def line(asked: Reckoning, terms: Sequence[Addend]) -> str:
    return reckoned(asked, terms, []).line


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
        ("哪个市的助餐场所最多", Operation.RANK),
        ("垫底的是哪个县", Operation.RANK),
        ("三门峡、漯河的助餐点由多到少排序", Operation.RANK),
        ("竣工率从2021年到2023年提高了多少个百分点", Operation.DIFFERENCE),
        ("养老金2024年比2022年高吗", Operation.MORE),
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
    assert line(SUM, MEALS) == "合计335个（180个＋155个＝335个，按原文数字计算）"
    assert line(SUM, MONEY) == "合计200000000元（1.5亿元＋5000万元＝200000000元，按原文数字计算）"
    assert line(DIFFERENCE, MEALS) == "甲市多25个（180个－155个＝25个，按原文数字计算）"
    less = Reckoning(Operation.DIFFERENCE, less=True)
    assert line(less, MEALS) == "乙市少25个（180个－155个＝25个，按原文数字计算）"
    rates = [term("之前", "竣工率66.1%"), term("之后", "竣工率97.84%")]
    assert line(DIFFERENCE, rates).startswith("之后多31.74个百分点（97.84%－66.1%＝31.74个百分点")


def test_a_result_opens_with_what_is_asked_for() -> None:
    """The sum, the place; the sides without a figure are named."""
    assert reckoned(SUM, MEALS, []).value == "合计335个"
    most = reckoned(rank("哪个市最多"), MEALS, ["丙市"])
    assert most.value == "甲市最多"
    assert most.line == "甲市最多：180个；资料中未见丙市的数字"


THREE = (*MEALS, term("丙市", "运营60家"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("哪个市最少", "丙市最少：60家"),
        ("哪个市第二多", "乙市第二多：155个"),
        ("倒数第二是哪个市", "乙市倒数第二：155个"),
        ("谁垫底", "丙市最少：60家"),
        ("三市由多到少排序", "甲市180个＞乙市155个＞丙市60家（由多到少）"),
        ("前两名是哪几个市", "甲市180个＞乙市155个（由多到少）"),
        ("从低到高", "丙市60家＜乙市155个＜甲市180个（由少到多）"),
        ("第五多的是哪个", "有此数字的只有3处：甲市180个、乙市155个、丙市60家"),
    ],
)
def test_every_rank_is_told_by_its_place(question: str, told: str) -> None:
    """From either end, one place, the first few, or all in order."""
    assert line(rank(question), THREE) == told


def test_equal_figures_share_a_rank() -> None:
    """180 and 180 are both the most, and nobody is the second alone."""
    even = [MEALS[0], term("丙市", "建成180个"), MEALS[1]]
    assert line(rank("哪个市最多"), even) == "甲市、丙市最多：180个"
    assert line(rank("第二多的"), even) == "甲市、丙市第二多：180个"


@pytest.mark.parametrize(
    "question", ["最多可以报销多少", "第一季度收了多少", "前三季度收入多少", "最高人民法院怎么说"]
)
def test_a_limit_and_a_quarter_are_no_ranks(question: str) -> None:
    """最多可以 is a limit, 第一季度 a time."""
    assert rank_asked(question) is None


def test_a_verdict_stands_before_its_difference() -> None:
    """Of the first side against the second."""
    more, less = Reckoning(Operation.MORE), Reckoning(Operation.LESS)
    assert line(more, MEALS).startswith("是，甲市多25个")
    assert line(less, MEALS).startswith("不是，甲市多25个")
    assert line(more, MEALS[::-1]).startswith("不是，甲市多25个")
    assert line(less, MEALS[::-1]).startswith("是，甲市多25个")
    even = [MEALS[0], term("丙市", "建成180家")]
    assert line(more, even) == "不是，甲市、丙市一样，都是180个"


def test_what_cannot_be_added_is_not() -> None:
    """Money and things, shares and people."""
    told = line(SUM, [MEALS[0], MONEY[0]])
    assert told == "计量单位不同，不能直接计算：甲市180个、甲市1.5亿元"
    assert "不能直接计算" in line(SUM, [MEALS[0], term("乙市", "组织30人")])
    assert "不能直接计算" in line(SUM, [term("甲市", "占5%"), term("乙市", "5人")])


def test_what_must_be_known_before_a_result_is_used() -> None:
    """Doubtful figures, other units, rough ones, and that a library knows only some places."""
    doubtful = [term("甲市", "投入744万元", Doubt.POSSIBLE), MONEY[1]]
    assert "744万元原文存疑" in cautions_of(SUM, doubtful)[0].text
    mixed = [MEALS[0], term("丙市", "运营90余家")]
    told = " ".join(caution.text for caution in cautions_of(rank("哪个市最多"), mixed))
    assert "个、家" in told
    assert "约数" in told
    assert "仅据资料库中有此数字的2处" in told
    assert "155个是选定、计划或在建的数" in cautions_of(SUM, MEALS)[0].text
    assert cautions_of(SUM, [MEALS[0], term("乙市", "运营60个")]) == []


@given(st.lists(st.decimals(0, 10**6, places=1), min_size=2, max_size=6))
def test_every_sum_that_is_told_is_found_right_by_the_check(values: list[Decimal]) -> None:
    """Its terms stand in the sources; a result that is another number stands nowhere."""
    texts = [f"建成{value}个" for value in values]
    told = line(SUM, [term(str(n), text) for n, text in enumerate(texts)])
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
        ("护理床到五十张没有", "护理床有多少张", Relation.AT_LEAST),
        ("竣工率过半了吗", "竣工率是多少", Relation.ABOVE),
        ("覆盖率超过八成没有", "覆盖率是多少", Relation.ABOVE),
        ("2016年底，竣工率到90%了没有", "2016年底，竣工率是多少", Relation.AT_LEAST),
    ],
)
def test_a_bound_is_asked_as_its_figure(question: str, asked: str, relation: Relation) -> None:
    """The figure is what is searched and read; the bound is held against it."""
    found = asked_bound(question)
    assert found is not None
    assert (found.question, found.relation) == (asked, relation)
    assert understand(question).understood == asked


@pytest.mark.parametrize(
    ("question", "asked", "relation", "value"),
    [
        ("中心的运营率到没到95%", "中心的运营率是多少", Relation.AT_LEAST, 95),
        ("建成的驿站比1500个多吗", "建成的驿站有多少个", Relation.ABOVE, 1500),
        ("入住率比80%还低吗", "入住率是多少", Relation.BELOW, 80),
        ("床位在3000张以上吗？", "床位有多少张", Relation.AT_LEAST, 3000),
        ("走访的老人有没有上千", "走访的老人有多少", Relation.AT_LEAST, 1000),
        ("开展服务的机构有没有30家", "开展服务的机构有多少家", Relation.AT_LEAST, 30),
        ("整改率有没有八成", "整改率是多少", Relation.AT_LEAST, 80),
        ("竣工率过半了吗", "竣工率是多少", Relation.ABOVE, 50),
        ("投入超没超过500万元", "投入有多少万元", Relation.ABOVE, 500),
    ],
)
def test_a_bound_may_be_asked_in_other_words(
    question: str, asked: str, relation: Relation, value: float
) -> None:
    """As one speaks of bounds: whether or not, than, above, round numbers without a unit."""
    found = asked_bound(question)
    assert found is not None
    assert (found.question, found.relation, found.bound.value) == (asked, relation, value)


@pytest.mark.parametrize(
    ("bound", "value"),
    [("八成", 80), ("八成五", 85), ("一半", 50), ("百分之六十", 60), ("60%", 60)],
)
def test_a_share_in_words_is_a_share(bound: str, value: float) -> None:
    """八成 is 80%, 一半 is 50%."""
    found = asked_bound(f"覆盖率超过{bound}了吗")
    assert found is not None
    assert (found.bound.value, found.bound.unit) == (value, "%")


def test_a_bound_is_asked_in_english_too() -> None:
    """Is … above 20%? is asked as what it is."""
    query = understand("Is the share of communities with care centres above 20%?")
    assert query.bound is not None
    assert query.understood == "What is the share of communities with care centres?"
    assert understand("Is the mayor present?").bound is None


@pytest.mark.parametrize(
    "question", ["安阳查出多少问题", "超过150个的有哪些", "2023年超过了2022年吗"]
)
def test_other_questions_have_no_bound(question: str) -> None:
    """A list of what is above it, or a year."""
    assert asked_bound(question) is None


@pytest.mark.parametrize(
    ("question", "alone", "operation"),
    [
        ("漯河的助餐机构多于三门峡的场所吗", "漯河市的助餐机构有多少", Operation.MORE),
        ("三门峡的食堂比鹤壁多，对吗", "三门峡的食堂有多少", Operation.MORE),
        ("漯河和三门峡，谁的助餐点更多", "漯河市的助餐点有多少", Operation.RANK),
        ("论问题条数，鹤壁和三门峡谁少", "论问题条数，鹤壁市有多少", Operation.RANK),
    ],
)
def test_two_are_compared_in_other_words(question: str, alone: str, operation: Operation) -> None:
    """More than, behind 对吗, who has more: each side is asked how much it has."""
    query = understand(question)
    assert sides(query)[0].query.understood == alone
    assert operation_of(query.understood) is operation


def test_how_much_is_no_rank() -> None:
    """Without who or which, 多 and 高 rank nothing."""
    assert rank_asked("覆盖率有多高") is None
    assert rank_asked("吸引的企业更多") is None


def test_the_shipped_bulletins_are_added_up(library: Library) -> None:
    """Terms are cited, the result stands before the table."""
    answer = answer_chain(library).invoke(Request("三门峡和漯河一共有多少个老年助餐场所？"))
    assert [name for name, _ in answer.rows] == ["比较对象", "三门峡市", "漯河市"]
    assert answer.result == "合计335个（180个＋155个＝335个，按原文数字计算）"
    assert answer.text.startswith(answer.result)
    assert (answer.value, answer.lines[0]) == ("合计335个", (answer.result,))
    assert len(answer.citations) == 2
    assert unsupported(answer.text, [citation.text for citation in answer.citations]) == []
