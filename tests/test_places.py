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


@pytest.mark.parametrize(
    "text",
    [
        "坚决防范重大安全事故",
        "持续增进群众幸福安康",
        "主动适应城市发展新要求",
        "沿海城市的做法",
        "弘扬中华优秀传统文化",
        "返乡创业的新乡贤",
        "依托高密度门店网络",
        "城镇新建区域",
    ],
)
def test_no_place_lies_across_words(text: str) -> None:
    """大安, 福安, 应城市, 海城市, 扬中, 新乡, 高密, 新建区 are parts of other words here."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("长春路小学", []),
        ("南京东路步行街", []),
        ("上海南京路", ["上海市"]),
        ("石家庄长春大街", ["石家庄市"]),
        ("北京烤鸭和兰州拉面", []),
        ("资兴市兴宁镇", ["资兴市"]),
        ("生态科技新城泰安镇", []),
        ("烟台大学的学生", []),
        ("安阳师范学院传媒学院", []),
        ("南京中医药大学", []),
        ("武汉宝安社区", ["武汉市"]),
        ("洛阳社区养老", ["洛阳市"]),
        ("洛阳乡村振兴", ["洛阳市"]),
        ("洛阳大学生就业", ["洛阳市"]),
        ("湖北日报讯", []),
        ("北京时间", []),
        ("王永康副主任", []),
        ("记者王洪江", []),
        ("任周宁县代县长", ["周宁县"]),
    ],
)
def test_what_is_named_after_a_place_is_not_the_place(text: str, named: list[str]) -> None:
    """Streets, towns, schools, dishes, newspapers and persons; what a city has is of the city."""
    assert names(text) == named


def test_a_word_that_a_name_could_begin_is_a_name_where_a_sentence_begins() -> None:
    """开封建成: a segmenter may see 封建 there; 重大安全 begins with no name."""
    assert names("开封建了多少个食堂") == names("在开封建了食堂") == ["开封市"]


def test_a_shared_name_is_decided_by_the_places_around_it_or_left_open() -> None:
    """徐州市鼓楼区 is one, beside 南京市 another; alone it may be any of the four."""
    _, district, *_ = find_places("徐州市鼓楼区与南京市")
    assert [place.label for place in district.places] == ["徐州市鼓楼区"]
    _, beside = find_places("南京市和鼓楼区")
    assert beside.place.label == "南京市鼓楼区"
    (alone,) = find_places("鼓楼区建成食堂")
    assert len(alone.places) == 4
    xuzhou = place_named("徐州市")
    assert xuzhou is not None
    (known,) = find_places("鼓楼区建成食堂", [xuzhou])
    assert known.place.label == "徐州市鼓楼区"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("湖北恩施州来凤县", ["湖北省", "恩施土家族苗族自治州", "来凤县"]),
        ("印江县杨柳镇", ["印江土家族苗族自治县"]),
        ("巴音郭楞州", ["巴音郭楞蒙古自治州"]),
        ("河南县域经济", ["河南省"]),
        ("河南县级医院", ["河南省"]),
    ],
)
def test_an_autonomous_division_may_be_called_without_its_peoples(
    text: str, named: list[str]
) -> None:
    """恩施州 is 恩施土家族苗族自治州; 河南县域 are the counties of the province."""
    assert names(text) == named


def test_a_district_whose_name_is_a_word_is_one_behind_its_city() -> None:
    """内江市市中区 is a district, and its label finds it; 市中区 alone is a part of any city."""
    _, district = find_places("内江市市中区的小院议事")
    assert (district.place.name, district.place.label) == ("市中区", "内江市市中区")
    assert place_named("内江市市中区") == district.place
    assert names("全市市中区面貌一新") == []


def test_a_person_is_not_the_place_that_the_name_begins_with() -> None:
    """和田某 is 田某 behind 和."""
    assert names("撤销周某和田某离婚时的约定") == []


def test_a_label_names_one_place() -> None:
    """A shared name stands in its label with the city around it, and the label finds it."""
    place = place_named("开封市鼓楼区")
    assert place is not None
    assert (place.code, place.label) == ("410204", "开封市鼓楼区")
    luoyang = place_named("洛阳市")
    assert luoyang is not None
    assert luoyang.label == "洛阳市"


def test_a_town_is_known_by_its_city() -> None:
    """虎门镇 is one of 东莞市; a 南丰镇 elsewhere is none of 儋州市."""
    assert names("东莞市虎门镇") == ["东莞市", "虎门镇"]
    assert names("张家港市南丰镇") == ["张家港市"]


@settings(deadline=None)
@given(st.text("三门峡市山阳区河南省焦作长治久安城县的和兴岚、", max_size=20))
def test_mentions_lie_in_the_text_and_apart(text: str) -> None:
    """Whatever the text, each mention spells a form of its place, in order, without overlap."""
    end = 0
    for mention in find_places(text):
        place = mention.place
        assert text[mention.start : mention.end] in (place.name, place.short, place.plain)
        assert mention.start >= end
        end = mention.end
