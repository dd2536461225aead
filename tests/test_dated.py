"""Which of several came first is told by the dates of their sentences."""

import pytest
from doubles import evidence_of

from rag.answering.dated import in_time
from rag.query.question import understand
from rag.query.ranks import latest_asked
from rag.reading.evidence import Part

TOLD = {
    "甲市": "4月1日，市人大常委会召开培训会。",
    "乙市": "3月20日，市人大常委会召开动员会。",
    "丙市": "市人大常委会高度重视。",
}


def parts(told: dict[str, str]) -> list[Part]:
    query = understand("哪个市最早开会")
    return [Part(query, (evidence_of(text),), label) for label, text in told.items()]


def test_the_first_opens_and_the_rest_follow_in_time() -> None:
    """Who tells no date stands behind, and that no year is written is said."""
    rows, line, note = in_time(parts(TOLD), latest=False)
    assert line is not None
    assert line.line == "乙市最早：3月20日"
    assert [(row.name, row.value) for row in rows] == [
        ("乙市", "3月20日"), ("甲市", "4月1日"), ("丙市", ""),
    ]  # fmt: skip
    assert note.text == "仅据资料中写明日期的2处，都没有写年份"


def test_the_last_is_told_in_the_same_way() -> None:
    """From the latest on."""
    rows, line, _ = in_time(parts(TOLD), latest=True)
    assert line is not None
    assert line.value == "甲市最晚"
    assert [row.name for row in rows] == ["甲市", "乙市", "丙市"]


def test_no_order_is_made_of_dates_that_cannot_be_compared() -> None:
    """With a year and without one."""
    rows, line, note = in_time(
        parts({"甲市": "2023年4月召开会议。", "乙市": "5月召开会议。"}), latest=False
    )
    assert line is None
    assert "排不出先后" in note.text
    assert len(rows) == 2


@pytest.mark.parametrize(
    "question", ["最早的时候有几家", "率先垂范的是什么意思", "先后开了几次会", "哪些工作领先进位"]
)
def test_other_questions_ask_for_no_order_in_time(question: str) -> None:
    """Though they have its words."""
    assert latest_asked(question) is None
