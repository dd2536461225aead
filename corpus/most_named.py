"""What place a text without a telling headline is about: the one that it names most.

Nothing is guessed: a place that is named in passing, or no more than others, is none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.headline_places import decided
from corpus.local_names import with_local_names
from corpus.passing_places import is_edition, is_elsewhere, is_venue, lead_start, own_words
from corpus.text.gazetteer import COUNTY
from corpus.text.places import Mention, Place, ancestors, covers

# Countries that news tells of: what is about them is about no place here.
_ABROAD = re.compile(
    "美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜(?!族)|印度|越南|泰国|缅甸|老挝|柬埔寨|马来西亚|新加坡|印尼|菲律宾|蒙古国"
    "|乌克兰|以色列|伊朗|伊拉克|沙特|土耳其|埃及|南非|巴西|阿根廷|墨西哥|加拿大|澳大利亚|新西兰|意大利|西班牙|葡萄牙|荷兰"
    "|瑞士|瑞典|挪威|芬兰|丹麦|波兰|希腊|巴基斯坦|孟加拉国|哈萨克斯坦|乌兹别克斯坦"
)
SPOKEN = 3  # times that a text speaks as a county or city does, if it is of one
OFTEN = 2  # times that a part is named, if a text is about it that does not open with it
ONCE = 3  # what a single name counts at the most: in the lead, at the head of a clause
PEERS = 3  # places that a list names in one breath; they are told of as what is around them
LEAD = 140  # characters in which a text tells its subject where no headline does
_CLAUSE = re.compile(r"[^\w、《]|^")
# An office of a quarter or a town, by the two characters before: 江浦路街道.
_QUARTER = re.compile(r"[一-鿿]{2}(?:(?<!社区)(?<!辖区)(?<!城市)街道|(?<![城乡村])镇)")


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
    """What a text names; of 焦作市山阳区 the district. What the lead names counts once more, and so
    does what a clause begins with: it is told of.
    """
    mentions = with_local_names(text, decided(text))
    told, begin = _told_of(text, mentions), lead_start(text)
    lead = frozenset(m.place for m in told if begin <= m.start < begin + LEAD)
    told = [mention for mention in told if not is_venue(text, mention)]
    counts = Counter(mention.place for mention in told)
    counts += Counter({m.place for m in told if begin <= m.start < begin + LEAD})
    counts += Counter(m.place for m in told if _CLAUSE.search(text, max(0, m.start - 1), m.start))
    return _Named(own_words(text), counts, lead)


def _told_of(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that may tell what a text is about: of 焦作市山阳区 the district, none of
    elsewhere, and an agency's edition only where all others lie in it.
    """
    begins: dict[int, int] = {}  # where the names begin that end at a place
    told, elsewhere = [], set()
    behind = {mention.start: mention.place for mention in mentions}
    for mention in mentions:
        whole = replace(mention, start=begins.get(mention.start, mention.start))
        if is_elsewhere(text, whole) or mention.start in elsewhere:
            elsewhere.add(mention.end)
        elif mention.end in behind and covers(mention.place, behind[mention.end]):
            begins[mention.end] = whole.start
        else:
            told.append(whole)
    editions = {mention for mention in told if is_edition(text, mention)}
    others = {mention.place for mention in told if mention not in editions}
    around = {e for e in editions if all(covers(e.place, other) for other in others)}
    kept = [mention for mention in told if mention not in editions or mention in around]
    return list(_in_one_breath(text, kept))


def _in_one_breath(text: str, told: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, those of a list over parts of one place (大化、都安、环江) as one of what is
    around them all.
    """
    lists: list[list[Mention]] = []
    for mention in told:
        if lists and text[lists[-1][-1].end : mention.start] in ("、", "和"):
            lists[-1].append(mention)
        else:
            lists.append([mention])
    for peers in lists:
        shared = [p for p in ancestors(peers[0].place) if all(covers(p, m.place) for m in peers)]
        if len(peers) >= PEERS and shared:
            yield replace(peers[0], places=(shared[0],))
        else:
            yield from peers


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
    if named.leads_with(place) or _spoken(named) >= SPOKEN or _is_of_quarter(named.text):
        return True
    naming = sum(any(covers(place, m.place) for m in decided(text)) for text in paragraphs)
    return naming * 2 >= len(paragraphs)


def _is_of_quarter(text: str) -> bool:
    """Whether a text tells of one quarter or town again and again: the one place that it names is
    where that lies.
    """
    return any(count >= SPOKEN for count in Counter(_QUARTER.findall(text)).values())


def _leads_to(about: Place, part: Place, named: _Named) -> bool:
    """Whether a text that is about a place is about this part of it: it has more than half of the
    names, of those of parts alone where the text speaks as the part (全县, 县委); a text that
    speaks and opens as the whole must name the part twice as often.
    """
    own, whole = named.counts[about], named.counts.total()
    inside = named.within(part).counts.total()
    often = 1 if _is_of_quarter(named.text) else OFTEN
    passing = inside < often or (about in named.lead and (own > ONCE or inside < own * 2))
    if passing and not named.leads_with(part):
        return False
    spoken = max(_spoken(named.within(part)), _voice(named.text, part))
    louder = spoken - _voice(named.text, about)
    if louder > 0 or (about not in named.lead and about.name[-1] != part.name[-1]):
        return inside * 2 > max(whole - own, own)
    return inside * 2 > whole and not (louder < 0 and about in named.lead and inside <= own * 2)


def _spoken(named: _Named) -> int:
    """How often a text speaks as the division that it speaks as most, of those that it names."""
    kinds = {place.name[-1]: place for place in named.counts}
    return max((_voice(named.text, place) for place in kinds.values()), default=0)


def _voice(text: str, place: Place) -> int:
    """How often a text speaks as a division of that kind does of itself: 全县, 我市, 省委."""
    kind = place.name[-1]
    organ = rf"{kind}(?:委|政府|人大|政协|直|残联|长(?![期远效久江]))|{kind}[一-鿿]{{1,6}}[局厅办]"
    return len(re.findall(rf"[全我本该]{kind}|{organ}", text))
