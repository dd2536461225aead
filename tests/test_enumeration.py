"""A list is the source's own: the points that a paragraph counts, complete and in order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.enumeration import opening, points


def told(text: str) -> list[str]:
    """What is told of each point."""
    return [text[o.start : o.end] for o in (opening(text, point) for point in points(text))]


def test_marked_points_are_taken_with_their_marks() -> None:
    """一是, 二是, 三是; of each the first sentence."""
    text = "主要做法：一是营造氛围。宣传到村。二是丰富形式，随机暗访。三是激发活力。"
    assert told(text) == ["一是营造氛围。", "二是丰富形式，随机暗访。", "三是激发活力。"]


def test_other_series_are_points_too() -> None:
    """（一）, 第一, ① and 1. count as well."""
    assert len(points("（一）提高站位。（二）汇聚合力。（三）真督实查。")) == 3
    assert len(points("第一，抓服务。第二，抓队伍。")) == 2
    assert len(points("①建档；②走访；③回访。")) == 3
    assert len(points("1.建档立卡。2.定期走访。")) == 2


def test_a_number_of_things_is_as_many_pieces() -> None:
    """从三个方面 and three pieces between semicolons; two pieces are not three."""
    text = "会议从三个方面提出要求。完善服务体系；加强政策扶持；加大宣传力度。"
    assert told(text) == ["完善服务体系", "加强政策扶持", "加大宣传力度。"]
    assert points("会议从三个方面提出要求。完善服务体系；加强政策扶持。") == ()


def test_a_text_that_counts_nothing_has_no_points() -> None:
    """A lone 一是, marks out of order, a decimal point."""
    assert points("一是营造氛围。") == ()
    assert points("二是丰富形式。一是营造氛围。") == ()
    assert points("增长1.5个百分点，占2.3%。") == ()


def test_a_long_point_is_cut_at_a_clause() -> None:
    """What is told of a point stays under 60 characters where a comma allows it."""
    text = f"一是营造监督氛围，{'广泛宣传报道' * 12}。二是丰富监督形式。"
    assert told(text)[0] == "一是营造监督氛围"


@given(st.text(alphabet="一二三是（）1.2；，。方面个要甲", max_size=80))
def test_points_lie_in_the_text_in_order(text: str) -> None:
    """Whatever the text: spans do not overlap and hold what is told of them."""
    found = points(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for point in found:
        part = opening(text, point)
        assert point.start <= part.start < part.end <= point.end
