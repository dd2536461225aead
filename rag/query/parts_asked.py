"""Several questions in one, as a question for each: what opens them is carried to all."""

import re

from corpus.text.places import find_places
from rag.query.asking import COUNTERS, without_asking

MAX_PARTS = 12  # more are no question that one sentence can hold
OWN_WORDS = 3  # characters that a part needs to speak of something of its own
OWN_PLACELESS = 6  # the same where no place says what it is about
CARRIED = 24  # characters of the first part that one without words of its own is read with
_SEPARATORS = re.compile(r"[，,；;。？?\n、]+")
_JOINING = re.compile(r"^(?:另外|还有(?!几|多少|哪)|以及|并且|同时|和|又|再)+")
_VALUE = re.compile(
    rf"多少|(?<![哪那这前后头近好])几(?:{COUNTERS}|[号月日千百万])|[什啥]么?时候|何时|哪一?[年月天日]"
    r"|谁|哪位|多[长久大高远重]"
)
_ASKS = re.compile(
    rf"{_VALUE.pattern}|什么|啥|(?<![剩其])哪|怎么|怎样|如何|为何|咋|吗$|是否|是不是|有没有"
)
_THING = re.compile(rf"{_VALUE.pattern}|什么|啥|(?<![剩其])哪|怎么|怎样|如何|为何|咋(?!样)")
# What is told at length, of the whole: its clauses are no questions of their own.
_WAY = re.compile(r"怎么|怎样|如何|为何|为[什啥]么?|咋|有啥|有什么")
# A verdict is one beside a value that is asked for: 建了几家，建完了吗.
_WHETHER = re.compile(r"吗$|是否|是不是|有没有")
# 超过100家了吗: of what was just asked for.
_BOUND_FIRST = re.compile(
    r"^(?:是不是|是否|有没有)?(?:已经?|都)?(?:超|达|不到|不足|低于|少于|多于|高于|突破|过)"
)
# No questions of their own: 对吗, 请列出来.
_TAG = re.compile(
    r"^(?:对|是|好|行|可以|有|真的)?(?:吗|么|不对|不是|没有)$|^(?:请|麻烦|列|谢|能帮|帮|可以帮|告诉)"
)
_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）.．、]|[①-⑨])\s*(?=\D)")
# 校舍的开工率、竣工率和采购完成率分别是多少: one thing is asked of each in a list.
_LISTED = re.compile(
    r"^(?P<head>.*?的)?(?P<list>[^的，,、？?]{2,14}(?:、[^的，,、？?]{2,14})*(?:和|与|及|以及|跟)[^，,、？?]{2,14}?)"
    r"[，,]?(?:这?[两二三四五六七八几]?[个项类样种])?(?:又?分别|各自?|都)(?P<tail>(?:是|有|为|达|达到|占)?(?:多少|几).*)$"
)
# 支出的总额、每户补多少: the first thing of a list, what it is of said of the second too.
_OF_LIST = re.compile(
    r"^(?P<what>(?P<of>[^，,、？?多几哪谁什]{2,30}的)[^的，,、？?多几哪谁什]{2,10})、"
    rf"(?=[^，,、？?各都共]*(?:{_VALUE.pattern}))"
)
_BEFORE_WHOSE = "的，,：:"  # ends before what the first of a list is of
# 徐水县给几所学校配了设备: who is spoken of, where no list of places has it.
_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:[县市区镇乡村局厅]|街道|学校|中学|小学|大学|医院|公司|集团)(?![内里外的])"
)
_EACH = re.compile(r"各|分别|每[一个家市县区]")  # of those that the clause before asks for
_AND = re.compile(r"、|和|与|及|以及|跟")


def parts_asked(question: str, *, sure: bool = False) -> list[tuple[str, str]]:
    """Label and question of each part, where a question has at least two; else none. It is `sure`
    where more than its words tells that it asks several things.

    >>> parts_asked("甲镇建了几家食堂，花了多少钱？")
    [('甲镇建了几家食堂', '甲镇建了几家食堂'), ('花了多少钱', '甲镇建了食堂，花了多少钱')]
    """
    return _of_list(question) or _of_clauses(question, sure=sure)


def asks_for_something(question: str) -> bool:
    """Whether a question asks for a figure, a date, a person or a thing, beside any yes or no."""
    return bool(_THING.search(question))


def _of_list(question: str) -> list[tuple[str, str]]:
    found = _LISTED.match(question.rstrip("？?。 "))
    if found is None or find_places(found["list"]):
        return []
    things = [thing.strip() for thing in _AND.split(found["list"]) if thing.strip()]
    head = found["head"] or ""
    if not head and (shared := things[0].find(things[1][:2])) > 0:  # 助学标准和助学比例
        head, things[0] = things[0][:shared], things[0][shared:]
    if any("的" in thing for thing in things[1:]):  # 甲的标准和乙的标准: whose, of the first too
        cut = max(head[:-1].rfind(mark) for mark in _BEFORE_WHOSE) + 1
        head, things[0] = head[:cut], f"{head[cut:]}{things[0]}"
    tail = found["tail"] if found["tail"][0] in "是有为达占" else f"是{found['tail']}"
    return [(thing, f"{head}{thing}{tail}") for thing in things] if len(things) >= 2 else []


def _of_clauses(question: str, *, sure: bool) -> list[tuple[str, str]]:
    before, own = _clauses(question)
    if not 2 <= len(own) <= MAX_PARTS:
        return []
    if not sure and len(without_asking(own[0])) < OWN_WORDS:
        return []
    if any(_WAY.search(clause) or _EACH.match(clause) for clause in own):
        return []
    values = [clause for clause in own if not _WHETHER.search(clause)]
    if len(values) < len(own) and not any(map(_VALUE.search, values)):
        return []
    topic = without_asking(own[0])[-CARRIED:]
    places = list(dict.fromkeys(mention.place.name for mention in find_places(question)))
    if len(places) > 1:
        return []  # what is asked of several places is compared
    named = _BODY.match(own[0])
    parts = []
    for n, clause in enumerate(own):
        text = "，".join([*before, clause])
        short = len(without_asking(clause)) < (OWN_WORDS if places else OWN_PLACELESS)
        if n and (short or _BOUND_FIRST.match(clause)):
            text = "，".join([*before, topic, clause])
        if len(places) == 1 and not find_places(text):
            text = f"{places[0]}{text}"
        elif not places and named and named[0] not in text:
            text = f"{named[0]}{text}"
        parts.append((clause, text))
    return parts


def _clauses(question: str) -> tuple[list[str], list[str]]:
    """What is said before anything is asked, and the clauses that ask, each with what leads up."""
    before: list[str] = []
    own: list[str] = []
    pending = ""
    for piece in _SEPARATORS.split(_OF_LIST.sub(r"\g<what>是多少、\g<of>", question, count=1)):
        clause = _JOINING.sub("", _NUMBERED.sub("", piece)).strip(" 　的呢")
        if not clause or _TAG.search(clause):
            continue
        if not _ASKS.search(clause):
            if own:
                pending += f"{clause}，"
            else:
                before.append(clause)
            continue
        own.append(f"{pending}{clause}")
        pending = ""
    return before, own
