"""What a chat model writes, read: sentences with their citations out of lists, tables and bold.

Models write [1], [1][2], [1,2], 【1】 or ①, before or after the full stop; they number and bullet
lines, set words in bold and lay figures out in tables. What they mean is the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NUMBERS = r"\d{1,3}(?:\s*[,，、;；\-–~～至]\s*\d{1,3})*"
_BRACKETED = re.compile(
    rf"[\[【［〔]\^?(?:来源|段落|编号|出处|资料|文献)? *(?P<n>{_NUMBERS}) *[\]】］〕]"
)
_CIRCLED = "①-⑳"
# Behind a full stop ② may begin the next point of a list: a citation has nothing behind it.
_BRACKETS = _BRACKETED.pattern.replace("?P<n>", "?:")
_CITED_BEHIND = rf"(?: *(?:{_BRACKETS}|[{_CIRCLED}](?= *(?:$|\n|[{_CIRCLED}]))))*"
_SENTENCE = re.compile(rf"(?:[ \t]*\|[^\n]*\n|[^。！？\n]*[。！？\n]){_CITED_BEHIND}")
_LAST = re.compile(rf"{_SENTENCE.pattern}|[^\n]+$")
_OPENS_CITATION = frozenset(" [【［〔" + "".join(map(chr, range(ord("①"), ord("⑳") + 1))))
_CIRCLED_MARK = re.compile(rf"(?<=\S)(?P<n>[{_CIRCLED}])")
_RANGE = re.compile(r"(\d{1,3})\s*[\-–~～至]\s*(\d{1,3})")
MAX_RANGE = 20  # citations that [1-9] may stand for
_EMPHASIS = re.compile(r"\*\*|__|`|^\s*#{1,6}\s+|^\s*>\s*")
_LIST_MARK = re.compile(
    r"^\s*(?P<mark>[-*•·—]\s+|\d{1,2}[.、．)）]\s*(?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]\s*"
    rf"|[{_CIRCLED}]\s*|[一二三四五六七八九十]{{1,3}}、)"
)
_BULLET = re.compile(r"[-*•·—]\s*$")
_RULE = re.compile(r"^[\s|:\-]+$")
_EMPTY_BRACKETS = re.compile(r"[（(]\s*[)）]")
_BEFORE_STOP = re.compile(r"(?<=[a-z)%\d]) +(?=[.,;](?:\s|$))")  # of "180 places [1]."
_SILENT = re.compile(
    r"^(?:抱歉[，,]?|对不起[，,]?|很遗憾[，,]?)?(?:根据|依据|按照?|从)?(?:所?提供的?|以上|上述|现有|给出的?|这些|所给)?的?"
    r"(?:简报)?(?:资料|简报|段落|材料|文中|原文|文件|内容|信息)(?:中|里|内|来看|看)?[，,]?"
    r"(?:均|都|并|也|暂|尚)?(?:没有|未能?|无法?|不能|不足以|缺乏)(?:直接|明确|具体)?"
    r"(?:提及|提到|说明|涉及|包含|给出|写明|找到|相关|记载|披露|回答|得出|确定|显示|关于|列出|介绍|这|该|所|有关|$|。)?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence without marks and markers, the numbers that it cites, and the mark of a list that
    its line begins with, "" for none. `framed`: it heads a list or a section and states nothing.
    """

    text: str
    numbers: tuple[int, ...] = ()
    mark: str = ""
    framed: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it says that the paragraphs do not tell."""
        return not self.numbers and bool(_SILENT.match(self.text))


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences or rows of tables with their citations, out of a stream of pieces."""
    text = ""
    for piece in pieces:
        text += piece
        # the last sentence may still get citations: it is held back until more text comes
        while (match := _SENTENCE.match(text)) and _is_over(text[match.end() :]):
            if match[0].strip():
                yield match[0].strip()
            text = text[match.end() :]
    for match in _LAST.finditer(text):
        if match[0].strip():
            yield match[0].strip()


def _is_over(rest: str) -> bool:
    """Whether what follows a sentence can be no citation of it."""
    if not rest or rest[0] not in _OPENS_CITATION:
        return bool(rest)
    after = rest.lstrip(" ")
    # ② before words begins the next point
    return len(after) > 1 and "①" <= after[0] <= "⑳" and after[1] not in _OPENS_CITATION | {"\n"}


class Forms:
    """Reads sentences one after another; a table's head names the columns of its rows."""

    def __init__(self) -> None:
        self._head: list[str] = []

    def read(self, sentence: str) -> Written | None:
        """What a sentence says; None for a line that only draws a table."""
        if not sentence.startswith("|"):
            self._head = []
            return _of_line(sentence)
        cells = [_plain(cell) for cell in sentence.strip().strip("|").split("|")]
        if _RULE.match(sentence):
            return None
        if not self._head and not any(numbers for _, numbers in cells):
            self._head = [text for text, _ in cells]
            return None
        return self._row(cells)

    def _row(self, cells: list[tuple[str, tuple[int, ...]]]) -> Written:
        """A row as a sentence: what it is about, then its values under the names of columns."""
        numbers = dict.fromkeys(n for _, own in cells for n in own)
        first, *rest = [text for text, _ in cells]
        names = [*self._head[1:], *[""] * len(rest)]
        if len(rest) == 1:
            names = [""]  # the one column's name says what the question asked
        told = [f"{name}{text}" for name, text in zip(names, rest, strict=False) if text]
        return Written(f"{first}：{'，'.join(told)}", tuple(numbers))


def _of_line(sentence: str) -> Written:
    heading = bool(re.match(r"\s*#{1,6}\s|\s*\*\*[^*]+\*\*[：:]?\s*$", sentence))
    mark = _LIST_MARK.match(_EMPHASIS.sub("", sentence))
    body = _EMPHASIS.sub("", sentence)
    body = body[mark.end() :] if mark else body
    text, numbers = _plain(body)
    told = "" if mark is None else "-" if _BULLET.match(mark["mark"]) else mark["mark"].strip()
    told += " " if told and told[-1].isascii() else ""
    framed = not numbers and (heading or text.endswith(("：", ":")))
    return Written(text, numbers, told, framed)


def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without emphasis and citations, and the numbers cited, each once."""
    plain = _EMPHASIS.sub("", text)
    found: dict[int, None] = {}
    for match in _BRACKETED.finditer(plain):
        found |= dict.fromkeys(_numbers(match["n"]))
    for match in _CIRCLED_MARK.finditer(plain):
        found[ord(match["n"]) - ord("①") + 1] = None
    plain = _CIRCLED_MARK.sub("", _BRACKETED.sub("", plain))
    plain = _BEFORE_STOP.sub("", _EMPTY_BRACKETS.sub("", plain))
    return plain.strip(), tuple(found)


def _numbers(told: str) -> Iterator[int]:
    """The numbers of 1,2 and of 1-3."""
    for part in re.split(r"[,，、;；]", told):
        if match := _RANGE.fullmatch(part.strip()):
            first, last = int(match[1]), int(match[2])
            yield from range(first, min(last, first + MAX_RANGE) + 1)
        elif part.strip().isdigit():
            yield int(part)
