"""What is to be done with the answer before: 翻译成英文, 精简到100字, 写成汇报.

Such an order names nothing of its own. Without the words that ask for a language, a length or a
form, that name the answer, or that are polite, nothing is left of it; whatever leaves more asks of
the bulletins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.text.reading_text import is_han
from rag.query.length_wanted import length_wanted
from rag.query.question import Turn

LONGEST = 60  # characters of an order


class Language(StrEnum):
    """A language that is asked for."""

    CHINESE = "chinese"
    ENGLISH = "english"
    OTHER = "other"


_ENGLISH, _CHINESE = r"英[文语]|\benglish\b", r"中文|汉语|\bchinese\b"
_OTHER = r"(?<=[成为])(?!英[文语]|中文|汉语|公文|短文|正文)[一-鿿]{1,3}[文语](?!言)"
_NUMBER = r"(?:\d{1,5}|[一二两三四五六七八九十百千]{1,5})"
_LENGTH = (
    rf"{_NUMBER}个?多?[字词](?:以内|之内|左右|上下|内)?"
    rf"|{_NUMBER}(?:句话?|[个条]?要点|[点条](?![一-鿿]))(?:以内)?"
)
_MANNER = r"(?:简短|简洁|简明|简练|精炼|正式|通俗(?:易懂)?|口语化?|书面化?|严谨|流畅|好懂|短)"
_FORM = (
    r"(?:汇报|报告|材料|发言|讲话|简报|公文|新闻|通知|总结|摘要|提要|提纲|要点|表格|清单|条目|段落|文字|文稿|短文|语言|口吻|语气"
    r"|[一几]段话|话|稿子?|形式|格式|体|版本?)"
)
_VERB = r"(?:翻译|译|精简|缩短|压缩|浓缩|简化|缩写|缩减|删减|凝练|润色|改写|重写|扩写)"
_INTO = (
    r"(?:写|改|改写|整理|转换?|变|换|列|编|做|拟|润色|翻译|译|翻|概括|总结|归纳|提炼|精简|缩短?"
    r"|压缩|浓缩)(?:成|为|到|至)"
)
# One of these makes an order of the words beside it.
_ORDERS = re.compile(
    rf"{_VERB}|{_INTO}|换[一]?[种个](?:说法|写法|表述)|(?:用|来一?份|要|给一?份)(?:英[文语]|中文)|(?:英[文语]|中文)版"
    rf"|控制在|{_NUMBER}[字词](?:以内|之内)|[写说改]得|{_MANNER}一?[些点]|再短"
    r"|\b(?:translate|rewrite|rephrase|paraphrase|polish|shorten|condense)\b"
    r"|\b(?:in|into|to) english\b"
    r"|\bmake (?:it|this|that|the answer|your answer) (?:shorter|simpler|briefer|more)\b",
    re.IGNORECASE,
)
# Everything that an order is made of.
_WORDS = re.compile(
    rf"{_INTO}|{_VERB}|{_ENGLISH}|{_CHINESE}|{_OTHER}|{_LENGTH}|{_MANNER}|{_FORM}"
    r"|换[一]?[种个](?:说法|写法|表述)|控制在|限制在|不超过|大约|大概|最多|[写说讲改]得|(?:重新)?表述|复述|再?(?:说|写|讲)(?:一?遍|一?下)?"
    r"|(?:刚才|刚刚|上面|上述|以上|前面|上一?[个条段次]|这|那|该)(?:[个段条些份次])?|回答|答案|答复|内容|结果|结论|说的|写的|答的|它们?|其"
    r"|请|麻烦|劳驾|帮忙|[帮给替为]我|[您你]|能不能|能否|可不可以|可以|[把将对用来要]|[一几]?[份段篇个则张种条](?!话)|一[下些点遍]|[些点]"
    r"|并且|并|回|然后|同时|而且|再|更|也|后|和|就行|就好|即可|谢谢|吧|呢|呀|啊|吗|嘛|了|的|工作|情况|口头"
    r"|\b(?:please|can|could|would|you|it|this|that|the|your|my|last|previous|above|answer|reply|text|into|in|to|as|of|an?"
    r"|and|make|more|formal|plain|simple|simpler|short|shorter|briefer|translate|rewrite|rephrase|paraphrase|polish|shorten"
    r"|condense|within|under|at|most|about|no|than|\d{1,4}|words?|characters|report|briefing|paragraph|bullet|points?|list"
    r"|table|version|style)\b|[\s，,。.；;：:、！!？?~～…'\"“”]",
    re.IGNORECASE,
)  # fmt: skip
_WORD_COUNT = re.compile(r"(\d{1,4})\s*(?:个?词|words?)", re.IGNORECASE)
_MARKER = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class RewriteOrder:
    """An order as typed, the language that it asks for, None where it stays as it is, and the most
    characters (of English, words) that are wanted.
    """

    words: str
    language: Language | None
    length: int | None


@dataclass(frozen=True, slots=True)
class Rewriting:
    """An order with what it is about: the answer as it was said, the question that it answers, and
    the conversation before that; "" where nothing was answered.
    """

    order: RewriteOrder
    language: Language
    said: str
    question: str
    history: tuple[Turn, ...]


def rewrite_order(text: str) -> RewriteOrder | None:
    """What a text orders to be done with the answer before; None where it asks something.

    >>> rewrite_order("请把上面的回答翻译成英文").language
    <Language.ENGLISH: 'english'>
    >>> rewrite_order("精简到100字").length, rewrite_order("把鹤壁的做法精简到100字")
    (100, None)
    """
    if len(text) > LONGEST or not _ORDERS.search(text) or _WORDS.sub("", text):
        return None
    length = length_wanted(text).chars
    if length is None and (words := _WORD_COUNT.search(text)):
        length = int(words[1])
    return RewriteOrder(text.strip(), _language(text), length)


def rewriting_of(text: str, history: Sequence[Turn]) -> Rewriting | None:
    """The order that a text is, with the answer that it is about: the latest one in Chinese that
    cites anything. What has been put into English stays English if nothing else is said.
    """
    order = rewrite_order(text)
    if order is None:
        return None
    asked = [n for n, turn in enumerate(history) if _asks(turn)]
    at = asked[-1] if asked else len(history)
    told = [turn["content"] for turn in history[at:] if turn["role"] == "assistant"]
    cited = [one for one in told if _MARKER.search(one)]
    own = [one for one in cited if not in_english(one)]
    stays = Language.ENGLISH if cited and in_english(cited[-1]) else Language.CHINESE
    said = own[-1] if own else ""
    return Rewriting(
        order, order.language or stays, said, history[at]["content"] if said else "",
        tuple(history[:at]),
    )  # fmt: skip


def without_rewritings(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """A conversation without the orders to rewrite and what came of them: no question leans on
    them.
    """
    kept: list[Turn] = []
    dropped = False
    for turn in history:
        if turn["role"] == "user":
            dropped = not _asks(turn)
        if not dropped:
            kept.append(turn)
    return tuple(kept)


def in_english(text: str) -> bool:
    """Whether a text is written in English, whatever Chinese names stand in it.

    >>> in_english("Sanmenxia (三门峡) built 180.[1]"), in_english("GDP增长百分之五")
    (True, False)
    """
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return latin > sum(map(is_han, text))


def _asks(turn: Turn) -> bool:
    """Whether it is a question, and no order to rewrite."""
    return turn["role"] == "user" and rewrite_order(turn["content"]) is None


def _language(text: str) -> Language | None:
    for language, name in (
        (Language.ENGLISH, _ENGLISH), (Language.CHINESE, _CHINESE), (Language.OTHER, _OTHER),
    ):  # fmt: skip
        if re.search(name, text, re.IGNORECASE):
            return language
    # what is only to be translated is to be read by those who read no Chinese
    return Language.ENGLISH if re.search(r"翻|译|\btranslate\b", text, re.IGNORECASE) else None
