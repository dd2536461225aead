"""Edits that make a sentence untrue or at least unsaid, by the ways in which summaries go wrong."""

import re
from typing import NamedTuple

from corpus.text.places import find_places
from rag.training.reading.claim_edits import CLAUSE, Around, Edit, one_changed

_NUMBER = re.compile(r"(?<![\d.:：/\-第])\d+(?:\.\d+)?(?![\d.:：/\-])")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?=[月日])")
_MAGNITUDE = re.compile(r"(?<=\d)([万亿千])(?=[^\d])")
_MEASURE = re.compile(r"(?<=\d)(万元|亿元|元|人次|人|户|家|个|项|件|公里|米|亩|吨|%|个百分点)")
_UNITS = """
    万 亿，亿 万，千 万，万元 亿元，亿元 万元，元 万元
    人次 户，人 户，户 人，家 个百分点，% 个百分点，个百分点 %
    公里 米，米 公里，亩 公顷，吨 公斤
"""
UNITS = dict(pair.split() for pair in re.split("[，\n]", _UNITS) if pair.strip())
# Words that turn what is said round when one takes the place of the other.
_TURNED = """
    增长 下降，增加 减少，提高 降低，上升 下降，扩大 缩小，高于 低于
    多于 少于，超过 不足，以上 以下，首次 再次，同意 反对，允许 禁止
    成功 失败，通过 否决，开始 结束，支持 反对，最高 最低，最多 最少
    最大 最小，之前 之后，不低于 不高于，上涨 下跌，城市 农村，城镇 农村
    新增 减少，公开 保密，必须 可以，延长 缩短，上调 下调，早于 晚于
    优于 劣于，加快 放慢，集中 分散
"""
TURNED = tuple(tuple(pair.split()) for pair in re.split("[，\n]", _TURNED) if pair.strip())
PLANNED = re.compile(r"(?:将会|即将|计划|拟|预计|力争|争取|准备|有望)|将(?=[^近])")
DONE = re.compile(
    r"(?:已经|已|现已)|(?<=[一-鿿])(?=(?:建成|完成|实现|达到|获得|启动|开通|投入使用))"
)
DUTY = re.compile(r"应当|应该|应(?=[^用急对届])|要求|必须|需要|须|鼓励|支持")
_PARTIAL = """
    部分 全部，一些 所有，有的 所有，多数 全部，大部分 全部，主要 全部
    近 超过，约 超过，大约 不足，左右 以上，不少 所有，其中 全部
    试点 全面
"""
PARTIAL = dict(pair.split() for pair in re.split("[，\n]", _PARTIAL) if pair.strip())
_PARTIAL_WORD = re.compile(  # a single one only before a figure: 近 is in many words
    "|".join(word if len(word) > 1 else rf"{word}(?=\d)" for word in PARTIAL)
)
_TOP = """
    第二 第一，第三 第一，前列 第一，全市 全省，全省 全国，全县 全市
    较大 最大，较高 最高，重要 最重要，之一 之首，前十 第一
"""
TOP = tuple(tuple(pair.split()) for pair in re.split("[，\n]", _TOP) if pair.strip())
CAUSES = ("因经费不足，", "受疫情影响，", "由于群众反映强烈，", "应上级要求，", "为迎接检查，")
DETAILS = (
    "分三批",
    "在专家指导下",
    "通过公开招标",
    "首次",
    "连续两年",
    "联合多个部门",
    "在全省率先",
)


class Tagged(NamedTuple):
    """A word with its part of speech."""

    text: str
    tag: str


def tagged(text: str) -> list[Tagged]:
    """The words of a text with their parts of speech."""
    from jieba import posseg

    return [Tagged(word.word, word.flag) for word in posseg.cut(text)]


def another_figure(said: str, around: Around) -> str | None:
    """With one figure changed: another of the document, another digit, ten times as much."""
    known: list[str] = [one for one in _NUMBER.findall(around.document) if len(one) > 1]

    def changed(figure: re.Match[str]) -> str:
        old, way = figure[0], around.chance.random()
        alike = [one for one in known if one != old and len(one) == len(old)]
        if way < 0.4 and alike:
            return around.chance.choice(alike)
        if way < 0.85:
            at = around.chance.randrange(len(old))
            digit = around.chance.choice([one for one in "123456789" if one != old[at]])
            return old[:at] + digit + old[at + 1 :] if old[at] != "." else old
        return f"{float(old) * around.chance.choice((0.1, 10)):g}"

    return one_changed(_NUMBER, said, around, changed)


def figures_exchanged(said: str, around: Around) -> str | None:
    """With two of its figures in each other's place."""
    found = [one for one in _NUMBER.finditer(said) if not _YEAR.match(said, one.start())]
    pairs = [(a, b) for a in found for b in found if a.start() < b.start() and a[0] != b[0]]
    if not pairs:
        return None
    a, b = around.chance.choice(pairs)
    return said[: a.start()] + b[0] + said[a.end() : b.start()] + a[0] + said[b.end() :]


