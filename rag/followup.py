"""A question that leans on the conversation, completed from the question before it."""

import re

from corpus.places import find_places
from index.tokenizer import words

# Marks of a question that leans on the one before it.
_LEANS = re.compile(
    r"^(?:那么?|那儿|它们?|他们?|这个?|这些|其中?|该|又|还有|换成|and |what about |how about )",
    re.I,
)
_PRONOUN = re.compile(r"它们?|他们|这个市?|该市|这里|那里|当地|这些|其中")
_BARE = re.compile(
    r"^(?:那么?|换成|and|what about|how about)?\s*(?P<rest>.*?)\s*"
    r"(?:呢|的呢|又?如何|怎么样|怎样)?$",
    re.I,
)
SHORT_QUESTION = 12  # characters; a shorter one without a place or a noun of its own may lean too
# What a question asks with; what is left without them is what it asks about.
ASKING = re.compile(
    r"请问|一共|总共|到底|目前|现在|具体|什么时候|时候|多少|几[个家名位次条项张处所天]?|哪[些几个里位]?"
    r"|为什么|什么|怎么样?|怎样|如何|为何|是不是|有没有"
    r"|吗|呢|了|的|是|有|在|都|被|和|跟|与|[?？。，,！!]"
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
        end = known[0].end  # of 安阳市委 the 市 belongs to 市委
        if before[end : end + 1] in ("长", "委") and before[:end].endswith(("市", "县", "区")):
            end -= 1
        return before[: known[0].start] + rest + before[end:]
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


def chained(questions: list[str]) -> str:
    """The last question, itself completed from those before it."""
    understood = questions[0]
    for question in questions[1:]:
        understood = complete(question, understood)
    return understood


def _topic(question: str) -> str:
    """What a question asks about: the question up to where it begins to ask, if anything is."""
    head = re.split(r"多少|几[个家名位次条项张处所]|哪|什么|怎|如何|为何|是不是|[?？]", question)[0]
    head = re.sub(r"[有是了的在共建开设成一总]+$", "", head)
    return head if len(head) >= 2 else question.rstrip("?？")


def _content(text: str) -> list[str]:
    return [word for word in words(ASKING.sub(" ", text)) if len(word) > 1]
