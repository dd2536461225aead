"""Places of China that a text names: where their names stand as words of their own.

A name counts where it begins and, in everyday form, ends with a word of the text (重大安全 names no
大安), and where its company leaves it a place: 长春路 is a street, 王永康 a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.text.gazetteer import (
    AMBIGUOUS,
    COUNTY,
    PREFECTURE,
    Place,
    all_places,
    ancestors,
    by_form,
    covers,
    place_named,
    place_names,
    places_called,
)
from corpus.text.reading_text import is_han
from corpus.text.segmentation import borders
from corpus.text.surnames import SURNAMES

__all__ = [
    "AMBIGUOUS",
    "Mention",
    "Place",
    "all_places",
    "ancestors",
    "covers",
    "find_places",
    "place_named",
    "place_names",
    "places_called",
]

_RUN = re.compile(r"[㐀-䶿一-鿿]{2,}")
# Words that can stand before a county of one character (岚县); behind others its name is the end of
# a word and 县 a word of its own: 示范县, 振兴县域. 代县长 is whoever stands in for one.
_BEFORE_NAME = frozenset("在到赴")
_BEFORE_SHORT = frozenset("在到赴进往于向从由对与和及是省市州")
# Surnames that are as often words before a place: 任洛阳市委书记, 万洛阳人.
_PERSONS = SURNAMES - frozenset("任于向万方石江和")
# What may follow a place within one word of the dictionary: 北京人, 浙江省委.
_BELONGING = re.compile(r"(?:人|籍|[省市][委级]?|队)$")
_KINDS_OF_SCHOOL = (
    "第[一二三四]|中医药|中医|医科|医学|师范|理工|科技|工业|农业|农林|林业|海洋|财经|经贸|政法|外国语|外语|交通|邮电"
    "|航空|航天|职业|技术|女子|音乐|美术|体育|传媒|民族|商贸|工程|建筑|电子|信息|城市|开放|广播电视|警察|艺术|幼儿|高等|专科"
    "|铁[道路]|水[利电]|电力|石油|矿业|地质|化工|轻工|管理|经济|金融|税务|审计|工商|警官|旅游|健康|卫生|护理|应用"
)
# Things that are named after a place and are elsewhere, or are no place: streets, towns, schools,
# newspapers, brands and dishes, events.
_NAMED_AFTER = re.compile(
    r"(?:[东南西北中][一二三四]?|[一二三四])?(?:路(?![网径线])|大?街(?!舞)|大道|巷(?!道)|胡同)"
    r"|镇(?!村|域|区|街|办)|乡(?!村|镇|亲|音|情|土|贤|里|愁|约)|村(?!镇|民|庄|委|里|级|居|医|社)"
    r"|大桥|大厦|大酒店|饭店|宾馆"
    rf"|(?:{_KINDS_OF_SCHOOL})*(?:大学(?!生|城)|学院(?!派))"
    r"|(?:[青都早晚日商时晨][年市]?|特区|经济|法制|广播电视)报(?!到|告|名|送|表|考|销)|卫视"
    r"|银行(?!业|网点)|时间(?!表)|烤鸭|拉面|刀削面|热干面|小面|[米拌]粉|米线|炒饭|啤酒|火锅|扒鸡|烧鸡|火腿|香醋|老?陈醋|榨菜|牛肉面|大曲"
    r"|红肠|板鸭|凉皮|烩面|泡馍|胡辣汤|臭豆腐|臊子面"
    r"|精神|起义|事变|条约|合作组织|大屠杀"
)
# Words that 市 begins, where they are no part of an organ's name (市民政局).
_WORDS_OF_CITY = re.compile(r"市(?:民(?![政主族生营间兵办企宗航盟革建进])|场(?!监)|容|值)")
# So are these, but only where another place stands before them: 武汉宝安社区; of 洛阳社区 the place
# may well be meant.
_NAMED_ELSEWHERE = re.compile(r"社区|小区|新村|街道|小学|中学|实验学校|广场|花园")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at text[start:end], and the places that it may call: one, or of a shared name all
    that the text leaves open.
    """

    places: tuple[Place, ...]
    start: int
    end: int

    @property
    def place(self) -> Place:
        """The place, the first of them where the text leaves it open."""
        return self.places[0]


def find_places(text: str, near: Sequence[Place] = ()) -> list[Mention]:
    """Places named in `text`, longest match first, left to right, without overlaps.

    Of a name that several places bear those are meant that lie with the other places of the text,
    or with those that are known to be `near`.
    """
    found = list(_named(text))
    known = [*near, *(m.place for m in found if len(m.places) == 1 and _is_division(m.place))]
    decided = (_decided(found, n, known) for n in range(len(found)))
    return [mention for mention in decided if mention is not None]


def _named(text: str) -> Iterator[Mention]:
    """Mentions with all the places that their names call."""
    lengths, forms = _lengths(), by_form()
    before: Mention | None = None
    for run in _RUN.finditer(text):
        i, stop = run.start(), run.end() - 1
        while i < stop:
            if before is not None and before.end == i and (inside := _common_name(text, before)):
                before = inside
                yield before
                i = before.end
                continue
            for length in lengths.get(text[i : i + 2], ()):
                called = forms.get(text[i : i + length]) if i + length <= run.end() else None
                if called and _is_place(text, run, Mention(called, i, i + length), before):
                    before = Mention(called, i, i + length)
                    yield before
                    i += length - 1
                    break
            i += 1


