"""Several questions in one are answered one by one, each with what was said before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.query.parts_asked import MAX_PARTS, parts_asked
from rag.query.question import understand
from rag.query.sides import Sided, sides


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "开封建了多少个食堂、有多少老人来吃过饭？",
            ["开封建了多少个食堂", "开封市有多少老人来吃过饭"],
        ),
        (
            "2024年新乡调补贴，甲类加多少，乙类加多少，钱在几号前发到？",
            [
                "2024年新乡调补贴，甲类加多少",
                "2024年新乡调补贴，乙类加多少",
                "2024年新乡调补贴，钱在几号前发到",
            ],
        ),
        (
            "校舍的开工率、竣工率和采购完成率分别是多少",
            ["校舍的开工率是多少", "校舍的竣工率是多少", "校舍的采购完成率是多少"],
        ),
        (
            "1.食堂建了几家？2.护理员培训了多少人？",
            ["食堂建了几家", "食堂建，护理员培训了多少人"],
        ),
        ("补贴发给了几户、涉及多少人", ["补贴发给了几户", "补贴发给，涉及多少人"]),
    ],
)
def test_each_part_is_asked_with_its_place_and_topic(question: str, parts: list[str]) -> None:
    """A part without a place gets the one that is named, one without words the first part's."""
    assert [text for _, text in parts_asked(question)] == parts


@pytest.mark.parametrize(
    "question",
    [
        "开封建成了多少个食堂？",
        "开封剩下那几家还在转型的敬老院，啥时候能弄完",  # 那几家 asks nothing
        "开封怎么督办的，各方怎么分工",  # one way, told at length
        "食堂有几家，对吗",
        "开封有多少食堂，新乡有多少食堂",  # two places are compared
    ],
)
def test_what_asks_one_thing_is_left_whole(question: str) -> None:
    """So is what is told as one, and what sets places side by side."""
    assert parts_asked(question) == []


def test_parts_are_sides_of_their_own_kind() -> None:
    """They are set beside nothing: no figures are reckoned with, no sentences made alike."""
    asked = sides(understand("开封建成几家养老机构，培训了多少名护理员"))
    assert {side.sided for side in asked} == {Sided.PART}


@given(st.integers(2, MAX_PARTS))
def test_as_many_parts_as_are_asked(count: int) -> None:
    """Up to a dozen, in their order."""
    things = [f"甲{n}号食堂有多少座位" for n in range(count)]
    assert [label for label, _ in parts_asked("，".join(things))] == things


def test_a_verdict_may_be_a_part_beside_a_value() -> None:
    """A bound is that of what was asked for just before."""
    asked = parts_asked("开封建了多少个食堂，超过100个了吗，条例有没有通过")
    assert [text for _, text in asked] == [
        "开封建了多少个食堂",
        "开封建了食堂，超过100个了吗",
        "开封市条例有没有通过",
    ]
    assert parts_asked("食堂建完了吗，是不是都免费") == []


def test_the_first_of_a_list_keeps_whose_it_is() -> None:
    """甲类的标准和乙类的标准: both are told by their names."""
    asked = parts_asked("补贴里，甲类的标准和乙类的标准分别是多少")
    assert asked == [
        ("甲类的标准", "补贴里，甲类的标准是多少"),
        ("乙类的标准", "补贴里，乙类的标准是多少"),
    ]


def test_each_place_may_be_asked_several_things() -> None:
    """A row for each of them, the place named in all."""
    asked = sides(understand("开封和新乡各建了多少个食堂、培训了多少名护理员"))
    assert {side.sided for side in asked} == {Sided.PART}
    assert [side.query.understood for side in asked] == [
        "开封市建了多少个食堂",
        "开封市培训了多少名护理员",
        "新乡市建了多少个食堂",
        "新乡市培训了多少名护理员",
    ]
    assert asked[1].label == "开封市：培训了多少名护理员"


def test_the_first_thing_of_a_list_is_a_part_too() -> None:
    """支出的总额、每户补多少 asks for both; what they are of is said of each."""
    asked = parts_asked("2022年补贴的总额、每户补多少")
    assert asked == [
        ("2022年补贴的总额是多少", "2022年补贴的总额是多少"),
        ("2022年补贴的每户补多少", "2022年补贴的每户补多少"),
    ]
    assert parts_asked("食堂的一楼、二楼各有多少座位") == []
