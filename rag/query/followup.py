"""A question that leans on the conversation, completed from the question before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text.places import find_places
from index.words.tokenizer import words
from rag.query.asking import ASKING, COUNTERS, END_MARKS, EVERYWHERE, without_asking
from rag.query.changes import Lean, of_those_places, with_place
from rag.query.leaning import changed, says_nothing_alone, with_its_answer
from rag.query.persons import persons

# Marks of a question that leans on the one before it.
_LEANS = re.compile(
    r"^(?:那么?|那儿|它们?|[他她]们?|这个?|这些|其中?|该|又|还有(?!几|多少|哪)|换成|里[面头边]"
    r"|and |what about |how about )",
    re.I,
)
_PRONOUN = re.compile(r"它们?|[他她]们?|这个市|该[市县区]|这里|那里|当地|其中|里[面头边]")
_PERSON = re.compile(r"[他她](?!们)(?:本人)?|这个人|该同志")
# 那漯河的呢, 焦作那篇呢: the question is the one before, asked of another place.
_OTHER_PLACE = re.compile(
    r"^(?:那么?|and|what about|how about)?(?:换成?|[在到])?\s*(?P<place>.*?)\s*"
    r"(?:的|[这那该][个篇期份版边])*(?:呢|又?如何|怎么样|怎样)?$",
    re.I,
)
# Questions over all places or about the library: no place of the conversation limits them.
_OF_ALL = re.compile(rf"全部|所有|每个|简报|资料库|库里|{EVERYWHERE.pattern}", re.IGNORECASE)
# 争取了多少, 也立了吗: nothing that is counted or done stands behind what asks.
_ASKED_LAST = re.compile(
    rf"(?:多少|几(?:{COUNTERS})?|什么|啥|怎么样?|如何|吗|没有?|哪一?[步些儿里])[了的]?[?？。]*$"
)
# 在建的呢, and what was asked of something.
_ONLY_NAMED = re.compile(r"^(?P<thing>[^，,。]{2,10}?)呢[?？。]*$")
_ASKED = re.compile(
    rf"(?:是|有)?(?:(?:多少|几)(?:{COUNTERS})?|百分之几|[什啥]么?时候|何时|哪一?[年月天里儿]|谁)"
)
_ASKS_ITSELF = re.compile(rf"{_ASKED.pattern}|什么|怎|如何|为何|没有|[吗不]")
SHORT_QUESTION = 12  # characters; a shorter one without a place or much of its own may lean too


def complete(question: str, before: str, said: str = "") -> str:
    """A question completed from the one before it, or unchanged if it stands by itself; he or she
    is the one person that the answer before, `said`, names.

    >>> complete("那漯河呢？", "三门峡建成了多少个老年助餐场所")
    '漯河建成了多少个老年助餐场所'
    >>> complete("它入驻了多少企业", "晋创谷·吕梁是什么")
    '晋创谷·吕梁入驻了多少企业'
    >>> complete("改好了几个", "安阳五月查出多少重点问题")
    '安阳五月查出重点问题，改好了几个'
    """
    question = _with_name(question, said)
    if find_places(question):
        return _of_another_place(question, before) or _of_its_matter(question, before) or question
    pronoun = _PRONOUN.search(question)
    if pronoun or _LEANS.match(question) or _is_short(question):
        topic = without_asking(before) or before
        if pronoun and not pronoun[0].startswith(("其", "里")):
            return question[: pronoun.start()] + topic + question[pronoun.end() :]
        return f"{topic}，{_asking_the_same(_LEANS.sub('', question), before)}"
    return _in_the_same_place(question, before)


def _asking_the_same(own: str, before: str) -> str:
    """What only names another thing of the same matter, with what was asked of the one before.

    >>> _asking_the_same("在建的呢", "甲镇建成了几家机构"), _asking_the_same("谁管呢", "有几家")
    ('在建的几家', '谁管呢')
    """
    thing = _ONLY_NAMED.match(own)
    asked = _ASKED.search(before)
    if thing is None or asked is None or _ASKS_ITSELF.search(thing["thing"]):
        return own
    return f"{thing['thing']}{asked[0]}"


def _with_name(question: str, said: str) -> str:
    """A question with the name of the only person that an answer names in the place of 他 or 她."""
    names = persons(said)
    if len(names) != 1 or not _PERSON.search(question):
        return question
    return _PERSON.sub(names[0], question, count=1)


@dataclass(frozen=True, slots=True)
class Completed:
    """A question completed from a conversation; `whole` if it stands without it now."""

    text: str
    whole: bool


def completed(
    question: str, asked: Sequence[str], answers: Sequence[str], lean: Lean | None = None
) -> Completed:
    """A question completed from those asked before it, at least one, and from their answers."""
    standing, plain = _standing(asked, answers)
    last = answers[-1] if answers else ""
    standing[-1], plain[-1] = _placed(standing[-1], last), _placed(plain[-1], last)
    again = END_MARKS.sub("", question) == END_MARKS.sub("", asked[-1])
    if again and may_stand_alone(question):
        return Completed(question, whole=True)  # asked once more, it may be of another part
    if (those := of_those_places(question, standing[-1])) is not None:
        return Completed(those, whole=True)
    if (made := changed(question, standing, lean, plain)) is not None:
        return Completed(made, whole=True)
    made = complete(question, standing[-1], last)
    # with a place of its own, and nothing taken over, it is read as if nothing had been said
    return Completed(made, whole=made == question and bool(find_places(question)))


def may_stand_alone(question: str) -> bool:
    """Whether a question can be asked without the one before it.

    >>> [may_stand_alone(one) for one in ("收集了多少条意见", "它有多少床位", "为什么")]
    [True, False, False]
    """
    leans = _LEANS.match(question) or _PRONOUN.search(question) or _PERSON.search(question)
    own = [word for word in words(ASKING.sub(" ", question)) if len(word) > 1]
    named = _ONLY_NAMED.match(question) or not own
    return not (leans or named or says_nothing_alone(question))


def carried_place(question: str, understood: str) -> str:
    """The place that a question took over from the conversation and nothing else with it; ""
    where it took over none, or more.

    >>> carried_place("科技投入多少", "漯河市，科技投入多少")
    '漯河市'
    """
    head, mark, rest = understood.partition("，")
    return head if mark and rest == question and len(find_places(head)) == 1 else ""


def _standing(asked: Sequence[str], answers: Sequence[str]) -> tuple[list[str], list[str]]:
    """The questions of a conversation, each completed from those before it: with what its answer
    opened with where it asked which or who, and without.
    """
    standing: list[str] = []
    plain: list[str] = []
    for number, question in enumerate(asked):
        whole = question
        if standing:
            made = changed(question, standing, asked=plain)
            whole = made or complete(question, standing[-1])
        answer = answers[number] if number < len(answers) else ""
        standing.append(with_its_answer(whole, answer))
        plain.append(whole)
    return standing, plain


def _placed(question: str, said: str) -> str:
    """A question with the only place that its answer names, where it names none itself."""
    places = {mention.place for mention in find_places(said)}
    if len(places) == 1 and not find_places(question):
        return f"{places.pop().name}，{question}"
    return question


def _of_another_place(question: str, before: str) -> str | None:
    """The question before, asked of the place that this one names and says nothing else of."""
    own = find_places(question)[0].place
    bare = _OTHER_PLACE.match(question.rstrip("?？ 。"))
    if bare is None or bare["place"] not in (own.name, own.short):
        return None
    known = find_places(before)
    if not known:
        return f"{bare['place']}{before}"
    end = known[0].end  # of 安阳市委 the 市 belongs to 市委
    if before[end : end + 1] in ("长", "委") and before[:end].endswith(("市", "县", "区")):
        end -= 1
    return before[: known[0].start] + bare["place"] + before[end:]


def _of_its_matter(question: str, before: str) -> str | None:
    """What a question asks of another place that names no matter of its own: 鹤壁争取了多少, of the
    matter of the question before.

    >>> _of_its_matter("鹤壁争取了多少", "三门峡的助餐工程投入了多少钱")
    '鹤壁的助餐工程投入，争取了多少'
    """
    own, known = find_places(question), find_places(before)
    if len(own) != 1 or len(known) != 1 or own[0].place == known[0].place:
        return None
    name = question[own[0].start : own[0].end]
    said = (question[: own[0].start] + question[own[0].end :]).lstrip("那的")
    things = [word for word in words(ASKING.sub(" ", said)) if len(word) > 1]
    if len(said) > SHORT_QUESTION or len(things) > 1 or not _ASKED_LAST.search(said):
        return None
    topic = with_place(name, without_asking(before) or before)
    return f"{topic}，{said}" if topic else None


def _in_the_same_place(question: str, before: str) -> str:
    """A question that says all but where: it is asked where the one before was."""
    places = list(dict.fromkeys(mention.place.name for mention in find_places(before)))
    if len(places) != 1 or _OF_ALL.search(question):
        return question
    return f"{places[0]}，{question}"


def _is_short(question: str) -> bool:
    own = [word for word in words(ASKING.sub(" ", question)) if len(word) > 1]
    return len(question) <= SHORT_QUESTION and len(own) <= 2 and not _OF_ALL.search(question)