def _common_name(text: str, before: Mention) -> Mention | None:
    """A district whose name is a word elsewhere, right behind the city that it lies in:
    内江市市中区.
    """
    for place in _common_names():
        at = before.end
        if text.startswith(place.name, at) and covers(before.place, place):
            return Mention((place,), at, at + len(place.name))
    return None


@cache
def _common_names() -> tuple[Place, ...]:
    """Districts whose full name is a word elsewhere."""
    return tuple(place for place in all_places() if place.name in AMBIGUOUS)


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the forms that open with two characters, the longer first: most pairs of a text
    open none, and the text is left at once.
    """
    found: dict[str, set[int]] = {}
    for form in by_form():
        found.setdefault(form[:2], set()).add(len(form))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


def _is_place(text: str, run: re.Match[str], here: Mention, before: Mention | None) -> bool:
    """Whether a name stands as a word, and for the place; `before` is the last place named."""
    beside = before is not None and before.end == here.start  # 河南范县
    whole = text[here.start : here.end] in (here.place.name, here.place.plain)
    words = borders(run[0])
    if not beside and here.start - run.start() not in words:
        return False
    if whole:
        return _is_full_name(text, here, beside)
    start, end = here.start - run.start(), here.end - run.start()
    if not _ends_with_word(run[0], start, end) or _NAMED_AFTER.match(text, here.end):
        return False
    if before is not None and beside:
        within = any(covers(before.place, place) for place in here.places)
        return within or not _NAMED_ELSEWHERE.match(text, here.end)
    return not _is_person(run[0], start, end)


def stands_as_word(text: str, start: int, end: int, beside: bool = False) -> bool:
    """Whether a short name at text[start:end] stands as a word of its own and for a place; beside
    another place it may begin within a word.
    """
    if _NAMED_AFTER.match(text, end):
        return False
    begin = start
    while begin and is_han(text[begin - 1]):
        begin -= 1
    run = _RUN.match(text, begin)
    if run is None or end > run.end():
        return False
    words, first, last = borders(run[0]), start - begin, end - begin
    if not beside and (first not in words or _is_person(run[0], first, last)):
        return False
    return last in words or (beside and last - first in borders(run[0][first:]))


def _is_person(run: str, start: int, end: int) -> bool:
    """Whether a short name at run[start:end] is a person's: 王永康, 和田某."""
    if run[end : end + 1] == "某" and run[end : end + 2] not in ("某地", "某县", "某区", "某市"):
        return True
    return start > 0 and start - 1 in borders(run) and run[start - 1] in _PERSONS


def _is_full_name(text: str, here: Mention, beside: bool) -> bool:
    """Whether the ending of a name is its own: none of 示范县, 县域, 代县长 or 市民."""
    behind = text[here.end : here.end + 1]
    if here.end - here.start == 2 and (behind == "长" or _ends_word(text, here.start, beside)):
        return False
    if text[here.end - 1] in "区县" and behind == "域":
        return False
    return not (text[here.end - 1] == "市" and _WORDS_OF_CITY.match(text, here.end - 1))


def _ends_with_word(run: str, start: int, end: int) -> bool:
    """Whether an everyday name ends where a word does, or before what a word may add to it. At the
    head of a run or behind 在 a name is likelier than one character of it by itself: 开封建成.
    """
    words = borders(run)
    if end in words or run[end : end + 2] in by_form():  # 上海南京路
        return True
    word_end = min(border for border in words if border > end)
    if _BELONGING.match(run, end, word_end):
        return True
    return start + 1 in words and (start == 0 or run[start - 1] in _BEFORE_NAME)


def _ends_word(text: str, i: int, beside: bool) -> bool:
    """Whether a county of one character at text[i] is the end of a word."""
    before = text[i - 1 : i]
    return not beside and is_han(before) and before not in _BEFORE_SHORT


def _is_division(place: Place) -> bool:
    return len(place.code) <= COUNTY


def _decided(found: Sequence[Mention], n: int, known: Sequence[Place]) -> Mention | None:
    """A mention with the places that remain: those inside the place named right before it, else
    inside one that is known, else beside one, in its city or in its province; all of them where
    none of that tells. A town is known by its city alone.
    """
    mention = found[n]
    towns = not _is_division(mention.place)
    if len(mention.places) == 1 and not towns:
        return mention
    inside = [p for p in mention.places if any(covers(other, p) for other in known)]
    if n and found[n - 1].end == mention.start:
        inside = [p for p in mention.places if covers(found[n - 1].place, p)] or inside
    if towns:
        return replace(mention, places=tuple(inside)) if inside else None
    for digits in (PREFECTURE, PREFECTURE // 2):
        if not inside:
            around = {place.code[:digits] for place in known if len(place.code) >= digits}
            inside = [p for p in mention.places if p.code[:digits] in around]
    return replace(mention, places=tuple(inside)) if inside else mention
