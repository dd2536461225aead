"""How a sentence says what it says: denied, planned, of all or of some, first of all, by a cause.

A sentence of a chat model may say a thing in no other tone than its source. The words are general;
what only looks like one of them (不断, 未来, 首都) is taken out first (`rag/reading/denial.py`).
"""

import re
from collections.abc import Iterator, Sequence

from index.words.tokenizer import tokenize
from rag.reading.denial import NEGATION, without_lookalikes
from rag.writing.objections import Fault, Objection

_CLAUSE = re.compile(r"[^，。；：！？!?;\n]+")
MIN_CLAUSE_TOKENS = 3  # a shorter clause says too little to be found in the source by itself
_PLAN = re.compile(
    r"计划|拟(?![定订稿])|力争|预计|即将|有望|争取|打算|下一步|届时|拟于|准备"
    r"|将(?!近|其|之|[^，。；]{1,24}(?:纳入|列入|列为|作为|融入|转化|转为|转变|送到|送往|交由|交给|结合|并入|分为|变为|变成|用于|置于|视为|定为"
    r"|退出|打造[成为]|落到|摆在|放在|贯穿|提升到|提高到|降到|压缩|控制在|划分|整合|对接|推向|写入|报送|移送|移交|确定为|确立为|命名为))"
)
_DUTY = re.compile(
    r"应当|必须|务必|要求|应(?=[由当将在为向对按加])|要(?=[以把在加进抓坚推切强深聚全持着继认不做])|旨在|须|力求|鼓励|可以"
)
_DONE = re.compile(r"已|了|成功|完成|建成|顺利|如期|办结|落实到位|取得|获得")
# Words that say in their own way what a negation says.
_WITHOUT = re.compile(r"免|零|仅|只|除外|取消|杜绝|避免|停止|暂停|缺|失败|回避|而非|系误")
# 都 and 均 by themselves are as often a word between two subjects as a claim about all of them.
_BOTH = re.compile(r"(?<!全)都|均")
# Of a source only these say that what was planned has come about: 计划建成 holds 建成 too.
_PERFECT = re.compile(r"已|了|成功|顺利|如期|办结")
_ALL = re.compile(r"全部|所有|一律|全都|悉数|无一|全体|每(?:个|家|名|位|所|处)")
_SOME = re.compile(r"部分|个别|有的|一些|少数|多数|大多|有些|若干|其中")
_FIRST = re.compile(
    r"最[一-鿿]|首(?:个|家|次|批|创|例|座|条|位|届|部)|唯一|率先|领先|第一(?:名|位|批)?|冠军|居首|前列|史上|之最|翻番|历史性"
)
_REACH = re.compile(r"全球|世界|全国|国内|全省|省内|全市|全县|全区|全州|本市|本省|全镇|全乡|全行业")
_CAUSE = re.compile(
    r"因为|由于|得益于|导致|造成|使得|促使|之所以|归功于|原因是|在于|从而|(?:^|[，。；])因(?=[一-鿿])|受[一-鿿]{2,10}影响"
)


def tone_faults(claim: str, source: Sequence[str]) -> Iterator[Objection]:
    """Where a sentence speaks in another tone than the sentences of its source: those that share
    most with each of its clauses.
    """
    plain = [without_lookalikes(sentence) for sentence in source]
    whole = "".join(plain)
    tokens = [set(tokenize(sentence)) for sentence in source]
    said = without_lookalikes(claim)
    near = {_nearest(clause, tokens) for clause in _clauses(claim)} - {-1}
    beside = "".join(plain[n] for n in sorted(near)) or whole
    yield from _denied(said, beside, whole)
    yield from _planned(said, beside, plain)
    yield from _beyond(_ALL, Fault.EXTENT, said, beside)
    if _SOME.search(beside):
        yield from _beyond(_BOTH, Fault.EXTENT, said, beside)
    yield from _whole_for_part(said, beside)
    yield from _beyond(_FIRST, Fault.FIRST, said, whole, same=True)
    yield from _beyond(_REACH, Fault.FIRST, said, whole, same=True)
    yield from _beyond(_CAUSE, Fault.CAUSE, said, whole)


def _clauses(text: str) -> Iterator[set[str]]:
    """The tokens of each clause, short ones with the next."""
    held: set[str] = set()
    for match in _CLAUSE.finditer(text):
        held |= set(tokenize(match[0]))
        if len(held) >= MIN_CLAUSE_TOKENS:
            yield held
            held = set()
    if held:
        yield held


def _nearest(clause: set[str], sentences: Sequence[set[str]]) -> int:
    """The sentence that shares most with a clause, -1 where none shares anything."""
    shared = [len(clause & own) for own in sentences]
    best = max(shared, default=0)
    return shared.index(best) if best else -1


def _denied(said: str, beside: str, whole: str) -> Iterator[Objection]:
    """What is denied here and not there, or there and told here."""
    for match in NEGATION.finditer(said):
        word = match["word"]
        turned = word in _affirmed(whole) and word not in _negated(whole)
        unsaid = not NEGATION.search(beside) and not _WITHOUT.search(beside)
        if word and (turned or unsaid):
            yield Objection(Fault.DENIED, match[0])
    told = _affirmed(said)
    for word in _negated(beside):
        if len(word) > 1 and word in told and word not in _affirmed(beside):
            yield Objection(Fault.DENIED, word)


def _negated(text: str) -> set[str]:
    return {match["word"] for match in NEGATION.finditer(text) if match["word"]}


def _affirmed(text: str) -> str:
    """A text without what it denies."""
    return NEGATION.sub("○", text)


def _planned(said: str, beside: str, plain: Sequence[str]) -> Iterator[Objection]:
    """A plan told as done, what was done as a plan, a duty as its result."""
    planned, duty = _PLAN.search(said), _DUTY.search(said)
    if planned and not _PLAN.search(beside) and not _DUTY.search(beside):
        yield Objection(Fault.PLANNED, planned[0])
    if planned or duty or not (done := _DONE.search(said)):
        return
    for clause in _clauses(said):
        ahead = _ahead(clause, plain)
        there = _PLAN.search(ahead) or _DUTY.search(ahead)
        if there and not _PERFECT.search(ahead, there.end()):
            yield Objection(Fault.PLANNED, f"{there[0]}…{done[0]}")
            return


def _ahead(clause: set[str], plain: Sequence[str]) -> str:
    """The sentence of the source up to the end of the clause that is nearest to one of ours."""
    best, found = 0, ""
    for sentence in plain:
        for match in _CLAUSE.finditer(sentence):
            shared = len(clause & set(tokenize(match[0])))
            if shared > best:
                best, found = shared, sentence[: match.end()]
    return found


def _beyond(
    words: re.Pattern[str], fault: Fault, said: str, there: str, *, same: bool = False
) -> Iterator[Objection]:
    """Words of a kind where the source has none of that kind; with `same`, not these very words."""
    known = {match[0] for match in words.finditer(there)}
    for match in words.finditer(said):
        if (match[0] not in known) if same else not known:
            yield Objection(fault, match[0])
            return


def _whole_for_part(said: str, beside: str) -> Iterator[Objection]:
    """部分单位 told as 单位: what some are, told of all by leaving 部分 out."""
    if _SOME.search(said):
        return
    for match in re.finditer(r"(?:部分|个别|少数|有的)(?P<noun>[一-鿿]{2,4})", beside):
        noun = match["noun"][:2]
        if noun in said and beside.count(noun) == 1:
            yield Objection(Fault.EXTENT, match[0])
            return
