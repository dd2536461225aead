"""Places are found by the divisions of the country, and words that look like them are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text.places import AMBIGUOUS, ancestors, find_places, place_named


def names(text: str) -> list[str]:
    return [mention.place.name for mention in find_places(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("三门峡建成了多少", ["三门峡市"]),
        ("三门峡市人大", ["三门峡市"]),
        ("焦作市山阳区人大", ["焦作市", "山阳区"]),
        ("河南省和山西", ["河南省", "山西省"]),
        ("走进岚县、兴县、汾阳市", ["岚县", "兴县", "汾阳市"]),
        ("广西与新疆维吾尔自治区", ["广西壮族自治区", "新疆维吾尔自治区"]),
        ("海南的经验", ["海南省"]),
        ("香港和澳门", ["香港特别行政区", "澳门特别行政区"]),
    ],
)
def test_full_and_everyday_names_are_found(text: str, named: list[str]) -> None:
    """市, 省 and 自治区 may be left off; districts and counties keep their ending."""
    assert names(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "建设长治久安的社会",
        "中心城区和老城区",
        "校企合作项目",
        "安宁疗护病区",
        "市和县人大",
        "老年人安康幸福",
        "广大来宾",
    ],
)
def test_common_words_are_no_places(text: str) -> None:
    """长治, 城区, 合作 and their like are words first; a place only with their ending."""
    assert names(text) == []


def test_an_ambiguous_name_with_its_ending_is_a_place() -> None:
    """长治市 cannot be taken for a word."""
    assert names("长治市、合作市与安宁市") == ["长治市", "合作市", "安宁市"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("创建全国示范县", []),
        ("乡村振兴县域经济", []),
        ("完成县级检查", []),
        ("范县的养老服务", ["范县"]),
        ("河南范县", ["河南省", "范县"]),
        ("他在范县调研", ["范县"]),
        ("岚县和兴县", ["岚县", "兴县"]),
    ],
)
def test_a_county_of_one_character_stands_at_the_head_of_a_word(
    text: str, named: list[str]
) -> None:
    """范县 is a county; the end of 示范 and the beginning of 县 are not."""
    assert names(text) == named


def test_the_longest_name_wins() -> None:
    """吉林市 is the city, though 吉林 alone is the province, and 浦东新区 is one name."""
    assert [m.place.code for m in find_places("吉林市与吉林")] == ["2202", "22"]
    (mention,) = find_places("到浦东新区")
    assert (mention.place.name, mention.start, mention.end) == ("浦东新区", 1, 5)


def test_a_place_knows_what_it_belongs_to() -> None:
    """山阳区 lies in 焦作市 in 河南省, and a province in nothing."""
    (mention,) = find_places("山阳区")
    assert [place.name for place in ancestors(mention.place)] == ["焦作市", "河南省"]
    province = place_named("河南省")
    assert province is not None
    assert ancestors(province) == ()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("三门峡市", "三门峡"),
        ("河南省", "河南"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("山阳区", "山阳区"),
        ("卢氏县", "卢氏县"),
        ("大兴安岭地区", "大兴安岭"),
    ],
)
def test_the_everyday_form_leaves_off_the_rank(name: str, short: str) -> None:
    """省, 市, 自治区 and 地区 go without saying; districts and counties keep their ending."""
    place = place_named(name)
    assert place is not None
    assert (place.name, place.short) == (name, short)


def test_an_unknown_name_is_no_place() -> None:
    """A name is a full or everyday one, or nothing."""
    assert place_named("桃花源") is None
    assert all(place_named(word) is None for word in AMBIGUOUS)


@settings(deadline=None)
@given(st.text("三门峡市山阳区河南省焦作长治久安城县的和兴岚、", max_size=20))
def test_mentions_lie_in_the_text_and_apart(text: str) -> None:
    """Whatever the text, each mention spells a form of its place, in order, without overlap."""
    end = 0
    for mention in find_places(text):
        assert text[mention.start : mention.end] in (mention.place.name, mention.place.short)
        assert mention.start >= end
        end = mention.end
