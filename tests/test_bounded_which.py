"""Which of several are above or below a bound: those alone are told, by their figures."""

import pytest
from doubles import evidence_of

from rag.answering.reckoning import Addend, held, reckoned, reckoning_of
from rag.answering.within_sentence import terms_within
from rag.query.bounded_which import which_bounded
from rag.query.operations import question_of_each
from rag.query.question import understand
from rag.query.sides import asks_everywhere, sides

RATES = "竣工率由高到低排序，依次是衡水市97.84%、沧州市92.33%、定州市74.37%。"


@pytest.mark.parametrize(
    ("question", "figures", "bound"),
    [
        ("2017年底，竣工率过九成的市有哪些", "2017年底，竣工率是多少", "九成"),
        ("哪些市的竣工率超过90%？", "竣工率是多少", "90%"),
        ("哪几个县床位不到100张", "床位有多少张", "100张"),
        ("床位在100张以上的县有哪些", "床位有多少张", "100张"),
    ],
)
def test_the_figures_are_asked_for(question: str, figures: str, bound: str) -> None:
    """And held against the bound."""
    found = which_bounded(question)
    assert found is not None
    assert (found.question, found.bound.text) == (figures, bound)
    assert question_of_each(question) == figures
    assert asks_everywhere(understand(question))


@pytest.mark.parametrize(
    "question",
    ["竣工率超过90%了吗", "哪些市建了食堂", "超过60岁的老人有哪些优待", "竣工率最高的是哪个市"],
)
def test_other_questions_are_held_to_none(question: str) -> None:
    """A verdict, a list, a rank."""
    assert which_bounded(question) is None


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            "竣工率过九成的市有哪些",
            "衡水市、沧州市（超过九成的共2处：97.84%、92.33%，按原文数字计算）",
        ),
        ("哪些市的竣工率不到80%", "定州市（不到80%的共1处：74.37%，按原文数字计算）"),
        ("哪些市的竣工率达到99%", "没有达到99%的：衡水市97.84%、沧州市92.33%、定州市74.37%"),
    ],
)
def test_those_that_stand_to_it_are_told(question: str, line: str) -> None:
    """97.84 and 92.33 are above 90, 74.37 is not."""
    query = understand(question)
    asked = reckoning_of(query)
    assert asked is not None
    terms = terms_within(query, asked, [evidence_of(RATES)])
    assert reckoned(asked, terms, []).line == line


def test_where_none_stands_to_it_all_are_told() -> None:
    """Or else it could not be seen that there is none."""
    asked = reckoning_of(understand("哪些市的食堂超过200个"))
    assert asked is not None
    terms = [
        Addend(name, item.figures[0], item)
        for name, item in (
            ("甲市", evidence_of("建成180个。")),
            ("乙市", evidence_of("建成155个。")),
        )
    ]
    assert held(asked, terms) == terms


def test_places_named_are_asked_for_their_figures() -> None:
    """Not whether each is above."""
    asked = sides(understand("开封、新乡、洛阳哪些市食堂超过160个"))
    assert [side.query.understood for side in asked][1:] == [
        "新乡市食堂有多少个",
        "洛阳市食堂有多少个",
    ]
