"""A place of the library that was typed wrongly is known by its sound."""

import pytest

from index.library import Library
from rag.chain import Request, answer_chain
from rag.query.misspelt import mended

NAMES = ("三门峡", "漯河", "鹤壁", "吕梁", "安阳", "焦作", "南阳")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("吕粱的养老机构有几家", "吕梁的养老机构有几家"),
        ("三门侠建成多少助餐场所", "三门峡建成多少助餐场所"),
        ("落河有几个", "漯河有几个"),  # one of the readings of 漯
        ("交作查出多少问题", "焦作查出多少问题"),
        ("sanmenxia有几家", "三门峡有几家"),
        ("LuoHe建成多少", "漯河建成多少"),
    ],
)
def test_a_place_is_known_by_its_sound(typed: str, meant: str) -> None:
    """A character of the same reading, tone and all, or the whole name in pinyin."""
    assert mended(typed, NAMES) == meant


@pytest.mark.parametrize(
    "question",
    [
        "社区日照中心有几个",  # a centre for the day, not 日照
        "安养院有几家",  # read like 安阳 but for the tone
        "南洋华侨有多少",  # a word of its own
        "漯河的交作有几个",  # a place is named already
        "培训了多少护理员",
        "How many are there",
    ],
)
def test_what_is_no_misspelling_stays(question: str) -> None:
    """A word is never taken for a place because it sounds like one."""
    assert mended(question, NAMES) == question


def test_the_place_that_is_meant_is_asked_about_and_told(library: Library) -> None:
    """The question stays as typed; what was understood names the place."""
    answer = answer_chain(library).invoke(Request("三门侠建成了多少个老年助餐场所"))
    assert answer.question.startswith("三门侠")
    assert answer.understood.startswith("三门峡")
    assert "180个" in answer.text
