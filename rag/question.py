"""Question and history to Query: what is asked, of which place, of which year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict

from corpus.errors import CallError
from corpus.places import Place, find_places
from corpus.reading import narrow
from index.tokenizer import words

MAX_QUESTION_CHARS = 2000  # a page of text; nobody asks more, and it bounds the time of an answer


class Turn(TypedDict):
    """A message of the conversation so far: role is "user" or "assistant"."""

    role: str
    content: str


class Wants(StrEnum):
    """The kind of answer that a question wants."""

    NUMBER = "number"
    PERSON = "person"
    DATE = "date"
    LIST = "list"
    WAY = "way"
    COMPARISON = "comparison"
    CATALOGUE = "catalogue"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched and answered.

    `understood` is the question completed from the history, the same as `question` where it needs
    nothing. `unit` is the unit that a number is asked in (多少家, 占比), "" if any will do.
    """

    question: str
    understood: str
    wants: Wants
    places: tuple[Place, ...]
    years: tuple[str, ...]
    unit: str


# Marks of a question that leans on the one before it.
_LEANS = re.compile(r"^(?:那么?|那儿|它们?|他们?|这个?|这些|其中?|该|又|还有|换成|and |what about |how about )", re.I)
_PRONOUN = re.compile(r"它们?|他们|这个市?|该市|这里|那里|当地|这些|其中")
_BARE = re.compile(r"^(?:那么?|换成|and|what about|how about)?\s*(?P<rest>.*?)\s*(?:呢|的呢|又?如何|怎么样|怎样)?$", re.I)
SHORT_QUESTION = 12  # characters; a shorter one without a place or a noun of its own may lean too
# What a question asks with; what is left without them is what it asks about.
_ASKING = re.compile(
    r"请问|一共|总共|到底|目前|现在|具体|多少|几[个家名位次条项张处所天]?|哪[些几个里位]?|什么|怎么样?|怎样|如何|为什么|为何|是不是|有没有"
    r"|吗|呢|了|的|是|有|在|都|被|和|跟|与|[?？。，,！!]"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*年|\D|$)")
# The measure word of 多少 or 几, and what tells the unit without one.
_COUNTERS = (
    "平方米|平方公里|立方米|公里|公斤|个百分点|个月|人次|周岁|小时|分钟|美元"
    "|[个家名位次条项张处所天人份篇座间户件场期元块钱岁批台辆套支册本门组队片段顿笔步种年米亩吨层级秒周]"
)
_UNIT = re.compile(rf"(?:多少|几)\s*(?:万|亿|百|千)?(?P<unit>{_COUNTERS})")
_SHARE = re.compile(r"百分之几|百分之多少|占比|比例|比重|[^频效]率(?:是|有|为|达)?|percent|what share", re.I)
_PATTERNS: tuple[tuple[Wants, str], ...] = (
    (Wants.CATALOGUE, r"(?:哪些|几[份个期]|多少[份个期]?)(?:简报|专辑|资料|文件在库)|(?:简报|资料|库)里?(?:都)?有(?:哪些|什么)(?:简报|资料)?$"),
    (Wants.COMPARISON, r"对比|比较|相比|分别|区别|差别|不同|各自|谁更|哪个更|哪里更|更[多少高低快]|compare|versus|\bvs\b"),
    (Wants.DATE, r"什么时候|何时|哪[一]?[天年月]|几月|几号|几时|日期|when\b|what date"),
    (Wants.PERSON, r"谁|哪位|哪一位|哪些人|叫什么名字|who\b"),
    (Wants.NUMBER, rf"多少|几(?:{_COUNTERS})|占比|比例|比重|百分之|人数|数量|总数|how many|how much|percentage|what share"),
    (Wants.LIST, r"哪些|哪几|有什么|包括什么|几个方面|分为|列出|which\b|list\b|what are"),
    (Wants.WAY, r"如何|怎么|怎样|为什么|为何|原因|做法|措施|办法|how\b|why\b"),
)  # fmt: skip


