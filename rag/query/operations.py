"""What is to be reckoned from the figures of several places or things: their sum, difference, rank.

The words are few and general; what is reckoned with is read, side by side, by the reader.
"""

import re
from enum import StrEnum

from corpus.text.places import find_places
from rag.query.asking import COUNTERS, END_MARKS, EVERYWHERE
from rag.query.bounded_which import which_bounded
from rag.query.ranks import GREAT, SMALL, rank_asked, without_rank


class Operation(StrEnum):
    """What is reckoned from the figures of a question's sides."""

    SUM = "sum"
    DIFFERENCE = "difference"
    MORE = "more"  # is the first side's more than the second's?
    LESS = "less"
    RANK = "rank"  # which is the most, the least, the second; all in order
    BOUNDED = "bounded"  # which are above or below so much


SUM_WORDS = (
    r"加起来|加在一起|加一块儿?|相加|合计|合起来|合在一起|合一块|总和|之和|一共|总共|拢共|统共|共计|总计|总数"
    r"|(?:再)?(?:算上|加上)"
)
_SUM = re.compile(rf"{SUM_WORDS}|\b(?:in total|altogether|combined|sum of|total)\b", re.IGNORECASE)
_GREAT, _SMALL = f"{GREAT}早", f"{SMALL}晚"
# 比甲多多少, 相差几个, 提高了多少: by how much.
_HOW_MUCH = re.compile(
    rf"(?:(?<![最至])[{_GREAT}{_SMALL}]|差|超)(?:出|了|过)?(?:多少|几(?:{COUNTERS}|百|千|万|成|倍)?)|相差|差距|差额|差(?:了)?多少"
    r"|(?<![各别人])(?:增加|增长|上升|上涨|提高|提升|下降|减少|降低|涨|升|降)(?:了|过)?(?:多少|几)"
    r"|\bhow (?:many|much) (?:more|fewer|less|higher|lower)\b|\bdifference between\b",
    re.IGNORECASE,
)
# 少多少, 下降了多少: what is less is told by how much.
_LESS_BY = re.compile(
    rf"[{_SMALL}](?:出|了|过)?(?:多少|几)|(?:下降|减少|降低|降)(?:了|过)?(?:多少|几)|\b(?:fewer|less|lower)\b",
    re.IGNORECASE,
)
# 甲的助餐场所比乙多(多少): what each has, and how they differ.
_THAN = re.compile(
    r"^(?P<one>[^，,。？?]{2,30}?)(?<![占对相同环无])比(?![例重率较值])"  # no 占比
    rf"(?P<other>[^，,。？?]{{2,24}}?)(?P<way>[{_GREAT}{_SMALL}])(?!于)"
    r"(?:出|了|过)*(?P<rest>[^，,。？?]*)[？?。]*$"
)
_EARLIER = re.compile(r"[去上前]一?[年月季期]|同期|原来|原先|以前|之前|此前|[年期]初")
_ASKS_WHETHER = re.compile(r"(?:吗|么|吧|没有|是不是|是否|不是|对吗|对不对)[？?。]*$")
# 2024年比2022年高吗: of two years the first.
_YEARS_THAN = re.compile(
    rf"年[^，,。？?]{{0,12}}比[^，,。？?]{{0,12}}年[^，,。？?]{{0,16}}?(?:更|还|要)?(?P<way>[{_GREAT}{_SMALL}])[了些]?"
    r"(?:吗|么|吧|没有|对吗)[？?。]*$"
)
_COMMA_THAN = re.compile(r"[，,](比(?=[^，,]*[^，,较一如]))")
_NUMBER_ASKED = re.compile(rf"(?:多少|几)(?:{COUNTERS})?")
HAVING = "有多少"
_ASKED_BETWEEN = re.compile(r"(?:是不是|是否)(比[^，,。？?吗]{2,24})(?=[？?。]*$)")
# 甲的机构多于乙的场所吗; 甲的机构比乙多，对吗: as the plain words say it.
_OVER = re.compile(
    rf"^(?P<one>[^，,。？?比]{{2,30}}?)(?:是不是|是否)?(?P<way>[{_GREAT}{_SMALL}])于(?P<other>[^\d，,。？?]{{2,24}}?)"
    r"(?P<asks>(?:吗|么|吧|没有|[，,]?(?:对吗|是吗|对不对|是不是))[？?。]*)$"
)
_ASKED_BEHIND = re.compile(r"(比.+)[，,](?:对吗|是吗|是吧|对吧|对不对|是不是)(?=[？?。]*$)")


