"""Places of China as English writes them: Sanmenxia, Shanyang District, Inner Mongolia, Xi'an."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.text.places import Place, all_places, ancestors
from index.words.english.dictionary import look_up
from index.words.english.pinyin import joined, spellings

# Names that are no pinyin, and Shaanxi, which pinyin does not tell from Shanxi.
_FOREIGN = dict(
    pair.split(":")
    for pair in (
        "shaanxi:陕西 shanxi:山西 innermongolia:内蒙古 tibet:西藏 harbin:哈尔滨 hohhot:呼和浩特 "
        "urumqi:乌鲁木齐 lhasa:拉萨 hongkong:香港 macau:澳门 macao:澳门 qiqihar:齐齐哈尔 "
        "ordos:鄂尔多斯 turpan:吐鲁番 karamay:克拉玛依 hulunbuir:呼伦贝尔 peking:北京 canton:广州 "
        "shigatse:日喀则 nyingchi:林芝 qamdo:昌都 nagqu:那曲 ulanqab:乌兰察布 golmud:格尔木"
    ).split()
)
# The kind of division that may follow a name, and how the Chinese names of that kind may end.
_KINDS = {
    "province": "省区", "city": "市", "municipality": "市", "county": "县旗", "district": "区",
    "prefecture": "市州盟区", "banner": "旗", "league": "盟", "region": "区",
}  # fmt: skip
_ENDING = re.compile(
    r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|([一-鿿]{1,3}族)+自治[州县旗]|自治[州县旗]|林区|地区|[省市县区旗盟])$"
)
LONGEST_NAME = 4  # words: San Men Xia City
PROVINCE, PREFECTURE = 2, 4  # digits of their codes
SHORTEST_NAME = 2  # characters of a name whose kind is not said: Yu County is 盂县, Yu is not


@dataclass(frozen=True, slots=True)
class Named:
    """Places that words[start:end] may name; several where the same letters spell them. `sure` if
    the text says that it is a place: Anju District.
    """

    places: tuple[Place, ...]
    start: int
    end: int
    sure: bool


def find_english_places(words: Sequence[str]) -> list[Named]:
    """Places named by the words of an English text (see cased_words), left to right.

    Of places that are spelt alike those win whose province or city is named too, then the higher
    divisions. A county whose kind is not said and that lies in another province than all others
    named is none: an Anju in Luliang is not 安居区 in Sichuan.
    """
    found: list[Named] = []
    i = 0
    while i < len(words):
        named = _at(words, i)
        if named is not None:
            found.append(named)
        i = named.end if named else i + 1
    likely = []
    for named in found:
        others = [place for other in found if other != named for place in other.places]
        places = _likeliest(named, others)
        if not others or named.sure or not _stray(places, others):
            likely.append(replace(named, places=places))
    return likely


def _at(words: Sequence[str], start: int) -> Named | None:
    """The longest name that begins at words[start]."""
    for end in range(min(start + LONGEST_NAME, len(words)), start, -1):
        name = [*words[start:end]]
        name[-1] = name[-1].removesuffix("'s")
        kind = _KINDS.get(name[-1].lower(), "") if len(name) > 1 else ""
        stem = name[:-1] if kind else name
        places = _spelt().get(joined(stem), ())
        if kind:
            places = tuple(place for place in places if place.name[-1] in kind)
        else:
            places = tuple(place for place in places if len(_bare(place)) >= SHORTEST_NAME)
        if places and (kind or _is_name(stem, start, places)):
            return Named(places, start, end, bool(kind))
    return None


def _is_name(stem: Sequence[str], start: int, places: Sequence[Place]) -> bool:
    """Whether these words name a place and are not English by chance (Mile, Change). No English
    word reads like a province or a prefecture.
    """
    if any(len(place.code) <= PREFECTURE for place in places):
        return True
    if all(word[0].isupper() for word in stem) and start > 0:
        return True
    names = tuple(_bare(place) for place in places)
    meanings = look_up([word.lower() for word in stem])
    return not meanings or any(meaning.startswith(names) for meaning, _ in meanings)


def _likeliest(named: Named, others: Sequence[Place]) -> tuple[Place, ...]:
    codes = {place.code for place in others}
    within = [p for p in named.places if any(parent.code in codes for parent in ancestors(p))]
    kept = within or list(named.places)
    highest = min(len(place.code) for place in kept)
    return tuple(place for place in kept if len(place.code) == highest)


def _stray(places: Sequence[Place], others: Sequence[Place]) -> bool:
    """Whether these are counties, and of other provinces than the other places."""
    provinces = {place.code[:PROVINCE] for place in others}
    return all(len(p.code) > PREFECTURE and p.code[:PROVINCE] not in provinces for p in places)


def _bare(place: Place) -> str:
    """The name without its kind: 山阳 of 山阳区."""
    return _ENDING.sub("", place.name) or place.name


@cache
def _spelt() -> dict[str, tuple[Place, ...]]:
    """Places by the letters of their names, the usual readings before the others."""
    usual: dict[str, list[Place]] = defaultdict(list)
    other: dict[str, list[Place]] = defaultdict(list)
    by_name: dict[str, Place] = {}
    for place in all_places():
        by_name.setdefault(_bare(place), place)
        first, too = spellings(_bare(place))
        for table, written in ((usual, first), (other, too)):
            for letters in written:
                table[letters].append(place)
    spelt = {letters: tuple(places) for letters, places in (other | usual).items()}
    return spelt | {letters: (by_name[name],) for letters, name in _FOREIGN.items()}
