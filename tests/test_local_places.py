"""A text is about the place that it tells of, also by the short names that are its own."""

import pytest

from corpus.headline_places import decided
from corpus.local_names import with_local_names
from corpus.parse import parse
from corpus.passing_places import is_elsewhere, own_words
from corpus.text.bare_names import common_word
from corpus.text.places import find_places

_SHARED = ("鼓楼", "西湖", "新华", "青山", "通州", "普陀", "和平")
BODY = "人大常委会围绕养老服务开展专题调研，推动政府加大投入，养老服务体系逐步健全，群众反映较好。"


def place(*lines: str) -> str | None:
    """The place of the first paragraph."""
    return parse("\n".join(lines).encode(), "a").paragraphs[0].place


def local(text: str) -> list[tuple[str, str]]:
    """Words of a text and the places that they call."""
    return [(text[m.start : m.end], m.place.name) for m in with_local_names(text, decided(text))]


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("苏州相城：社区代表在身边", "相城区"),
        ("河北涞水推进灾后重建", "涞水县"),
        ("泸州市古蔺县信息", "古蔺县"),
        ("湖北恩施州来凤县：茶香引客来", "来凤县"),
        ("印江县杨柳镇：三变提质增效", "印江土家族苗族自治县"),
        ("互助县：民生实事", "互助土族自治县"),
        ("内江市市中区：小院议事", "内江市市中区"),
        ("深圳南山区：楼宇党建", "深圳市南山区"),
        ("重庆璧山：老有所养", "璧山区"),
        ("嘉兴市海盐县人大常委会调研", "海盐县"),
    ],
)
def test_a_bulletin_of_a_county_is_about_the_county_inside_its_city(title: str, about: str) -> None:
    """Named in full, by its short name behind the city, or without its peoples."""
    assert place(title, BODY) == about


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("鼓楼区推进助餐工作", None),
        ("鼓楼区推进助餐工作，徐州市云龙区观摩", "徐州市鼓楼区"),
        ("西湖区与杭州市上城区", "杭州市西湖区"),
        ("南昌市西湖区", "南昌市西湖区"),
        ("新华区会同石家庄市桥西区", "石家庄市新华区"),
        ("平顶山市新华区", "平顶山市新华区"),
        ("青山区与包头市昆都仑区", "包头市青山区"),
        ("通州区和南通市崇川区", "南通市通州区"),
        ("普陀区位于上海市", "上海市普陀区"),
        ("和平区建成社区食堂", None),
    ],
)
def test_a_shared_name_is_decided_by_the_other_places_or_left_open(
    text: str, about: str | None
) -> None:
    """The districts that bear it lie in different cities, of which the text names one or none."""
    (mention,) = (m for m in find_places(text) if m.place.name[:2] in _SHARED)
    assert (mention.place.label if len(mention.places) == 1 else None) == about


@pytest.mark.parametrize(
    "title",
    [
        "洛阳路小学改造完成",
        "武汉大学与西安交通大学签约",
        "长沙银行发放贷款",
        "成都中医药大学附属医院义诊",
        "郑州航空工业管理学院迎新",
        "兰州拉面馆开张",
        "广州大道夜间施工",
        "太原街商圈开业",
        "山西老陈醋获奖",
        "哈尔滨红肠上市",
        "青岛啤酒发布年报",
    ],
)
def test_a_street_school_or_brand_named_after_a_city_is_not_the_city(title: str) -> None:
    """Neither the article nor its paragraph is about the city."""
    assert place(title, "双方代表出席仪式，将在人才培养方面开展合作，实现共赢，效果良好。") is None


def test_a_county_that_is_named_in_full_may_lose_its_ending() -> None:
    """德清 is 德清县 beside it; without it 德清 may be anything, and 资源 always is."""
    assert local("德清县捐赠大米，德清人民深情厚谊") == [("德清县", "德清县"), ("德清", "德清县")]
    assert local("德清人民深情厚谊") == []
    assert local("资源县的资源") == [("资源县", "资源县")]
    assert common_word("资源")


def test_an_organ_may_bear_the_short_name_of_its_county() -> None:
    """商州公安分局 is one of 商州区; of a name that several bear the text must tell which."""
    assert local("在商州公安分局慰问") == [("商州", "商州区")]
    assert local("普陀法院开庭") == []
    assert local("上海市民政局与普陀法院") == [("上海市", "上海市"), ("普陀", "普陀区")]


def test_a_town_behind_its_county_is_in_it_wherever_it_is_named() -> None:
    """皇华镇 behind 古蔺县, and again by itself; 乡村 is no town."""
    text = "古蔺县皇华镇政府回应。皇华镇派出所介入。"
    assert local(text) == [("古蔺县", "古蔺县"), ("皇华镇", "古蔺县")]
    assert local("龙门县乡村振兴，乡村美丽") == [("龙门县", "龙门县")]


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("货车开往丰台区", True),
        ("列车从保定市出发", True),
        ("大米运往河北省", True),
        ("向河北省捐赠物资", True),
        ("新华社济南8月8日电", True),
        ("各省、自治区财政厅，深圳市财政局：现将有关事项通知如下", True),
        ("物资送到涿州市", False),
        ("河北省推进养老服务", False),
    ],
)
def test_what_is_left_or_bound_for_or_written_to_is_elsewhere(text: str, elsewhere: bool) -> None:
    """A text is not about where something came from or goes to, nor about whom it is sent to."""
    assert is_elsewhere(text, find_places(text)[-1]) is elsewhere


def test_who_held_an_event_speaks_of_no_place() -> None:
    """The list of those who held it is left out where a text is heard as a county's or a city's."""
    assert own_words("大赛由省文明办、团市委联合主办。全县参加。") == "大赛。全县参加。"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("近日，古蔺县皇华镇新建食堂。四川泸州的经验在皇华镇推广，皇华镇老人受益。", "古蔺县"),
        ("近日，商州公安分局慰问一线民警。在商州公安分局，民警表示将认真履职。", "商州区"),
        ("各省、自治区财政厅（局），深圳市财政局：现就有关工作通知如下，请认真执行。", None),
        ("近日，宝安区残联赴大化、都安、环江开展帮扶。宝安区残联为三县捐款。", "宝安区"),
        (
            "江浦路街道办起食堂。江浦路街道的老人到江浦路街道食堂用餐，成为杨浦区的一景。",
            "杨浦区",
        ),
    ],
    ids=["town", "organ", "addressed", "helped", "quarter"],
)
def test_a_text_is_about_the_place_it_tells_of(text: str, about: str | None) -> None:
    """By its towns, its organs, its quarters; not by those written to or helped."""
    assert place(text) == about
