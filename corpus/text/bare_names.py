"""Districts and counties that a table calls without their ending: 涧西 for 涧西区.

In running text such a name may be any word. In a cell by itself, in a table about the city or
province around, it is the place.
"""

import re
from collections.abc import Iterable
from functools import cache

from corpus.text.gazetteer import AMBIGUOUS, COUNTY, PEOPLES, Place, all_places, covers

MIN_STEM = 2  # characters; 县 and 区 stay with a name of one (范县, 城区)
_ENDING = re.compile(rf"(?:(?:(?:{PEOPLES})族?)+自治[县州旗]|[区县市旗]|林区|特区|地区|盟)$")
# Names that are words without their ending: 资源 for 资源县 could be meant nowhere but in a table.
_WORDS = frozenset(
    "资源 和平 比如 南部 解放 前进 港口 公安 友好 通道 共和 城中 城区 友谊 平安 中方 凤凰 "
    "安定 延长 光明 新兴 运河 万年 东风 红旗 光泽 南岸 城北 会同 工农 大名 富裕 清水 高明 "
    "前锋 复兴 长子 清新 宏伟 平定 洞口 太和 温泉 石门 向阳 郊区 振兴 三元 大方 互助 新华 "
    "威信 莲花 平和 名山 白云 矿区 建华 大观 永和 二七 台前 凤山 丰满 双桥 文峰 保康 高台 "
    "二道 民权 小店 同心 元宝 宝塔 平房 定远 太白 木兰 天涯 七星 博爱 回民 江岸 马尾 金门 "
    "方正 安居 黑水 龙凤 上党 融水 麒麟 老城 爱民 惠民 上高 天台 开化 天心 天元 玉泉 五台 "
    "民乐 延寿 铜鼓 兴业 路南 白塔 古塔 石鼓 官渡 白水 集贤 梨树 双塔 康乐 市北 市南 鸡冠 "
    "永定 围场 双峰 新田 乐业 仁和 牧野 民丰 铁山 文水 交口 建水 曲水 新源 明水 路北 新丰 "
    "平乐 平武 兴文 普安 万荣 明山 老边 东区 西区 南城 城东 城西 东方 龙山 东山 北关 城关 "
    "河口 江北 河东 河西 河北 安宁 新城 铁西 铁东 桥东 桥西".split()
)


def bare_places(names: Iterable[str], around: Place) -> list[Place]:
    """The places inside `around` that names call, each the whole text of a cell, with their ending
    or without it.
    """
    found = (place for name in names for place in _by_stem().get(bare(name), ()))
    return [place for place in dict.fromkeys(found) if place != around and covers(around, place)]


def bare(name: str) -> str:
    """A place's name without its ending, where enough of it remains.

    >>> bare("涧西区"), bare("范县"), bare("恩施土家族苗族自治州")
    ('涧西', '范县', '恩施')
    """
    found = _ENDING.search(name, MIN_STEM)
    return name[: found.start()] if found else name


def places_of_stem(stem: str) -> list[Place]:
    """Counties and districts of that name without its ending."""
    return [place for place in _by_stem().get(stem, ()) if len(place.code) == COUNTY]


def common_word(stem: str) -> bool:
    """Whether a name without its ending is a word of everyday, or too short to be one."""
    return len(stem) < MIN_STEM or stem in _WORDS or stem in AMBIGUOUS


@cache
def _by_stem() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in all_places():
        if len(place.code) <= COUNTY:
            found.setdefault(bare(place.name), []).append(place)
    return found
