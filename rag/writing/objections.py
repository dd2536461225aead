"""What can be wrong with a sentence that a chat model wrote, as data for whoever shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """A kind of fault, with what is said of it in Chinese and in English."""

    MARKER = "marker", "没有可用的出处", "no citation that can be used"
    FIGURE = "figure", "所引段落没有这个数字", "the figure is not in what is cited"
    UNIT = "unit", "数字的单位与原文不同", "the figure has another unit there"
    BOUND = "bound", "数字说的不是这件事", "the figure is said of something else"
    ABOUT = "about", "不足、超过、约等与原文不同", "more, less or about is not as printed"
    DATE = "date", "日期与原文不符", "the date is not as printed"
    DOCUMENT = "document", "文件名称与原文不符", "the document is not named there"
    PLACE = "place", "地名与所引段落不符", "what is cited is about another place"
    OFFICE = "office", "姓名与职务与原文不符", "name and office are not as printed"
    DENIED = "denied", "否定与原文不符", "what is denied is not as printed"
    PLANNED = "planned", "计划、要求与已完成相混", "a plan or a duty and what was done are mixed up"
    EXTENT = "extent", "全部与部分与原文不符", "all or a part of it is not as printed"
    FIRST = "first", "最、首、唯一等为原文所无", "most, first or only is not there"
    CAUSE = "cause", "原因为原文所无", "the cause is not there"
    WORDS = "words", "所引段落没有这样说", "what is cited does not say so"
    LANGUAGE = "language", "不是所要的语言", "not in the language that was asked for"
    MEANING = "meaning", "所引段落不支持这句话", "what is cited does not support it"

    def __new__(cls, value: str, *_words: str) -> "Fault":
        """A member; `value` is its name in JSON."""
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __init__(self, _value: str, *words: str) -> None:
        """:raises ValueError: `words` are not the Chinese and the English ones."""
        self.chinese, self.english = words


@dataclass(frozen=True, slots=True)
class Objection:
    """A fault and the words of the sentence that have it."""

    fault: Fault
    words: str


def unusable(numbers: Sequence[int], shown: int) -> list[Objection]:
    """The objection to a sentence that cites nothing, or more than was shown; else none."""
    if numbers and all(1 <= number <= shown for number in numbers):
        return []
    return [Objection(Fault.MARKER, "、".join(map(str, numbers)))]
