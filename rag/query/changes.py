"""The question before, changed in one thing: its place, its time, what is done with its figures."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from corpus.figures.quantities import whole_number
from corpus.text.places import find_places
from index.words.tokenizer import words
from rag.query.asking import ASKING, COMPARING, END_MARKS, without_asking
from rag.query.operations import without_sum

Form = Callable[[str, Sequence[str]], str | None]  # a question, and those before it

_TIMES = re.compile(
    r"(?:19|20)\d\d年(?:底|初|末|\d{1,2}月(?:份|底)?)?|(?<!\d)\d{1,2}月(?:份|底)?|去年|前年|今年|现在|目前|如今"
    r"|原来|以前|之前|过去|[上下]半年"
)


# 两市, 这三个地方: the places that were spoken of.
_THOSE = re.compile(
    r"(?:(?:[这那]|上述|以上)几|(?<![十百千第\d一二三四五六七八九])(?:[这那]|上述|以上)?(?P<n>[两二三四五六七八]))"
    r"个?(?:城市|地方|地区|[省市县区地])(?![级场])"
)

# 监督之前, 刚启动时: a time told by what was done then.
_BY_WHAT = re.compile(
    r"^(?:那么?|还有|换成)?(?P<time>.{1,8}(?:[前后时]|期间|以来|那会儿?|初期))(?:的|是|有|又)*$"
)


class Lean(StrEnum):
    """How a question leans on the one before it: what it changes of that, or asks of its answer."""

    WHY = "why"
    TOTAL = "total"
    RIGHT = "right"  # is the figure right?
    BESIDE = "beside"  # set beside another place
    TIME = "time"
    THERE = "there"  # the same of another place


def with_reason(question: str, before: Sequence[str]) -> str:
    """What was asked about, and why, in the words of this question."""
    return f"{without_asking(before[-1]) or before[-1]}，{question}"


def total_of(question: str, before: Sequence[str]) -> str:
    """The sum of what was asked of several places, with those that this question adds; of one place
    its total.
    """
    frame = _frame(before[-1])
    places = [
        place
        for one in before
        if _frame(one) == frame or frame is None
        for place in (mention.place.name for mention in find_places(one))
    ]
    places += [mention.place.name for mention in find_places(question)]
    names = list(dict.fromkeys(places))
    if frame is None or len(names) < 2:
        return f"{without_asking(before[-1]) or before[-1]}，一共多少"
    return f"{'和'.join(names)}一共{frame}"


def _frame(question: str) -> str | None:
    """A question without its only place."""
    mentions = find_places(question)
    if len(mentions) != 1:
        return None
    return question[: mentions[0].start] + question[mentions[0].end :].rstrip("?？。 ")


def once_more(question: str, before: Sequence[str]) -> str:
    """Whether a figure is right: it is shown once more where it stands."""
    del question
    return before[-1]


def of_its_time(question: str, before: Sequence[str]) -> str | None:
    """The question before, of the only time that this one names, or of that which it tells by
    what was done then: 监督前呢.
    """
    named = _TIMES.findall(question)
    if len(named) < 2 and (told := _BY_WHAT.match(without_asking(question))):
        named = [told["time"]]
    return with_time(named[0], before[-1]) if len(named) == 1 else None


def with_time(time: str, last: str) -> str:
    """A question of another time."""
    known = _TIMES.search(last)
    if known is None:
        mentions = find_places(last)
        at = mentions[0].end if mentions else 0
        return f"{last[:at]}{time}{last[at:]}"
    if re.fullmatch(r"(?:19|20)\d\d", time) and known[0].endswith("年"):
        time += "年"
    return last[: known.start()] + time + last[known.end() :]


def beside_its_place(question: str, before: Sequence[str]) -> str | None:
    """The question before, of its place beside the only one that this one names."""
    name = _only_place(question)
    return with_beside(name, before[-1]) if name else None


def with_beside(name: str, last: str) -> str | None:
    """A question of its place and another one; None where it has none."""
    known = find_places(last)
    return f"{last[: known[0].end]}和{name}{last[known[0].end :]}" if known else None


def asked_there(question: str, before: Sequence[str]) -> str | None:
    """The question before, of the only place that this one names, and names nothing else."""
    name = _only_place(question)
    own = [word for word in words(ASKING.sub(" ", question.replace(name, " "))) if len(word) > 1]
    return with_place(name, before[-1]) if name and not own else None


def with_place(name: str, last: str) -> str | None:
    """A question of another place; None where it has none."""
    known = find_places(last)
    if not known:
        return None
    end = known[0].end
    if last[end : end + 1] in ("长", "委") and last[:end].endswith(("市", "县", "区")):
        end -= 1  # of 安阳市委 the 市 belongs to 市委
    return f"{last[: known[0].start]}{name}{last[end:]}"


def of_those_places(question: str, last: str) -> str | None:
    """A question about so many places (两市, 这三地) with those of the question before in their
    stead, which names as many; None of another question.

    >>> of_those_places("两市一共多少个助餐点", "鹤壁和漯河的助餐点比较")
    '鹤壁和漯河一共多少个助餐点'
    >>> of_those_places("两市一共多少", "鹤壁和漯河的助餐点比较")
    '鹤壁和漯河的助餐点一共多少'
    """
    said = _THOSE.search(question)
    if said is None or find_places(question):
        return None
    spoken = {one.place: last[one.start : one.end] for one in find_places(last)}
    names, number = list(spoken.values()), whole_number(said["n"]) if said["n"] else None
    if len(names) < 2 or number not in (None, len(names)):
        return None
    rest = question[: said.start()] + question[said.end() :]
    if not [word for word in words(without_sum(ASKING.sub(" ", rest))) if len(word) > 1]:
        return f"{COMPARING.sub('', END_MARKS.sub('', last))}{rest}"  # of the matter spoken of
    return f"{question[: said.start()]}{'和'.join(names)}{question[said.end() :]}"


def _only_place(question: str) -> str:
    """The only place that a question names, as it names it; else ""."""
    mentions = find_places(question)
    return question[mentions[0].start : mentions[0].end] if len(mentions) == 1 else ""


def is_place(name: str) -> bool:
    """Whether this is the name of a place and nothing else."""
    mentions = find_places(name)
    return len(mentions) == 1 and name in (mentions[0].place.name, mentions[0].place.short)


# The same where it is known how a question leans, whatever its words.
LEANT: Mapping[Lean, Form] = {
    Lean.WHY: with_reason,
    Lean.TOTAL: total_of,
    Lean.RIGHT: once_more,
    Lean.BESIDE: beside_its_place,
    Lean.TIME: of_its_time,
    Lean.THERE: asked_there,
}
# What is asked again of another place or time: the answer before says nothing of it.
ANEW = frozenset({Lean.BESIDE, Lean.TIME, Lean.THERE})
