"""A comparison is asked of each thing that it compares, alone."""

import pytest

from index.library import Library
from rag.query.intents import Wants
from rag.query.question import understand
from rag.query.sides import asks_everywhere, sides
from rag.retrieval.hit import Hit, in_turn
from rag.retrieval.search import search, search_one
from rag.retrieval.stages import AS_FOUND


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("开封、新乡、洛阳的食堂各有多少", ["开封市", "新乡市", "洛阳市"]),
        ("审议次数，开封和新乡各多少？", ["开封市", "新乡市"]),
        ("济南急救站停业和山东养老院停业，分别要提前多久报告", ["济南市", "山东省"]),
        ("幼儿园的食堂和小学的食堂，收费有什么区别", ["幼儿园的食堂", "小学的食堂"]),
        ("开封水源保护和文物保护两份决议，各是哪次会议通过的", ["开封水源保护", "开封文物保护"]),
        ("食堂的章程和泉水路学校的章程，哪个先定？", ["食堂的章程", "泉水路学校的章程"]),
        ("老陈和小丁，谁入党更早", ["老陈", "小丁"]),
        ("食堂选定的点位比养老院运营的机构还多吧", [""]),  # no places: one sentence may tell
        ("开封选的点位比新乡运营的机构还多吧", ["开封市", "新乡市"]),
        ("开工学校数，2017年底比2016年底多多少所", ["2017年底", "2016年底"]),
        ("农村食堂和城镇食堂，两样加起来多少个", ["农村食堂", "城镇食堂"]),
        ("医院和学校的负责人分别是谁", ["医院的负责人", "学校的负责人"]),
        (
            "食堂里每天来多少老人，护理班又收了多少学员",
            ["食堂里每天来多少老人", "护理班又收了多少学员"],
        ),
    ],
)
def test_each_thing_compared_is_a_side(question: str, labels: list[str]) -> None:
    """Places named side by side, or two things of one place or of none."""
    assert [side.label for side in sides(understand(question))] == labels


@pytest.mark.parametrize(
    "question",
    [
        "开封市龙亭区建成了多少个食堂",
        "河南省开封的食堂有多少",
        "食堂占比跟2021年比升了多少",
        "各地的做法有哪些",
        "资料库里有哪些简报",
        "食堂为什么从开封搬到新乡去办",
        "支出分农林、住房、道路三块各是多少",
    ],
)
def test_what_compares_nothing_is_asked_whole(question: str) -> None:
    """A district inside its city, a year, every place there is: none of them is a second side."""
    (side,) = sides(understand(question))
    assert side.label == ""
    assert side.query.understood == understand(question).understood


def test_a_side_asks_what_the_whole_asks() -> None:
    """What stands behind the last side is asked of all; what stands before the first as well."""
    first, second = sides(understand("四川的水库和大连的港口，国家分别怎么答复的？"))
    assert first.query.understood == "四川省的水库，国家怎么答复的"
    assert second.query.understood == "大连市的港口，国家怎么答复的"
    assert [place.short for place in second.query.places] == ["大连"]
    before, _ = sides(understand("建了多少个食堂，开封和新乡比一比"))
    assert before.query.understood == "建了多少个食堂，开封市"
    assert before.query.wants is Wants.NUMBER


def test_which_is_first_asks_when_each_is() -> None:
    """谁更早 is answered by the dates of both."""
    sides_of = sides(understand("开封条例施行和新乡食堂开张，哪个在先？"))
    assert [side.query.understood for side in sides_of] == [
        "开封市条例施行，是什么时候",
        "新乡市食堂开张，是什么时候",
    ]
    assert all(side.query.wants is Wants.DATE for side in sides_of)


def test_a_difference_in_english_is_asked_of_each_place() -> None:
    """By the name that it has there, without the other."""
    asked = sides(understand("How many more homes does Sanmenxia have than Luohe has built?"))
    assert [side.query.understood for side in asked] == [
        "How many homes does Sanmenxia have?",
        "How many homes does Luohe have?",
    ]


def test_every_place_is_asked_where_none_is_named() -> None:
    """哪些市 asks all of them; with a place named only that one is asked."""
    assert asks_everywhere(understand("哪些市办了食堂"))
    assert not asks_everywhere(understand("开封办了哪些食堂"))


def test_whoever_has_split_a_comparison_searches_for_each_side(library: Library) -> None:
    """`search` is the sides in turn; `search_one` takes a question as one."""
    query = understand("三门峡和漯河各有多少个助餐场所")
    apart = [search_one(library, side.query, 6, stages=AS_FOUND) for side in sides(query)]
    together = places(search(library, query, 6, stages=AS_FOUND))
    assert together == places(in_turn(apart)[:6])
    assert places(search_one(library, query, 6, stages=AS_FOUND)) != together


def places(hits: list[Hit]) -> list[tuple[str, int]]:
    """Where hits stand."""
    return [(hit.bulletin, hit.position) for hit in hits]