def operation_of(question: str) -> Operation | None:
    """What a question with several sides wants reckoned; None where they are only told.

    >>> operation_of("三门峡和漯河一共有多少个助餐点"), operation_of("两市各有哪些做法")
    (<Operation.SUM: 'sum'>, None)
    """
    question = _COMMA_THAN.sub(r"\g<1>", question)
    if than := _THAN.match(question) or _THAN.match(re.split("[，,]", question)[-1]):
        if _NUMBER_ASKED.search(than["rest"]):
            return Operation.DIFFERENCE
        if _ASKS_WHETHER.search(question):
            return Operation.MORE if than["way"] in _GREAT else Operation.LESS
    if which_bounded(question):
        return Operation.BOUNDED
    if _HOW_MUCH.search(question):
        return Operation.DIFFERENCE
    if whether := _YEARS_THAN.search(question):
        return Operation.MORE if whether["way"] in _GREAT else Operation.LESS
    if _SUM.search(question):
        return Operation.SUM
    return Operation.RANK if rank_asked(question) else None


def compared_plainly(question: str) -> str:
    """A question that sets one thing against another, with the word that does it plainly.

    >>> compared_plainly("鹤壁的助餐机构多于三门峡的吗"), compared_plainly("甲比乙多，对吗？")
    ('鹤壁的助餐机构比三门峡的多吗', '甲比乙多吗？')
    """
    if (found := _OVER.match(question)) and find_places(found["other"]):
        asks = found["asks"].lstrip("，,")
        question = f"{found['one']}比{found['other']}{found['way']}{asks}"
    return _ASKED_BEHIND.sub(r"\g<1>吗", _ASKED_BETWEEN.sub(r"\g<1>吗", question))


def asks_less_by(question: str) -> bool:
    """Whether a difference is asked for as what is less: 少多少, 下降了多少."""
    return bool(_LESS_BY.search(question))


def sides_of_difference(question: str) -> list[tuple[str, str]]:
    """Name and question of what is set against each other by 比; none of another question.

    >>> sides_of_difference("三门峡的助餐场所比漯河多几个")
    [('三门峡', '三门峡的助餐场所有几个'), ('漯河', '漯河的助餐场所有几个')]
    """
    found = _THAN.match(question)
    if found is None or operation_of(question) is None:
        return []
    named = find_places(found["one"])
    other = find_places(found["other"])
    if not named or not other or other[0].end - other[0].start < len(found["other"]) - 1:
        return []  # 比上年, 比计划: no other side that is read by itself
    first = named[0]
    start, end = first.start, _whole_end(found["one"], first.end)
    thing = found["one"][:start] + found["one"][end:]
    rest = END_MARKS.sub("", _ASKS_WHETHER.sub("", found["rest"]))
    number = _NUMBER_ASKED.search(rest)
    asked = number[0] if number else "多少"
    done = (rest[: number.start()] if number else rest).strip()
    what = (rest[number.end() :] if number else "").strip()
    subject = thing.strip("的")
    question_of = f"{'的' if subject else ''}{subject}{done or '有'}{asked}{what}"
    return [
        (name, f"{name}{question_of}")
        for name in (found["one"][start:end], found["other"].removesuffix("的"))
    ]


def things_against(question: str) -> list[tuple[str, str]]:
    """Name and question of what is set against each other by 比, whatever it is; none of another
    question, or of one how much a thing grew.

    >>> things_against("文化遗产比自然遗产多多少处")
    [('文化遗产', '文化遗产有多少处'), ('自然遗产', '自然遗产有多少处')]
    """
    found = _THAN.match(END_MARKS.sub("", question))
    number = _NUMBER_ASKED.search(found["rest"]) if found else None
    if found is None or number is None or _EARLIER.search(found["other"]):
        return []
    done = found["rest"][: number.start()].strip() or "有"
    asked = f"{done}{found['rest'][number.start() :]}"
    return [(name, f"{name}{asked}") for name in (found["one"], found["other"])]


def without_sum(question: str) -> str:
    """A question without the words that ask for a sum."""
    return _SUM.sub("", question)


def question_of_each(question: str) -> str:
    """A question over all places without its places and its rank or sum: what each of them has.

    >>> question_of_each("哪个市的助餐场所最多？"), question_of_each("各市一共建成多少个助餐场所")
    ('助餐场所有多少', '建成多少个助餐场所')
    """
    if bounded := which_bounded(question):
        return bounded.question
    text = END_MARKS.sub("", EVERYWHERE.sub("", question, count=1)).strip("的")
    ranked = without_rank(text, among=rank_asked(question) is not None)
    if ranked is None:
        return without_sum(text).strip("的")
    before, behind = (part.strip("，,的是有") for part in ranked)
    return f"{before}{behind}{HAVING}"


def _whole_end(text: str, end: int) -> int:
    """The end of a place's name with the 市 or 县 that is typed behind it."""
    return end + (text[end : end + 1] in ("市", "县", "区") if end < len(text) else 0)
