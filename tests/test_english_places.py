"""Places written in pinyin, or as English calls them, are the places of China."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.places import all_places
from index.words.english.english_places import find_english_places
from index.words.english.lemmas import cased_words
from index.words.english.pinyin import characters, joined, spellings, syllables


def names(text: str) -> list[list[str]]:
    return [[place.name for place in n.places] for n in find_english_places(cased_words(text))]


# Written as English maps and papers write them; with characters of several readings.
KNOWN = """
Beijing 北京市, Shanghai 上海市, Tianjin 天津市, Chongqing 重庆市, Hebei 河北省, Shanxi 山西省,
Shaanxi 陕西省, Henan 河南省, Hainan 海南省, Hunan 湖南省, Hubei 湖北省,
Inner Mongolia 内蒙古自治区, Tibet 西藏自治区, Xizang 西藏自治区, Xinjiang 新疆维吾尔自治区,
Ningxia 宁夏回族自治区, Guangxi 广西壮族自治区, Harbin 哈尔滨市, Hohhot 呼和浩特市,
Urumqi 乌鲁木齐市, Lhasa 拉萨市, Qiqihar 齐齐哈尔市, Ordos 鄂尔多斯市, Hong Kong 香港特别行政区,
Macao 澳门特别行政区, Xi'an 西安市, Taiyuan 太原市, Lvliang 吕梁市, Luliang 吕梁市,
Lüliang 吕梁市, Lyuliang 吕梁市, Sanmenxia 三门峡市, Luohe 漯河市, Hebi 鹤壁市, Anyang 安阳市,
Jiaozuo 焦作市, Zhengzhou 郑州市, Luoyang 洛阳市, Puyang 濮阳市, Zhumadian 驻马店市,
Nanyang 南阳市, Xinyang 信阳市, Changzhi 长治市, Changsha 长沙市, Changchun 长春市,
Chaozhou 潮州市, Datong 大同市, Bozhou 亳州市, Lu'an 六安市, Bengbu 蚌埠市, Xiamen 厦门市,
Foshan 佛山市, Chengdu 成都市, Changde 常德市, Yan'an 延安市, Ya'an 雅安市, Tai'an 泰安市,
Lishui 丽水市, Dali 大理市, Zhengding County 正定县, Xun County 浚县, Shen County 莘县,
Xingyang 荥阳市, Lushi County 卢氏县, Mianchi County 渑池县, Lankao County 兰考县,
Changyuan 长垣市, Hongtong County 洪洞县, Fanshi County 繁峙县, Lishi District 离石区,
Shanzhou District 陕州区, Shanyang District 山阳区, Shibei District 市北区,
Yuhang District 余杭区, Panyu District 番禺区, Yueqing 乐清市, Wuyuan County 婺源县,
Shifang 什邡市, Qianwei County 犍为县, Zhashui County 柞水县, Dangshan County 砀山县,
Yanshi District 偃师区, Wugang 舞钢市, Ruzhou 汝州市, Dengzhou 邓州市, Yima 义马市,
Lingbao 灵宝市
"""


@pytest.mark.parametrize(
    ("written", "name"),
    [tuple(pair.strip().rsplit(" ", 1)) for pair in KNOWN.split(",")],
)
def test_a_place_is_known_by_its_usual_spelling(written: str, name: str) -> None:
    """As papers write it, at the head of a question or inside it."""
    for text in (f"{written} built how many?", f"How many were built in {written}?"):
        found = names(text)
        assert len(found) == 1
        assert name in found[0]


def test_every_city_is_found_by_its_pinyin() -> None:
    """Each province and each city of its own is among the places that its usual letters name."""
    for place in all_places():
        if len(place.code) <= 4 and place.name[-1] in "省市" and place.short != "陕西":
            letters = min(spellings(place.short)[0]).capitalize()
            found = names(f"in {letters}") + names(f"in {letters} City")  # Jilin has a Jilin
            assert any(place.name in some for some in found), (place, letters)


def test_a_city_wins_over_the_county_of_its_name() -> None:
    """安阳市 has an 安阳县; who means the county says so."""
    assert names("in Anyang") == [["安阳市"]]
    assert names("in Anyang County") == [["安阳县"]]


def test_the_province_named_decides_between_two_of_one_spelling() -> None:
    """Suzhou is 苏州 or 宿州; in Anhui it is 宿州."""
    assert names("in Suzhou") == [["苏州市", "宿州市"]]
    assert names("in Suzhou, Anhui")[0] == ["宿州市"]


def test_a_stray_county_is_no_place() -> None:
    """Anju community in Lishi, Luliang, has nothing to do with 安居区 in Sichuan."""
    assert names("at the Anju community centre in Lishi, Luliang") == [["离石区"], ["吕梁市"]]


@pytest.mark.parametrize("text", ["Mile after mile", "He went to an office", "Change the nation"])
def test_english_words_are_no_places(text: str) -> None:
    """弥勒 reads mile, but a mile is a mile."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("xi'an", [("xi", "an")]),
        ("zefeng", [("ze", "feng")]),
        ("bread", []),
        ("government", []),
    ],
)
def test_a_word_is_read_as_pinyin_or_not(word: str, ways: list[tuple[str, ...]]) -> None:
    """An apostrophe parts syllables; English words are mostly no pinyin."""
    assert [way for way in syllables(word) if "a" not in way] == ways


def test_a_syllable_leads_to_its_characters() -> None:
    """吕 is found as lü and as lu, for it is written both ways."""
    assert "吕" in characters("lv")[0]
    assert "吕" in characters("lu")[0]
    assert characters("xyz") == ("", "")


@given(st.sampled_from(all_places()))
def test_a_name_is_spelt_in_letters(place: object) -> None:
    """Spellings are plain letters, as joined() makes them."""
    name = getattr(place, "short", "")
    usual, other = spellings(name)
    assert all(joined([letters]) == letters for letters in usual | other)
    assert not usual & other
