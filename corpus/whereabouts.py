"""What place a text is about: of its headline, its contributor, or what its paragraphs name most.

Nothing is guessed: a place that is named in passing, or beside others, is none.
"""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.text.gazetteer import COUNTY, MUNICIPALITIES, PREFECTURE
from corpus.text.list_marks import TEN
from corpus.text.places import Mention, Place, ancestors, covers, find_places, place_named

_OPENING = re.compile(rf"(?:[{TEN}]{{1,3}}、)?([一-鿿]{{2,4}})[：:]")
_MARK = re.compile(rf"(?:[（(]?[{TEN}\d]{{1,3}}[）)、.．]|第[{TEN}]{{1,3}}[章节篇部分]+)?\s*")
# Where a piece of news was written says not what it is about: 新华社石家庄8月15日电.
_DATELINE = re.compile(r"\s*\d{1,2}月\d{1,2}日\s*[电讯]")
# Countries that news tells of: what is about them is about no place here.
_ABROAD = re.compile(
    "美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜|印度|越南|泰国|缅甸|老挝|柬埔寨|马来西亚|新加坡|印尼|菲律宾|蒙古国|乌克兰"
    "|以色列|伊朗|伊拉克|沙特|土耳其|埃及|南非|巴西|阿根廷|墨西哥|加拿大|澳大利亚|新西兰|意大利|西班牙|葡萄牙|荷兰|瑞士|瑞典"
    "|挪威|芬兰|丹麦|波兰|希腊|巴基斯坦|孟加拉国|哈萨克斯坦|乌兹别克斯坦"
)
LEAD = 140
LEAD_WEIGHT = 1  # what is named there counts as so many mentions more


def only_place(places: Sequence[Place]) -> Place | None:
    """The place that all these places are or lie in, if it is no larger than a city; those around
    another of them say no more than it does.
    """
    around = {above for place in places for above in ancestors(place)}
    inner = {place for place in places if place not in around}
    if len(inner) == 1:
        return inner.pop()
    cities = {city_of(place) for place in inner}
    city = cities.pop() if len(cities) == 1 else None
    return city if city is not None and city not in inner else None


def city_of(place: Place) -> Place:
    """The city that a place is or lies in; of a county without one, itself."""
    chain = (place, *ancestors(place))
    return next((p for p in chain if len(p.code) == PREFECTURE or p.code in MUNICIPALITIES), place)


def places_in(headline: str, near: Sequence[Place] = ()) -> list[Place]:
    """Places in a headline, those that it leaves open left out. What it opens with and sets off by
    a colon (开平：…) is a place even where its short name is a word elsewhere.
    """
    opening = _OPENING.match(headline)
    if opening is not None:
        for suffix in ("市", "县", "区"):
            if (place := place_named(opening[1] + suffix)) is not None:
                return [place]
    return [mention.place for mention in decided(headline, near)]


def opens_with(headline: str, place: Place) -> bool:
    """Whether a headline begins with the name of a place, but for its number: 二、新乡：….

    >>> [opens_with(line, place_named("新乡市")) for line in ("二、新乡的做法", "二、学习新乡")]
    [True, False]
    """
    opening = _OPENING.match(headline)
    bare = _MARK.sub("", headline)
    return bare.startswith((place.name, place.short, place.label)) or opening is not None


def decided(text: str, near: Sequence[Place] = ()) -> list[Mention]:
    """The mentions in a text that call one place."""
    return [mention for mention in find_places(text, near) if len(mention.places) == 1]


def mostly_about(paragraphs: Sequence[str]) -> Place | None:
    """The smallest place that most of what is named lies in, step by step inwards: the province,
    its city, its county; None if it is named in passing only, neither in the lead nor in half of
    the paragraphs.

    A step is taken to what has more than half of all weight, or of that of the parts alone where
    the text speaks no less as the part does (全县, 县委) than as the whole; never where it speaks
    and is named as the whole.
    """
    text = "\n".join(paragraphs)
    mentions = _telling(text)
    lead = {mention.place for mention in mentions if mention.start < LEAD}
    weights = Counter(mention.place for mention in mentions)
    for place in lead:
        weights[place] += LEAD_WEIGHT
    about, all_weight = None, weights.total() + len(_ABROAD.findall(text))
    while (step := _step(about, weights)) is not None:
        top, weight = step
        if about is None:
            if weight * 2 <= all_weight or not _supported(top, lead, paragraphs):
                return None
        elif not _leads_inwards(about, top, weight, weights, about in lead, text):
            return about
        about = top
        weights = Counter({p: n for p, n in weights.items() if covers(top, p)})
    return about


def _leads_inwards(
    about: Place, top: Place, weight: int, weights: Counter[Place], in_lead: bool, text: str
) -> bool:
    """Whether a text that is about a place is about this part of it, which has that weight."""
    own, part = _voice(text, about), _voice(text, top)
    if part > own or (not in_lead and about.name[-1] != top.name[-1]):
        return weight * 2 > max(weights.total() - weights[about], weights[about])
    if own > part and in_lead and weight <= weights[about] * 2:
        return False
    return weight * 2 > weights.total()


def _step(about: Place | None, weights: Counter[Place]) -> tuple[Place, int] | None:
    """The division right below `about` that has the most weight, and how much."""
    inner: Counter[Place] = Counter()
    for place, weight in weights.items():
        if (below := _below(about, place)) is not None:
            inner[below] += weight
    return next(iter(inner.most_common(1)), None)


def _supported(place: Place, lead: set[Place], paragraphs: Sequence[str]) -> bool:
    """Whether a place or a part of it is named in the lead, or in half of the paragraphs."""
    if any(covers(place, other) for other in lead):
        return True
    naming = sum(any(covers(place, m.place) for m in decided(text)) for text in paragraphs)
    return naming * 2 >= len(paragraphs)


def _voice(text: str, place: Place) -> int:
    """How often a text speaks as a division of that kind does of itself: 全县, 我市, 省委."""
    kind = place.name[-1]
    return len(
        re.findall(
            rf"[全我本该]{kind}|{kind}(?:委|政府|人大|政协|直|残联)|{kind}[一-鿿]{{1,6}}[局厅办]",
            text,
        )
    )


def _telling(text: str) -> list[Mention]:
    """The mentions that tell what a text is about: of 焦作市山阳区 the district, no dateline."""
    mentions = decided(text)
    behind = {mention.start: mention.place for mention in mentions}
    return [
        mention
        for mention in mentions
        if not (mention.end in behind and covers(mention.place, behind[mention.end]))
        and not _DATELINE.match(text, mention.end)
    ]


def _below(about: Place | None, place: Place) -> Place | None:
    """The division right below `about` that a place is or lies in; below None its province."""
    chain = [p for p in (place, *ancestors(place)) if len(p.code) <= COUNTY and p != about]
    return next((p for p in chain if (p.parent or None) == (about.code if about else None)), None)
