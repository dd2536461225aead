"""A question that wants a yes or a no, as the claim that it puts: 是不是, 有没有, 涨不涨, …了吗."""

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.query.asking import END_MARKS
from rag.query.parts_asked import asks_for_something
from rag.query.ranks import GREAT, SMALL


class Ask(StrEnum):
    """What is asked of a claim."""

    HOLDS = "holds"  # 是不是, 是否, 对吗
    DONE = "done"  # 完成了吗, 建成了没有
    IS_THERE = "is there"  # 有没有
    SAID = "said"  # 有没有提到
    VERB = "verb"  # 涨不涨, 能不能


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed; `statement` is the question without the words that ask. `yes` and `no` are
    the words of an answer, `negated` tells that the claim itself denies something.
    """

    statement: str
    ask: Ask
    yes: str
    no: str
    negated: bool = False


_DOCUMENT = (
    r"(?:(?:这|那|该|本|上述)?[份篇期个]?"
    r"(?:材料|简报|专辑|文章|文件|资料|报道|稿子)(?:里面?|中|上|内)?)?"
)
_SAID = re.compile(
    rf"{_DOCUMENT}(?:都|也)?(?:有没有|有无|是否|是不是)(?:明确|具体)?"
    r"(?:说|提(?!供|出|升|高|前|请)|讲|写|谈|介绍|涉及(?!到?[\d一二两三四五六七八九十])|交代)(?:到|过|及|明|清楚)*"
    rf"|{_DOCUMENT}(?:提没提|说没说|讲没讲|写没写)(?:到|过|及)?"
)
_WHETHER = re.compile(r"是不是|是否|是不是也")
_IS_THERE = re.compile(r"有没有|有无")
# 涨不涨, 要不要钱, 通过没通过; 好不好 and 行不行 are said to be polite.
_VERB = re.compile(
    r"(?P<verb>[\u4e00-\u9fff]{1,2}?)(?P<not>[不没])(?P=verb)(?P<object>[\u4e00-\u9fff]{0,2}$)?"
)
# 多不多 and 远不远 ask how much or how far; 差不多 asks nothing.
_NO_CLAIM = frozenset((*GREAT, *SMALL, *"好坏远近贵难易深浅厚重轻早晚差了"))
_POLITE = re.compile(
    r"[，,]?(?:好不好|行不行|可不可以|能不能(?:告诉|帮|说|讲|介绍).*|可以吗|好吗|行吗|谢谢)$"
)
_TAG = re.compile(
    r"[，,]?(?:(?:是不是真的|(?<=[，,])是不是|对不对|是真的|真的|是这样)(?:吗|么|吧)?"
    r"|(?:是|对)(?:吗|么|吧))$"
)
# What may be done is answered with its own word: 还能报吗, 可以领两回吗.
_MODAL = re.compile(
    r"(?<![功性职才技])能(?![力源够量])|能够|可以|(?<![训谈论大例协委员议展社商学工听询])会(?![议计场员])|该(?=[^，]{1,8}$)"
)
_DONE = re.compile(r"(?:了|过)(?:吗|么|没有|没)$|(?:没有|没)$")
_PARTICLE = re.compile(r"(?:吗|么|吧)$")
SHORTEST = 3  # characters of what 对吗 may stand behind
_NEGATION = re.compile(r"没有?|未|不|无(?=需|须)|尚未")


def claim_of(question: str) -> Claim | None:
    """The claim that a question puts; None where it asks for something else than yes or no.

    >>> claim_of("条例是不是已经施行了？").statement, claim_of("今年涨不涨").no
    ('条例已经施行了', '不涨')
    >>> claim_of("建成了多少个吗") is None
    True
    """
    text = END_MARKS.sub("", _POLITE.sub("", END_MARKS.sub("", question)))
    if found := _SAID.search(text):
        rest = f"{text[: found.start()]}{text[found.end() :]}"
        return Claim(_DONE.sub("", _PARTICLE.sub("", rest)), Ask.SAID, "有", "没有提到")
    if asks_for_something(text):
        return None
    if (found := _TAG.search(text)) and found.start() > SHORTEST:
        return _claim(text[: found.start()], Ask.HOLDS, "是", "不是")
    if found := _WHETHER.search(text):
        rest = _PARTICLE.sub("", text[: found.start()] + text[found.end() :])
        return _claim(rest or text, Ask.HOLDS, "是", "不是")
    if found := _IS_THERE.search(text):
        return _claim(f"{text[: found.start()]}有{text[found.end() :]}", Ask.IS_THERE, "有", "没有")
    if (found := _VERB.search(text)) and found["verb"] not in _NO_CLAIM:
        done = found["verb"] + (found["object"] or "")
        rest = text[: found.start()] + found["verb"] + text[found.end("not") + len(found["verb"]) :]
        return _claim(rest, Ask.VERB, done, f"{found['not']}{done}")
    if found := _DONE.search(text):
        return _claim(text[: found.start()] + "了", Ask.DONE, "是", "没有")
    if found := _PARTICLE.search(text):
        rest = text[: found.start()]
        modal = _MODAL.findall(rest)
        yes, no = (modal[0], f"不{modal[0]}") if len(modal) == 1 else ("是", "不是")
        return _claim(rest, Ask.HOLDS, yes, no)
    return None


def _claim(statement: str, ask: Ask, yes: str, no: str) -> Claim:
    return Claim(statement, ask, yes, no, bool(_NEGATION.search(statement)))
