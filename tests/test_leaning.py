"""A question that says nothing by itself is the one before it with one thing changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library import Library
from rag.chain import Request, answer_chain
from rag.query.followup import carried_place
from rag.query.leaning import changed, says_nothing_alone, with_its_answer
from rag.query.question import Turn, understand
from rag.refusing.reasons import Reason

BEFORE = "漯河选定了多少个老年助餐点"


def talk(*said: str) -> tuple[Turn, ...]:
    roles = ("user", "assistant")
    return tuple(Turn(role=roles[n % 2], content=text) for n, text in enumerate(said))


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("三门峡那边又是多少呀", "三门峡选定了多少个老年助餐点"),
        ("和三门峡比呢？", "漯河和三门峡选定了多少个老年助餐点"),
        ("比鹤壁呢", "漯河和鹤壁选定了多少个老年助餐点"),
        ("去年呢", "漯河去年选定了多少个老年助餐点"),
        ("为什么？", "漯河选定了老年助餐点，为什么"),
        ("上面那个数字准吗", BEFORE),
        ("一共呢", "漯河选定了老年助餐点，一共多少"),
    ],
)
def test_one_thing_is_changed(question: str, whole: str) -> None:
    """Place, time, reason, sum; or the question is asked once more."""
    assert changed(question, [BEFORE]) == whole
    assert understand(question, talk(BEFORE, "155个。")).understood == whole


def test_a_year_takes_the_place_of_a_year() -> None:
    """2022年那次呢 asks the same of that year."""
    assert changed("2022年那次呢", ["2024年每人加多少"]) == "2022年每人加多少"
    assert changed("原来是多少？", ["日间照料中心现在运营率多少"]) == "日间照料中心原来运营率多少"


def test_what_an_answer_said_is_asked_anew_of_another_place() -> None:
    """The secretary of one city is none of the other's."""
    said = talk("三门峡市委书记是谁", "范付中。三门峡市委书记范付中[1]。")
    assert understand("鹤壁的呢", said).understood == "鹤壁市委书记是谁"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("鹤壁争取了多少", "鹤壁选定了老年助餐点，争取了多少"),
        ("三门峡也定了吗", "三门峡选定了老年助餐点，也定了吗"),
        ("鹤壁有多少张家庭病床", "鹤壁有多少张家庭病床"),
        ("还有几个没建", "漯河选定了老年助餐点，还有几个没建"),
    ],
)
def test_what_names_no_matter_of_its_own_is_asked_of_that_before(question: str, whole: str) -> None:
    """In its own place; what says what it is about stands by itself."""
    assert understand(question, talk(BEFORE, "155个。")).understood == whole


def test_a_sum_is_of_the_places_asked_about() -> None:
    """Those of the questions that differ in nothing else."""
    asked = ["安阳查出多少问题", "漯河有多少助餐点", "三门峡有多少助餐点"]
    assert changed("加起来呢", asked) == "漯河市和三门峡市一共有多少助餐点"


def test_what_an_answer_opens_with_stands_in_later_questions() -> None:
    """哪个市 is that city from then on."""
    assert with_its_answer("哪个市先编了指南", "安阳市。全省首家[1]。") == "安阳市先编了指南"
    assert with_its_answer("主持会议的是谁", "李明。他主持了会议[1]。") == "主持会议的是李明"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("他的公司哪年成立的", "李明和妻子于2016年成立了公司。"),  # a clause is no name
        ("专题询问是哪天开的", "2024年7月25日。"),
        ("会是谁主持的", "李明主持。"),
        ("会议哪一次人最多", "第二次。"),
    ],
)
def test_an_answer_that_is_no_name_stays_out_of_later_questions(question: str, answer: str) -> None:
    """它 and 他 behind it are read beside the question as it was asked."""
    assert with_its_answer(question, answer) == question
    query = understand("为什么要编", talk("哪个市先编了指南", "安阳市。全省首家[1]。"))
    assert "安阳市" in query.understood


@pytest.mark.parametrize(
    "question", ["漯河的养老机构呢，有几家", "那老年助餐场所有多少呢", "有哪些做法"]
)
def test_a_question_with_a_matter_of_its_own_is_no_such(question: str) -> None:
    """It may lean on a conversation, but means something without one."""
    assert changed(question, [BEFORE]) is None
    assert not says_nothing_alone(question)


@pytest.mark.parametrize(
    "question", ["为什么", "那漯河呢", "一共呢", "和三门峡比呢", "他是谁", "第三点呢"]
)
def test_without_a_conversation_it_is_asked_back(library: Library, question: str) -> None:
    """The reason has a name of its own."""
    answer = answer_chain(library).invoke(Request(question))
    assert (answer.reason, answer.citations) == (Reason.UNCLEAR, ())


def test_a_new_topic_is_asked_of_the_whole_library(library: Library) -> None:
    """Where the place that was spoken of says nothing of it."""
    said = talk("漯河选定了多少个老年助餐点", "155个。")
    question = "科技创新的座谈会是什么时候召开的"
    assert carried_place(question, understand(question, said).understood) == "漯河市"
    answer = answer_chain(library).invoke(Request(question, said))
    assert not answer.refused
    assert answer.understood == question


@settings(deadline=None)
@given(st.text("那漯河三门峡比和呢为什么一共是多少2022年？个", max_size=14))
def test_any_line_is_changed_or_left(question: str) -> None:
    """Whatever stands there: no error, and never nothing."""
    assert changed(question, [BEFORE]) != ""
    says_nothing_alone(question)
