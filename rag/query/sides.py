"""A comparison as its sides: a question for each of the things that are compared."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from corpus.text.places import Mention, ancestors, find_places
from rag.query.asked_alone import JOINT, JOINT_AT_END, asked_alone, without_comparing
from rag.query.asking import COMPARING, EVERYWHERE
from rag.query.english_terms import names
from rag.query.intents import Asks, Aspect, Wants, wanted
from rag.query.operations import SUM_WORDS, Operation, operation_of, sides_of_difference
from rag.query.parts_asked import MAX_PARTS, parts_asked
from rag.query.question import Query, places_named, understand
from rag.query.things_compared import sides_of_pair, sides_of_sum
from rag.query.times_compared import sides_of_times

MAX_SIDES = 8  # more rows than that are no comparison that anyone reads
_THAN_OPERATIONS = frozenset({Operation.DIFFERENCE, Operation.MORE, Operation.LESS})
# 三家, 两市 behind the places; and what asks by itself.
_COUNT_OF_SIDES = re.compile(
    r"^这?[两二三四五六七八]个?[家市地县区城省位者](?:[里中]|之中)?[，,、]?"
)
_BARE = re.compile(rf"^(?:{SUM_WORDS})*(?:有|共)?(?:多少|几)")
_JOINTS = frozenset(JOINT)


class Sided(StrEnum):
    """What makes a side one of its own."""

    WHOLE = "whole"  # the question has but one
    PLACE = "place"
    TIME = "time"
    THING = "thing"
    PART = "part"  # a question of its own among several


# Sides that may be one thing after all, as the encoder tells; places side by side are several.
_TOLD = frozenset({Sided.THING, Sided.PART})
# Sides that may each be asked several things, each then told by itself.
_EACH_IN_PARTS = frozenset({Sided.PLACE, Sided.TIME})


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: what it is called, and the question about it alone.

    `label` is "" where the question compares nothing.
    """

    label: str
    query: Query
    sided: Sided = Sided.WHOLE


def sides(query: Query) -> tuple[Side, ...]:
    """The sides of a comparison that names them, in its order, each a whole question that needs
    nothing of what was said before; else the question alone.
    """
    if query.aspect is Aspect.LIST:
        return (Side("", query),)
    if query.terms:
        return _of_english(query)
    asked = query.understood
    for sided, split in _SPLITS:
        if query.asks is Asks.ONE and sided in _TOLD:
            continue
        texts = split(asked)
        if sided is Sided.PART and not texts and query.asks is Asks.SEVERAL:
            texts = parts_asked(asked, sure=True)
        if texts:
            most = MAX_PARTS if sided is Sided.PART else MAX_SIDES
            if not 2 <= len(texts) <= most:
                break
            each = sided in _EACH_IN_PARTS and operation_of(asked) is None
            if each and (parts := _each_in_parts(texts)):
                sided, texts = Sided.PART, parts
            return tuple(Side(label, understand(text), sided) for label, text in texts)
    return (Side("", query),)


def _each_in_parts(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every part of what is asked of each side, where each is asked several things.

    >>> _each_in_parts([("开封市", "开封市建了几个食堂、多少护理床位")])[1]
    ('开封市：多少护理床位', '开封市多少护理床位')
    """
    found = []
    for side, text in texts:
        parts = parts_asked(text)
        if not parts:
            return []
        for part, asked in parts:
            thing = part.removeprefix(side).lstrip("的")
            found.append((f"{side}：{thing}", asked if side in asked else f"{side}{asked}"))
    return found if len(found) <= MAX_PARTS else []


def asks_everywhere(query: Query) -> bool:
    """Whether something is asked of every place that there is, none being named."""
    asked = query.understood
    return (
        not query.places
        and query.aspect is not Aspect.LIST
        and (bool(EVERYWHERE.search(asked)) or operation_of(asked) is Operation.BOUNDED)
    )


def _by_place(question: str) -> list[tuple[str, str]]:
    """Name and question of each place, where two or more are named side by side.

    >>> _by_place("三门峡和漯河各有多少个助餐点")
    [('三门峡市', '三门峡市有多少个助餐点'), ('漯河市', '漯河市有多少个助餐点')]
    """
    mentions = _separate(question)
    if len({mention.place for mention in mentions}) < 2:
        return []
    operation = operation_of(question)
    gaps = [question[a.end : b.start] for a, b in pairwise(mentions)]
    than = operation in _THAN_OPERATIONS and all(re.search(r"比|than", gap) for gap in gaps)
    beside = len(places_named(question)) > 1 and all(not gap or set(gap) & _JOINTS for gap in gaps)
    if not (beside or than or COMPARING.search(question)):
        return []  # 河南 of 三门峡 says where that is, 从开封迁到新乡 compares nothing
    before = question[: mentions[0].start].rstrip(JOINT)
    ends = [mention.start for mention in mentions[1:]] + [len(question)]
    own = [
        JOINT_AT_END.sub("", question[m.end : end].lstrip(JOINT))
        for m, end in zip(mentions, ends, strict=True)
    ]
    own = [text.removesuffix("的") if not text.strip("的") else text for text in own]
    shared = ""
    if all(own):  # each has words of its own: what is asked of all stands behind the last
        last, shared = _without_tail(own[-1])
        own[-1] = last
    else:
        own = [own[-1]] * len(own)
    texts: dict[str, str] = {}
    for mention, text in zip(mentions, own, strict=True):
        text = _COUNT_OF_SIDES.sub("", text)
        if before.endswith("的") and _BARE.match(text):  # 转成中心的，鹤壁多少家
            parts = [f"{mention.place.name}{before}{text}"]
        else:
            parts = [part for part in (before, f"{mention.place.name}{text}", shared) if part]
        plain = without_comparing("，".join(parts))
        texts.setdefault(mention.place.name, asked_alone(plain, operation))
    return list(texts.items())


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
    return text[: found.start()], text[found.start() :].strip(JOINT)


# How many more dining points does Sanmenxia have than Luohe has selected?
_MORE_ENGLISH = re.compile(
    r"^how (?:many|much) (?:more|fewer|less) (?P<thing>.+?) (?:does|did|do|has|have) (?P<one>.+?)"
    r"(?: (?:have|has|had|got|built|selected|opened|run|set up))? than"
    r" (?P<other>(?-i:[A-Z])[\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)*)",
    re.IGNORECASE,
)
# The first that splits a question decides.
_SPLITS: tuple[tuple[Sided, Callable[[str], list[tuple[str, str]]]], ...] = (
    (Sided.PLACE, sides_of_difference),
    (Sided.PLACE, _by_place),
    (Sided.TIME, sides_of_times),
    (Sided.PART, parts_asked),
    (Sided.THING, sides_of_pair),
    (Sided.THING, sides_of_sum),
)


def _of_english(query: Query) -> tuple[Side, ...]:
    """What a comparison in English asks about each of its places."""
    if query.wants is not Wants.COMPARISON or len(query.places) < 2:
        return (Side("", query),)
    if found := _MORE_ENGLISH.match(query.understood):
        compared = found["one"], found["other"]
        return tuple(
            Side(name, understand(f"How many {found['thing']} does {name} have?"), Sided.PLACE)
            for name in compared
        )
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
            Sided.PLACE,
        )
        for place in query.places
    )