def understand(question: str, history: Sequence[Turn] = ()) -> Query:
    """The query that a question stands for after this conversation.

    :raises CallError: the question is empty or longer than MAX_QUESTION_CHARS.
    """
    asked = question.strip()
    if not asked:
        raise CallError("the question is empty; ask something (问题为空，请输入问题)")
    if len(asked) > MAX_QUESTION_CHARS:
        raise CallError(
            f"the question has {len(asked):,} characters, at most {MAX_QUESTION_CHARS:,} are read; "
            "shorten it (问题过长，请缩短)"
        )
    understood = narrow(asked)
    before = [turn["content"] for turn in history if turn["role"] == "user"]
    if before:
        understood = complete(understood, _chain(before))
    return Query(
        question=asked,
        understood=understood,
        wants=_wants(understood),
        places=tuple(dict.fromkeys(mention.place for mention in find_places(understood))),
        years=tuple(dict.fromkeys(_YEAR.findall(understood))),
        unit=_unit(understood),
    )


def complete(question: str, before: str) -> str:
    """A question completed from the one before it, or unchanged if it stands by itself.

    >>> complete("那漯河呢？", "三门峡建成了多少个老年助餐场所")
    '漯河建成了多少个老年助餐场所'
    >>> complete("它入驻了多少企业", "晋创谷·吕梁是什么")
    '晋创谷·吕梁入驻了多少企业'
    """
    places = find_places(question)
    bare = _BARE.match(question.rstrip("?？ 。"))
    rest = bare["rest"] if bare else ""
    if places and rest in (places[0].place.name, places[0].place.short):
        known = find_places(before)
        if not known:
            return f"{rest}{before}"
        return before[: known[0].start] + rest + before[known[0].end :]
    pronoun = _PRONOUN.search(question)
    leans = bool(_LEANS.match(question) or pronoun)
    if not leans and (places or len(question) > SHORT_QUESTION or len(_content(question)) > 2):
        return question
    topic = _topic(before)
    if places:  # the place of this question wins over the one before
        for mention in reversed(find_places(topic)):
            topic = topic[: mention.start] + topic[mention.end :]
    if pronoun:
        return question[: pronoun.start()] + topic + question[pronoun.end() :]
    return f"{topic}，{_LEANS.sub('', question)}"


def _chain(questions: list[str]) -> str:
    """The last question, itself completed from those before it."""
    understood = questions[0]
    for question in questions[1:]:
        understood = complete(question, understood)
    return understood


def _topic(question: str) -> str:
    """What a question asks about: the question up to where it begins to ask, if anything is."""
    head = re.split(r"多少|几[个家名位次条项张处所]|哪|什么|怎|如何|为何|是不是|[?？]", question)[0]
    head = head.rstrip("有是了的在共建开设建成一总")
    return head if len(head) >= 2 else question.rstrip("?？")


def _content(text: str) -> list[str]:
    return [word for word in words(_ASKING.sub(" ", text)) if len(word) > 1]


def _unit(question: str) -> str:
    """The unit that a number is asked in; "" where the question leaves it open (多少个 as well)."""
    asked = _UNIT.search(question)
    if asked is None:
        return "%" if _SHARE.search(question) else ""
    return "" if asked["unit"] == "个" else asked["unit"]


def _wants(question: str) -> Wants:
    if len({mention.place for mention in find_places(question)}) > 1:
        return Wants.COMPARISON
    for wants, pattern in _PATTERNS:
        if re.search(pattern, question, re.IGNORECASE):
            return wants
    return Wants.FACT


def subject_words(query: Query) -> list[str]:
    """The words of a query that say what it is about: no asking words, no names of its places,
    which decide where to look and not what to look for."""
    text = query.understood
    for place in query.places:
        text = text.replace(place.name, " ").replace(place.short, " ")
    return [word for word in words(_ASKING.sub(" ", text)) if word.strip()]


def by_place(query: Query) -> tuple[Query, ...]:
    """A comparison as one query for each place, without the others' names; else the query alone."""
    if query.wants is not Wants.COMPARISON or len(query.places) < 2:
        return (query,)
    parts = []
    for place in query.places:
        text = query.understood
        for other in query.places:
            if other != place:
                text = text.replace(other.name, "").replace(other.short, "")
        text = text.strip("、，和与跟及同 ")
        wants = next((w for w, pattern in _PATTERNS if w not in (Wants.COMPARISON, Wants.CATALOGUE)
                      and re.search(pattern, text, re.IGNORECASE)), Wants.FACT)  # fmt: skip
        parts.append(replace(query, understood=text, wants=wants, places=(place,),
                             unit=_unit(text)))  # fmt: skip
    return tuple(parts)
