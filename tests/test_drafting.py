"""A draft gathers the facts of each place, cited, and says that it is put together."""

import pytest

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain
from rag.query.intents import Aspect, asked_aspect
from rag.query.summary_subject import subject_of
from rag.refusing.reasons import Reason


def answered(library: Library, question: str) -> Answer:
    return answer_chain(library).invoke(Request(question))


def test_facts_stand_by_place(library: Library) -> None:
    """Under a line that says what this is; every sentence with its source."""
    answer = answered(library, "起草一段漯河和三门峡老年助餐工作的汇报材料")
    first, *lines = answer.text.split("\n")
    assert "摘编" in first
    assert [line.partition("：")[0] for line in lines if "市：" in line[:5]] == [
        "漯河市",
        "三门峡市",
    ]
    assert "155个" in answer.text
    assert "180个" in answer.text
    assert all("[" in line for line in lines)


def test_a_place_that_says_nothing_is_named(library: Library) -> None:
    """It is not left out in silence."""
    answer = answered(library, "写一段材料，说说鹤壁、漯河的家庭病床")
    assert "漯河市：资料中未提到。" in answer.text


def test_a_draft_of_a_length_keeps_it(library: Library) -> None:
    """Without the line that opens it, within a tenth."""
    answer = answered(library, "帮我写一段200字的鹤壁医养结合汇报材料")
    assert 0 < len(answer.text.partition("\n")[2]) <= 220


@pytest.mark.parametrize(
    "question", ["翻译成英文", "帮我把这段话润色一下", "Translate this into Chinese"]
)
def test_what_only_a_model_can_write_is_declined(library: Library, question: str) -> None:
    """With that word; what is nothing but an order is one with any encoder."""
    answer = answered(library, question)
    assert answer.reason is Reason.MODEL
    assert "模型" in answer.text


@pytest.mark.parametrize(
    "question",
    ["谁写的材料", "要交哪些材料", "起草了什么条例", "报告写了哪些问题", "最后写出来几篇报告"],
)
def test_other_questions_ask_for_no_draft(question: str) -> None:
    """Also those that have the words."""
    assert asked_aspect(question) is not Aspect.DRAFT


def test_the_subject_is_what_is_left() -> None:
    """Without the words that ask, and without the length."""
    assert subject_of("写一份关于医养结合的发言材料，500字") == "医养结合"
    assert subject_of("用200字概括鹤壁医养结合的做法") == "鹤壁医养结合的做法"
