"""Questions about the bulletins themselves and about persons are answered from what was parsed."""

import pytest
from doubles import word_chain

from index.library import Library
from rag.answering.answer import Answer
from rag.answering.issue_numbers import issue_asked
from rag.answering.issues_about import topic_asked
from rag.answering.who_is import person_asked
from rag.chain import Request


def answered(library: Library, question: str) -> Answer:
    return word_chain(library).invoke(Request(question))


@pytest.mark.parametrize("question", ["最新的一期是哪天的", "哪份简报最新", "最早的简报是哪一份"])
def test_the_newest_is_told_with_its_date(library: Library, question: str) -> None:
    """Of five bulletins one is dated, so it is the newest and the oldest; that is said."""
    answer = answered(library, question)
    assert answer.text.startswith("2025-11-28（另有四份没有标明日期）")
    assert {citation.bulletin for citation in answer.citations} == {"lvliang-2025-11-28"}


@pytest.mark.parametrize("question", ["第五十二期讲了什么", "第52期主要讲什么"])
def test_an_issue_is_known_by_its_number(library: Library, question: str) -> None:
    """In digits or Han numerals, whichever the masthead has."""
    answer = answered(library, question)
    assert {citation.bulletin for citation in answer.citations} == {"henan-052-luohe"}


@pytest.mark.parametrize(
    ("question", "number"),
    [("第五十二期讲什么", 52), ("52期简报", 52), ("第三季度", None), ("建成52个", None)],
)
def test_the_number_of_an_issue(question: str, number: int | None) -> None:
    """A quarter or a count is none."""
    assert issue_asked(question) == number


def test_the_issue_that_is_about_something(library: Library) -> None:
    """By its title where one says it."""
    assert "科技创新" in answered(library, "哪期讲科技创新").text
    assert topic_asked("哪篇文章介绍了老年助餐？") == "老年助餐"
    assert topic_asked("哪些单位讲了话") is None


def test_the_places_of_the_library_are_listed(library: Library) -> None:
    """Each with the title that is about it."""
    text = answered(library, "库里涉及哪些城市").text
    assert all(place in text for place in ("安阳市", "鹤壁市", "漯河市", "三门峡市", "吕梁市"))


def test_a_person_is_told_by_the_office(library: Library) -> None:
    """The office as printed before the name, then the sentence that has both."""
    answer = answered(library, "徐相锋是谁？")
    assert answer.text.startswith("市长徐相锋。")
    assert "徐相锋" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "name"),
    [("徐相锋是什么职务", "徐相锋"), ("谁是范付中？", "范付中"), ("市长是谁", None)],
)  # fmt: skip
def test_the_person_that_is_asked_for(question: str, name: str | None) -> None:
    """An office asked for by itself is a question for the reader."""
    assert person_asked(question) == name


def test_a_person_who_is_not_in_the_library_is_refused(library: Library) -> None:
    """No office is made up."""
    assert answered(library, "李白是谁").refused