def another_unit(said: str, around: Around) -> str | None:
    """With another magnitude or another thing counted."""

    def changed(unit: re.Match[str]) -> str:
        return UNITS.get(unit[0], around.chance.choice(("万元", "人", "家")))

    return one_changed(around.chance.choice((_MAGNITUDE, _MEASURE)), said, around, changed)


def another_date(said: str, around: Around) -> str | None:
    """With another year, month or day."""

    def changed(number: re.Match[str]) -> str:
        step = around.chance.choice((-2, -1, 1, 2))
        return str(max(1, int(number[0]) + step))

    return one_changed(around.chance.choice((_YEAR, _DAY)), said, around, changed)


def turned(said: str, around: Around) -> str | None:
    """With a word turned into its opposite."""
    pairs = [(a, b) for one in TURNED for a, b in (one, one[::-1]) if a in said and len(a) > 1]
    if not pairs:
        return None
    old, new = around.chance.choice(pairs)
    return said.replace(old, new, 1)


def denied(said: str, around: Around) -> str | None:
    """With a negation put before a verb, or taken out."""
    without = re.sub(r"尚未|没有|未能|并未|从未|未(?=[一-鿿])", "", said, count=1)
    if without != said:
        return without
    verbs = [word for word in tagged(said) if word.tag == "v" and len(word.text) > 1]
    if not verbs:
        return None
    verb = around.chance.choice(verbs).text
    return said.replace(verb, around.chance.choice(("未", "没有", "尚未", "不再")) + verb, 1)


def planned_as_done(said: str, around: Around) -> str | None:
    """What is only planned or called for, told as done."""
    return one_changed(around.chance.choice((PLANNED, DUTY)), said, around, lambda _: "已经")


def done_as_planned(said: str, around: Around) -> str | None:
    """What is done, told as planned."""
    return one_changed(DONE, said, around, lambda _: around.chance.choice(("将", "计划", "拟")))


def part_as_whole(said: str, around: Around) -> str | None:
    """With more, or more exactly, than was said."""
    return one_changed(_PARTIAL_WORD, said, around, lambda word: PARTIAL[word[0]])


def topmost(said: str, around: Around) -> str | None:
    """With a superlative or a larger region than was said."""
    pairs = [pair for pair in TOP if pair[0] in said and pair[1] not in said]
    if not pairs:
        return None
    old, new = around.chance.choice(pairs)
    return said.replace(old, new, 1)


def another_name(said: str, around: Around) -> str | None:
    """With another person, place or body of the same document in the place of one."""
    tags = ("nr", "ns", "nt", "nz", "n")
    tag = around.chance.choice(tags)
    own = [word.text for word in tagged(said) if word.tag == tag and len(word.text) > 1]
    other = [
        word.text
        for sentence in around.others[:30]
        for word in tagged(sentence)
        if word.tag == tag and len(word.text) > 1 and word.text not in around.said
    ]
    if not own or not other:
        return None
    return said.replace(around.chance.choice(own), around.chance.choice(other), 1)


def another_place(said: str, around: Around) -> str | None:
    """With another place of the document."""
    own = [said[one.start : one.end] for one in find_places(said)]
    other = [around.document[one.start : one.end] for one in find_places(around.document[:2000])]
    one = around.chance.choice(own) if own else ""
    other = [name for name in other if name not in around.said and one[:2] not in name]
    if not one or not other:
        return None
    return said.replace(one, around.chance.choice(other), 1)


def added(said: str, around: Around) -> str | None:
    """With a detail or a cause that nobody told."""
    if around.chance.random() < 0.5:
        return around.chance.choice(CAUSES) + said
    verbs = [word.text for word in tagged(said) if word.tag == "v" and len(word.text) > 1]
    if not verbs:
        return None
    verb = around.chance.choice(verbs)
    return said.replace(verb, around.chance.choice(DETAILS) + verb, 1)


def glued(said: str, around: Around) -> str | None:
    """The beginning of the sentence before the end of another."""
    own = CLAUSE.split(said)
    if not around.others or len(own) < 2:
        return None
    other = CLAUSE.split(around.chance.choice(around.others))
    if len(other) < 2:
        return None
    return "，".join([*own[: max(1, len(own) // 2)], other[-1]])


# What any sentence can be changed by, and would be most often; the others are tried first mostly.
ALWAYS = frozenset({"added", "glued", "denied"})
BREAKING: dict[str, Edit] = {
    "another figure": another_figure, "figures exchanged": figures_exchanged,
    "another unit": another_unit, "another date": another_date, "turned": turned, "denied": denied,
    "planned as done": planned_as_done, "done as planned": done_as_planned,
    "part as whole": part_as_whole, "topmost": topmost, "another name": another_name,
    "another place": another_place, "added": added, "glued": glued,
}  # fmt: skip
