"""A comparison as its sides: a question for each of the things that are compared."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.text.places import Mention, ancestors, find_places
from rag.query.asking import COMPARING, COUNTERS, EVERYWHERE, FIRST, INTERROGATIVE, without_asking
from rag.query.english_terms import names
from rag.query.intents import Aspect, Wants, wanted
from rag.query.operations import sides_of_difference, without_sum
from rag.query.question import Query, places_named, understand

MAX_SIDES = 8  # more rows than that are no comparison that anyone reads
# What joins the things compared, and what may be left of a question when they are taken out.
_JOINT = "和与跟同及、，,；;？? 　"
_JOINTS = frozenset(_JOINT)
_CLAUSE = re.compile(r"[，,；;、？?]")
_SPOT = re.compile(r"[路街镇乡村]")  # a thing with a place of its own, which no list has
_COUNTED = re.compile(rf"多少|(?<!哪)几(?:{COUNTERS})")
OWN_WORDS = 4  # characters that a clause needs to speak of something of its own
_PAIR = re.compile(
    r"^(?P<left>[^，,。？?]{2,24}?)(?:和|与|跟|同|、)(?P<right>[^，,。？?]{2,24}?)"
    r"(?:这?[两二][份个家地项种类件处样][^，,]{0,4})?"
    rf"(?P<tail>(?:[，,]|都|各|分别|相比|哪|谁|有[什啥多]).*|(?:{COMPARING.pattern}).*)$"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: what it is called, and the question about it alone.

    `label` is "" where the question compares nothing.
    """

    label: str
    query: Query


def sides(query: Query) -> tuple[Side, ...]:
    """The sides of a comparison that names them, in its order, each a whole question that needs
    nothing of what was said before; else the question alone.
    """
    if query.aspect is Aspect.LIST:
        return (Side("", query),)
    if query.terms:
        return _of_english(query)
    asked = query.understood
    texts = sides_of_difference(asked) or _by_place(asked) or _by_pair(asked) or _by_clause(asked)
    if not 2 <= len(texts) <= MAX_SIDES:
        return (Side("", query),)
    return tuple(Side(label, understand(text)) for label, text in texts)


def asks_everywhere(query: Query) -> bool:
    """Whether something is asked of every place that there is, none being named."""
    return (
        not query.places
        and query.aspect is not Aspect.LIST
        and bool(EVERYWHERE.search(query.understood))
    )


def _by_place(question: str) -> list[tuple[str, str]]:
    """Name and question of each place, where two or more are named side by side.

    >>> _by_place("三门峡和漯河各有多少个助餐点")
    [('三门峡市', '三门峡市有多少个助餐点'), ('漯河市', '漯河市有多少个助餐点')]
    """
    mentions = _separate(question)
    if len({mention.place for mention in mentions}) < 2:
        return []
    gaps = [question[a.end : b.start] for a, b in pairwise(mentions)]
    beside = len(places_named(question)) > 1 and all(not gap or set(gap) & _JOINTS for gap in gaps)
    if not beside and not COMPARING.search(question):
        return []  # 河南 of 三门峡 says where that is, 从开封迁到新乡 compares nothing
    before = question[: mentions[0].start].rstrip(_JOINT)
    ends = [mention.start for mention in mentions[1:]] + [len(question)]
    own = [question[m.end : end].strip(_JOINT) for m, end in zip(mentions, ends, strict=True)]
    own = [text.removesuffix("的") if not text.strip("的") else text for text in own]
    shared = ""
    if all(own):  # each has words of its own: what is asked of all stands behind the last
        last, shared = _without_tail(own[-1])
        own[-1] = last
    else:
        own = [own[-1]] * len(own)
    texts: dict[str, str] = {}
    for mention, text in zip(mentions, own, strict=True):
        parts = [part for part in (before, f"{mention.place.name}{text}", shared) if part]
        texts.setdefault(mention.place.name, _plain("，".join(parts)))
    return list(texts.items())


def _by_pair(question: str) -> list[tuple[str, str]]:
    """Name and question of two things of one place or of none: A和B各…, A和B有什么区别."""
    found = _PAIR.match(question)
    if found is None or not COMPARING.search(found["tail"]):
        return []
    left, right, tail = found["left"], found["right"], found["tail"]
    if right[0].isdigit() or "、" in right:  # 跟2021年比 is no second thing; A、B、C are three
        return []
    if "的" in right and "的" not in left:  # 方山和涟源的局长: whose 的 belongs to both
        left += right[right.index("的") :]
    place = find_places(left)
    if place and place[0].end < len(left) and not find_places(right) and not _SPOT.search(right):
        right = f"{left[place[0].start : place[0].end]}{right}"
    return [(thing, _plain(f"{thing}{tail}")) for thing in (left, right)]


def _by_clause(question: str) -> list[tuple[str, str]]:
    """Clauses that each ask for a figure of something else: 徐某讲给多少人听，涟源来了多少人. What
    stands before the first is asked of all.
    """
    clauses = [clause.strip(_JOINT) for clause in _CLAUSE.split(question) if clause.strip(_JOINT)]
    asking = [bool(_COUNTED.search(clause)) for clause in clauses]
    if sum(asking) < 2 or not all(asking[asking.index(True) :]):
        return []
    before, own = clauses[: asking.index(True)], clauses[asking.index(True) :]
    if any(len(without_asking(clause)) < OWN_WORDS for clause in own):
        return []  # 有几户、涉及多少人: one sentence tells both
    texts = ["，".join([*before, clause]) for clause in own]
    places = list(dict.fromkeys(mention.place.name for mention in find_places(question)))
    if len(places) == 1:  # it is spoken of in every clause
        texts = [text if find_places(text) else f"{places[0]}{text}" for text in texts]
    return list(zip(own, texts, strict=True))


def _separate(question: str) -> list[Mention]:
    """Places of a question that stand by themselves: of 焦作市山阳区 the district."""
    kept: list[Mention] = []
    for mention in find_places(question):
        if (
            kept
            and kept[-1].place in ancestors(mention.place)
            and not question[kept[-1].end : mention.start].strip("市省县的")
        ):
            mention = replace(mention, start=kept.pop().start)
        kept.append(mention)
    return kept


def _without_tail(text: str) -> tuple[str, str]:
    """The last side's own words, and what is asked of all: 停服务，分别要提前多久报."""
    found = re.search(r"[，,]|都(?=[是有讲做说办建要提搞])|分别|各自|各(?=[是有])", text)
    if found is None or found.start() == 0:
        return text, ""
    return text[: found.start()], text[found.start() :].strip(_JOINT)


def _plain(text: str) -> str:
    """A side's question without the words that compare; which is first asks when each is."""
    text = text.rstrip(_JOINT)
    first = FIRST.search(text)
    if first and text[: first.start()].strip(_JOINT):
        when = "" if INTERROGATIVE.search(text[: first.start()]) else "，是什么时候"
        text = f"{text[: first.start()]}{first['what']}{first['act']}{when}"
    return without_sum(COMPARING.sub("", text)).strip(_JOINT)


def _of_english(query: Query) -> tuple[Side, ...]:
    """What a comparison in English asks about each of its places."""
    if query.wants is not Wants.COMPARISON or len(query.places) < 2:
        return (Side("", query),)
    return tuple(
        Side(
            place.name,
            replace(
                query,
                wants=wanted(query.understood, query.aspect, 1),
                places=(place,),
                terms=tuple(
                    term
                    for term in query.terms
                    if not any(names(term, other) for other in query.places if other != place)
                ),
            ),
        )
        for place in query.places
    )
