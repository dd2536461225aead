"""What place a text without a telling headline is about: the one that it names most.

Nothing is guessed: a place that is named in passing, or no more than others, is none.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.headline_places import decided
from corpus.text.gazetteer import COUNTY
from corpus.text.places import Mention, Place, ancestors, covers

# Where a piece of news was written or a meeting was held says not what it is about.
_DATELINE = re.compile(r"\s*\d{1,2}月\d{1,2}日\s*[电讯]")
_VENUE = re.compile(r"(?:隆重|顺利|成功|圆满)?(?:举行|召开|开幕|闭幕|举办)")
# Countries that news tells of: what is about them is about no place here.
_ABROAD = re.compile(
    "美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜|印度|越南|泰国|缅甸|老挝|柬埔寨|马来西亚|新加坡|印尼|菲律宾|蒙古国|乌克兰"
    "|以色列|伊朗|伊拉克|沙特|土耳其|埃及|南非|巴西|阿根廷|墨西哥|加拿大|澳大利亚|新西兰|意大利|西班牙|葡萄牙|荷兰|瑞士|瑞典"
    "|挪威|芬兰|丹麦|波兰|希腊|巴基斯坦|孟加拉国|哈萨克斯坦|乌兹别克斯坦"
)
SPOKEN = 3  # times that a text speaks as a county or city does, if it is of one
OFTEN = 2  # times that a part is named, if a text is about it that does not open with it
LEAD = 140  # characters in which a text tells its subject where no headline does


@dataclass(frozen=True, slots=True)
class _Named:
    """A text with the places that it names, how often, and those that its lead names."""

    text: str
    counts: Counter[Place]
    lead: frozenset[Place]

    def within(self, place: Place) -> "_Named":
        """The same text with what lies in a place alone."""
        inside = Counter({p: n for p, n in self.counts.items() if covers(place, p)})
        return replace(self, counts=inside)

    def leads_with(self, place: Place) -> bool:
        """Whether the lead names a place or a part of it."""
        return any(covers(place, other) for other in self.lead)


def mostly_about(paragraphs: Sequence[str]) -> Place | None:
    """The smallest place that most of what is named lies in, step by step inwards: the province,
    its city, its county; None where the province is named in passing only, or no more than all
    others and countries together.
    """
    named = _named("\n".join(paragraphs))
    if (province := _most_named_part(None, named)) is None:
        return None
    others = named.counts.total() + len(_ABROAD.findall(named.text))
    named = named.within(province)
    if named.counts.total() * 2 <= others or not _supported(province, named, paragraphs):
        return None
    about = province
    while (part := _most_named_part(about, named)) is not None and _leads_to(about, part, named):
        about, named = part, named.within(part)
    return about if named.counts[about] or _voice(named.text, about) else None


def _named(text: str) -> _Named:
    """What a text names; of 焦作市山阳区 the district. What the lead names counts once more."""
    mentions = decided(text)
    behind = {mention.start: mention.place for mention in mentions}
    telling = [
        mention
        for mention in mentions
        if not (mention.end in behind and covers(mention.place, behind[mention.end]))
        and not _is_setting(text, mention)
    ]
    lead = frozenset(mention.place for mention in telling if mention.start < LEAD)
    return _Named(text, Counter(mention.place for mention in telling) + Counter(lead), lead)


def _is_setting(text: str, mention: Mention) -> bool:
    """Whether a place is where a text was written, or where what it tells of was held."""
    held = text[mention.start - 1 : mention.start] == "在" and _VENUE.match(text, mention.end)
    return bool(held or _DATELINE.match(text, mention.end))


def _most_named_part(about: Place | None, named: _Named) -> Place | None:
    """The division right below a place, below None the province, that most of the names lie in."""
    parts: Counter[Place] = Counter()
    for place, count in named.counts.items():
        chain = [p for p in (place, *ancestors(place)) if len(p.code) <= COUNTY and p != about]
        parent = about.code if about else ""
        parts.update({part: count for part in chain if part.parent == parent})
    return next((part for part, _ in parts.most_common(1)), None)


def _supported(place: Place, named: _Named, paragraphs: Sequence[str]) -> bool:
    """Whether a place or a part of it is named in the lead, or in half of the paragraphs, or the
    text speaks as one that it names there.
    """
    spoken = max(_voice(named.text, inside) for inside in named.counts)
    if named.leads_with(place) or spoken >= SPOKEN:
        return True
    naming = sum(any(covers(place, m.place) for m in decided(text)) for text in paragraphs)
    return naming * 2 >= len(paragraphs)


def _leads_to(about: Place, part: Place, named: _Named) -> bool:
    """Whether a text that is about a place is about this part of it: it has more than half of the
    names, of those of parts alone where the text speaks as the part (全县, 县委); a text that
    speaks and opens as the whole must name the part twice as often.
    """
    own, whole = named.counts[about], named.counts.total()
    inside = named.within(part).counts.total()
    if not named.leads_with(part) and (about in named.lead or inside < OFTEN):
        return False
    louder = _voice(named.text, part) - _voice(named.text, about)
    if louder > 0 or (about not in named.lead and about.name[-1] != part.name[-1]):
        return inside * 2 > max(whole - own, own)
    return inside * 2 > whole and not (louder < 0 and about in named.lead and inside <= own * 2)


def _voice(text: str, place: Place) -> int:
    """How often a text speaks as a division of that kind does of itself: 全县, 我市, 省委."""
    kind = place.name[-1]
    own = rf"[全我本该]{kind}|{kind}(?:委|政府|人大|政协|直|残联)|{kind}[一-鿿]{{1,6}}[局厅办]"
    return len(re.findall(own, text))
